import { describe, expect, test } from 'vitest';
import {
  addressScope,
  asNumber,
  countryName,
  digLine,
  hexRows,
  outcome,
  printable,
  splitName,
  ttlWords,
  withoutFinalDot,
} from './format.ts';

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  ['60', '1 minute'],
  [300, '5 minutes'],
  [5400, '1 hour 30 minutes'],
  [86_400, '1 day'],
  [694_861, '8 days 1 hour 1 minute 1 second'],
  [1_209_600, '2 weeks'],
  [7_776_000, '90 days'],
  ['', ''],
  ['soon', ''],
  ['-1', ''],
  ['1.5', ''],
])('a TTL of %s reads %j', (ttl, words) => {
  expect(ttlWords(ttl)).toBe(words);
});

test.each([
  ['www.otter1.digpit.test.', 'www', '.otter1.digpit.test.'],
  ['a.b.OTTER1.digpit.test.', 'a.b', '.OTTER1.digpit.test.'],
  ['otter1.digpit.test.', 'otter1.digpit.test.', ''],
  ['sea-otter1.digpit.test.', 'sea-otter1.digpit.test.', ''],
  ['example.com.', 'example.com.', ''],
])('%s is its own part and the zone’s', (name, own, rest) => {
  expect(splitName(name, 'otter1.digpit.test.')).toEqual([own, rest]);
});

describe('text from elsewhere', () => {
  test('keeps ordinary letters of any script', () => {
    expect(printable('Größe 東京 <b>')).toBe('Größe 東京 <b>');
  });
  test('shows what would turn or hide the text', () => {
    expect(printable('a\u202Eb\u0000c\u200Bd\ne')).toBe('a\\u{202e}b\\u{0}c\\u{200b}d\\u{a}e');
  });
});

describe('the dig line', () => {
  const dns = { host: '127.0.0.1', port: 5354 };
  test('names the port', () => {
    expect(digLine(dns, 'www.otter1.digpit.test.', 'AAAA')).toBe('dig @127.0.0.1 -p 5354 www.otter1.digpit.test AAAA');
  });
  test('leaves port 53 out', () => {
    expect(digLine({ host: '2001:db8::53', port: 53 }, 'otter1.digpit.test.')).toBe('dig @2001:db8::53 otter1.digpit.test');
  });
  test('quotes what a shell would read', () => {
    expect(digLine(dns, "*.a'b.test.")).toBe(`dig @127.0.0.1 -p 5354 '*.a'\\''b.test'`);
  });
});

test.each([
  ['NOERROR', 1, 'answered'],
  ['NOERROR', 0, 'empty'],
  ['NXDOMAIN', 0, 'nxdomain'],
  ['REFUSED', 0, 'refused'],
  ['SERVFAIL', 0, 'failed'],
  ['RCODE4095', 0, 'failed'],
])('%s with %i answers is %s', (rcode, count, expected) => {
  const answer = { name: 'a.', type: 'A', class: 'IN', ttl: 1, content: '192.0.2.1' };
  expect(outcome({ rcode, answers: Array.from({ length: count }, () => answer) })).toBe(expected);
});

test('a hex dump has rows of octets and of the text in them', () => {
  expect(hexRows('0361620001ff', 4)).toEqual([
    { start: 0, octets: ['03', '61', '62', '00'], text: ['·', 'a', 'b', '·'] },
    { start: 4, octets: ['01', 'ff'], text: ['·', '·'] },
  ]);
  expect(hexRows('', 16)).toEqual([]);
});

test.each([
  ['127.0.0.1', 'loopback'],
  ['::1', 'loopback'],
  ['::1/128', 'loopback'],
  ['10.1.2.3', 'private'],
  ['172.16.0.0/12', 'private'],
  ['172.32.0.1', 'global'],
  ['192.168.0.0/24', 'private'],
  ['fe80::1', 'private'],
  ['fd00:1::1', 'private'],
  ['1.1.1.1', 'global'],
  ['::1:2', 'global'],
  ['100.1.1.1', 'global'],
])('%s is a %s address', (address, scope) => {
  expect(addressScope(address)).toBe(scope);
});

test('names, networks and countries', () => {
  expect(withoutFinalDot('a.test.')).toBe('a.test');
  expect(withoutFinalDot('.')).toBe('.');
  expect(withoutFinalDot('a\\.')).toBe('a\\.');
  expect(asNumber({ asn: 15_169, name: 'GOOGLE', country: 'US' })).toBe('AS15169');
  expect(asNumber({ asn: null, name: null, country: null })).toBe('');
  expect(countryName('FR')).toBe('France');
  expect(countryName('not a code')).toBe('not a code');
});
