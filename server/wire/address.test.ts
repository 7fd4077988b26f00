import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, formatIpv6, parseAddress, parseIpv4, parseIpv6 } from './address.ts';

describe('addresses as text', () => {
  it.each([
    ['::', '::'],
    ['::1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::ffff:192.0.2.1', '::ffff:c000:201'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('%s is %s, RFC 5952 §4', (text, expected) => {
    expect(formatIpv6(parseIpv6(text)!)).toBe(expected);
  });

  it.each([
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':1',
    '1:',
    '12345::',
    'g::',
    '::1.2.3',
    '1.2.3.4::',
    ':::',
    '1:2:3:4:5:6:7::8',
    '',
  ])('refuses %j as IPv6', (text) => {
    expect(parseIpv6(text)).toBeNull();
  });

  it.each(['1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4.5', ' 1.2.3.4', '1.2.3.-4', '0x1.2.3.4', ''])(
    'refuses %j as IPv4',
    (text) => {
      expect(parseIpv4(text)).toBeNull();
    },
  );

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (octets) => {
        expect(parseIpv6(formatIpv6(octets))).toEqual(octets);
      }),
      { seed: 1 },
    );
  });

  it('an IPv4-mapped address is shown as its IPv4 address', () => {
    expect(formatAddress(parseAddress('::ffff:192.0.2.1')!)).toBe('192.0.2.1');
  });
});
