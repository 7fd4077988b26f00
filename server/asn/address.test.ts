import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, nextAddress, parseAddress, parseDecimal } from './address.ts';

const hex = (octets: Uint8Array | undefined) => (octets ? Buffer.from(octets).toString('hex') : undefined);

describe('parseAddress', () => {
  test.each([
    ['8.8.4.4', '08080404'],
    ['0.0.0.0', '00000000'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '0'.repeat(32)],
    ['::1', `${'0'.repeat(31)}1`],
    ['1::', `0001${'0'.repeat(28)}`],
    ['2001:4860:4860::8888', '20014860486000000000000000008888'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['64:ff9b::192.0.2.1', '0064ff9b0000000000000000c0000201'],
    ['FE80::A', 'fe80000000000000000000000000000a'],
  ])('reads %s', (text, expected) => {
    expect(hex(parseAddress(text))).toBe(expected);
  });

  test.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '1..2.3',
    '.1.2.3.4',
    '1.2.3.4.',
    ':',
    ':::',
    '1:::2',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '12345::',
    'g::',
    '::1%eth0',
    '::1/64',
    '::1.2.3',
    '::1.2.3.4.5',
    '1:2:3:4:5:6:7:1.2.3.4',
    '1.2.3.4::',
    '8.8.8.8\n',
    'x'.repeat(1000),
  ])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test('takes what Node takes, and nothing else', () => {
    const piece = fc.constantFrom('0', '1', 'ff', 'abcd', '255', '256', ':', '::', '.', '1.2.3.4', 'g', '00', '12345');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        const text = pieces.join('');
        expect(parseAddress(text) !== undefined).toBe(isIPv4(text) || isIPv6(text));
      }),
      { numRuns: 5000 },
    );
  });

  test('reads back what formatAddress writes', () => {
    const octet = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.constantFrom(4, 16), fc.array(octet, { minLength: 16, maxLength: 16 }), (length, octets) => {
        const address = Uint8Array.from(octets.slice(0, length));
        expect(parseAddress(formatAddress(address, 0, length))).toEqual(address);
      }),
    );
  });
});

test.each([
  ['20010db8000000000000000000000001', '2001:db8::1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['20010000000000010000000000000001', '2001:0:0:1::1'],
  ['00000000000000000000000000000000', '::'],
  ['00010000000000000000000000000000', '1::'],
])('formatAddress writes %s as RFC 5952 has it', (octets, text) => {
  expect(formatAddress(Buffer.from(octets, 'hex'), 0, 16)).toBe(text);
});

test('parseDecimal takes a whole address and no more', () => {
  const read = (text: string, length: number) => {
    const out = new Uint8Array(length);
    return parseDecimal(Buffer.from(text), 0, text.length, out, length) ? hex(out) : undefined;
  };
  expect(read('134744072', 4)).toBe('08080808');
  expect(read('4294967295', 4)).toBe('ffffffff');
  expect(read('4294967296', 4)).toBeUndefined();
  expect(read('340282366920938463463374607431768211455', 16)).toBe('f'.repeat(32));
  expect(read('340282366920938463463374607431768211456', 16)).toBeUndefined();
  expect(read('', 4)).toBeUndefined();
  expect(read('1e3', 4)).toBeUndefined();
});

test('nextAddress carries, and says when there is none', () => {
  const octets = Uint8Array.of(1, 255, 255, 255);
  expect(nextAddress(octets, 4)).toBe(true);
  expect([...octets]).toEqual([2, 0, 0, 0]);
  expect(nextAddress(Uint8Array.of(255, 255, 255, 255), 4)).toBe(false);
});
