import { describe, expect, test } from 'vitest';
import type { RecordJson } from '../../server/http/protocol.ts';
import { fullName, groupByName, inputOf, ttlSiblings, zoneLine } from './preview.ts';

const zone = 'otter1.digpit.test.';

test.each([
  ['', zone],
  ['@', zone],
  [' www ', `www.${zone}`],
  ['a.b', `a.b.${zone}`],
  ['*', `*.${zone}`],
  ['www.otter1.digpit.test', `www.${zone}`],
  ['www.OTTER1.digpit.test.', 'www.OTTER1.digpit.test.'],
  ['otter1.digpit.test', zone],
  ['münchen', `xn--mnchen-3ya.${zone}`],
  ['_dmarc.größe', `_dmarc.xn--gre-6ka8i.${zone}`],
  ['elsewhere.test.', 'elsewhere.test.'],
])('the name %j is %s', (name, expected) => {
  expect(fullName(name, zone)).toBe(expected);
});

const line = (type: string, values: Record<string, string>) => zoneLine({ name: 'www', type, ttl: '60', values }, zone);

describe('the zone-file line', () => {
  test('marks what is still missing', () => {
    expect(line('A', { address: '' })).toBe(`www.${zone} 60 IN A …`);
    expect(zoneLine({ name: ' ', type: 'A', ttl: '', values: { address: '192.0.2.1' } }, zone)).toBe(
      `….${zone} … IN A 192.0.2.1`,
    );
  });
  test('ends a target with a dot, but leaves a single label to the server', () => {
    expect(line('MX', { preference: '10', exchange: ' mail.example.com ' })).toBe(`www.${zone} 60 IN MX 10 mail.example.com.`);
    expect(line('CNAME', { target: 'mail' })).toBe(`www.${zone} 60 IN CNAME mail`);
    expect(line('CNAME', { target: '@' })).toBe(`www.${zone} 60 IN CNAME ${zone}`);
    expect(line('SVCB', { priority: '1', target: '.', params: '' })).toBe(`www.${zone} 60 IN SVCB 1 .`);
  });
  test('quotes text, and splits it after 255 octets', () => {
    expect(line('TXT', { text: 'a "b" \\ é' })).toBe(`www.${zone} 60 IN TXT "a \\"b\\" \\\\ \\195\\169"`);
    expect(line('TXT', { text: 'x'.repeat(256) })).toBe(`www.${zone} 60 IN TXT "${'x'.repeat(255)}" "x"`);
    expect(line('TXT', { text: '"a" "b"' })).toBe(`www.${zone} 60 IN TXT "a" "b"`);
    expect(line('CAA', { flags: '0', tag: 'issue', value: 'ca.test' })).toBe(`www.${zone} 60 IN CAA 0 issue "ca.test"`);
  });
  test('writes a mailbox as a name', () => {
    expect(line('SOA', { rname: 'ann.lee@example.com' })).toBe(`www.${zone} 60 IN SOA ann\\.lee.example.com.`);
  });
});

const record = (id: number, name: string, type: string, ttl: number): RecordJson => ({
  id,
  name,
  type,
  ttl,
  content: '192.0.2.1',
  address: '192.0.2.1',
});

test('siblings are the same name and type with another TTL', () => {
  const records = [record(1, 'www', 'A', 60), record(2, 'www', 'A', 60), record(3, 'www', 'AAAA', 60), record(4, '@', 'A', 60)];
  const ids = (ttl: string, id?: number, name = 'WWW') =>
    ttlSiblings(records, { id, name, type: 'a', ttl }, zone).map((r) => r.id);
  expect(ids('300')).toEqual([1, 2]);
  expect(ids('300', 1)).toEqual([2]);
  expect(ids('60')).toEqual([]);
  expect(ids('300', undefined, '')).toEqual([4]);
});

test('a record is recreated from its typed members, or from its content', () => {
  expect(inputOf(record(7, 'www', 'A', 60))).toEqual({ name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' });
  const bare = { id: 8, name: '@', type: 'LOC', ttl: 60, content: '1 N 1 E 0m' };
  expect(inputOf(bare)).toEqual({ name: '@', type: 'LOC', ttl: 60, content: '1 N 1 E 0m' });
});

test('records are grouped by name in the order given', () => {
  const groups = groupByName([record(1, '@', 'A', 1), record(2, '@', 'MX', 1), record(3, 'a', 'A', 1)]);
  expect(groups.map(({ name, records }) => [name, records.map(({ id }) => id)])).toEqual([
    ['@', [1, 2]],
    ['a', [3]],
  ]);
});
