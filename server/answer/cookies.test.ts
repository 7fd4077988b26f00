import { describe, expect, it } from 'vitest';
import { parseAddress } from '../wire/address.ts';
import { Cookies } from './cookies.ts';
import { Exchange } from './exchange.ts';

function from(text: string): Exchange {
  const exchange = new Exchange();
  const octets = parseAddress(text)!;
  exchange.address.set(octets);
  exchange.addressLength = octets.length;
  return exchange;
}
const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

/** RFC 9018 appendix A: secret, source, client cookie, time, the whole cookie. */
const VECTORS = [
  [
    'e5e973e5a6b2a43f48e7dc849e37bfcf',
    '198.51.100.100',
    '2464c4abcf10c957',
    1559731985,
    '2464c4abcf10c957010000005cf79f111f8130c3eee29480',
  ],
  [
    'e5e973e5a6b2a43f48e7dc849e37bfcf',
    '198.51.100.100',
    '2464c4abcf10c957',
    1559734385,
    '2464c4abcf10c957010000005cf7a871d4a564a1442aca77',
  ],
  [
    'e5e973e5a6b2a43f48e7dc849e37bfcf',
    '203.0.113.203',
    'fc93fc62807ddb86',
    1559734700,
    'fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e',
  ],
  [
    '445536bcd2513298075a5d379663c962',
    '2001:db8:220:1:59de:d0f4:8769:82b8',
    '22681ab97d52c298',
    1559741961,
    '22681ab97d52c298010000005cf7c609a6bb79d16625507a',
  ],
] as const;

describe('server cookies', () => {
  it.each(VECTORS)('RFC 9018 appendix A, secret %s, source %s', (secret, source, client, time, expected) => {
    const cookies = new Cookies(hex(secret));
    expect(Buffer.from(cookies.give(hex(client), 0, from(source), time * 1000)).toString('hex')).toBe(expected);
    expect(cookies.verify(hex(expected), 0, 24, from(source), time * 1000)).toBe(true);
  });

  const [secret, source, , time, whole] = VECTORS[0];
  const verify = (cookie: string, address: string = source, seconds: number = time) => {
    const octets = hex(cookie);
    return new Cookies(hex(secret)).verify(octets, 0, octets.length, from(address), seconds * 1000);
  };

  it('are good for an hour, and five minutes ahead of our clock', () => {
    expect([verify(whole, source, time + 3600), verify(whole, source, time + 3601)]).toEqual([true, false]);
    expect([verify(whole, source, time - 300), verify(whole, source, time - 301)]).toEqual([true, false]);
  });

  it('count their reserved octets as they came, RFC 9018 appendix A.3', () => {
    const reserved = 'fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5';
    expect(verify(reserved, '203.0.113.203', 1559727985)).toBe(true);
    expect(verify(reserved.replace('abcdef', 'abcdee'), '203.0.113.203', 1559727985)).toBe(false);
  });

  it('of another source, another secret, another version or another length are not', () => {
    expect(verify(whole, '198.51.100.101')).toBe(false);
    expect(verify(`${whole.slice(0, -2)}81`)).toBe(false);
    expect(verify(whole.replace('01000000', '02000000'))).toBe(false);
    expect(verify(whole.slice(0, -2))).toBe(false);
    expect(verify(whole.slice(0, 16))).toBe(false);
  });
});
