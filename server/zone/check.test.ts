import { describe, expect, it } from 'vitest';
import { name, record } from '../../tests/support/dns.ts';
import { checkAddition, checkRemoval } from './check.ts';

const origin = name('otter1.digpit.test.');
const zone = [
  '@ 300 SOA ns1.test. h.test. 1 2 3 4 5',
  '@ 300 NS ns1.test.',
  'www 60 A 192.0.2.1',
  'alias 60 CNAME www',
  'txt 60 TXT "A"',
  'down 60 DNAME a.test.',
].map((line) => record(line, origin));
const add = (line: string) => checkAddition(record(line, origin), zone, origin).map(({ field, code }) => `${field} ${code}`);

describe('what may be added', () => {
  it.each([
    'www 60 A 192.0.2.2',
    'www 60 AAAA ::1',
    '@ 60 NS ns2.test.',
    'new 60 CNAME www',
    'txt 60 TXT "a"',
    'a.www 60 A 192.0.2.1',
    '@ 60 TXT x',
  ])('%s', (line) => {
    expect(add(line)).toEqual([]);
  });
});

describe('what DNS does not allow', () => {
  it.each([
    ['www 60 CNAME a.test.', 'type cname_and_other_data'],
    ['WWW 60 CNAME a.test.', 'type cname_and_other_data'],
    ['alias 60 A 192.0.2.1', 'type cname_and_other_data'],
    ['alias 60 CNAME a.test.', 'type second_cname'],
    ['down 60 DNAME b.test.', 'type second_dname'],
    ['@ 60 CNAME a.test.', 'name cname_at_apex'],
    ['@ 60 SOA ns1.test. h.test. 9 2 3 4 5', 'type second_soa'],
    ['www 60 SOA ns1.test. h.test. 9 2 3 4 5', 'name soa_below_apex'],
    ['www 999 A 192.0.2.1', 'content duplicate'],
    ['@ 60 NS NS1.test.', 'content duplicate'],
    ['txt 60 TXT "A"', 'content duplicate'],
    ['www.elsewhere.test. 60 A 192.0.2.1', 'name outside_zone'],
  ])('%s: %s', (line, fault) => {
    expect(add(line)[0]).toBe(fault);
  });

  it('an RRset larger than a message', () => {
    const text = Array.from({ length: 15 }, () => `"${'x'.repeat(255)}"`).join(' ');
    const many = Array.from({ length: 16 }, (_, i) => record(`t 60 TXT "${i}" ${text}`, origin));
    expect(checkAddition(record(`t 60 TXT "more" ${text}`, origin), many, origin)[0]?.code).toBe('rrset_too_large');
    expect(checkAddition(record('t 60 TXT "more"', origin), many, origin)).toEqual([]);
  });
});

describe('what may be taken away', () => {
  const remove = (line: string, others = zone) => checkRemoval(record(line, origin), others, origin).map(({ code }) => code);

  it('anything but the SOA and the last NS of the apex', () => {
    const rest = (line: string) =>
      zone.filter((other) => !(other.type === record(line, origin).type && other.owner.equals(record(line, origin).owner)));
    expect(remove('www 60 A 192.0.2.1', rest('www 60 A 192.0.2.1'))).toEqual([]);
    expect(remove('@ 300 NS ns1.test.', rest('@ 300 NS ns1.test.'))).toEqual(['last_ns']);
    expect(remove('@ 300 NS ns2.test.')).toEqual([]);
    expect(remove('@ 300 SOA ns1.test. h.test. 1 2 3 4 5', rest('@ 300 SOA ns1.test. h.test. 1 2 3 4 5'))).toEqual([
      'last_soa',
    ]);
  });
});
