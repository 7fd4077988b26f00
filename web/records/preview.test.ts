import { describe, expect, test } from 'vitest';
import type { RecordJson } from '../../server/http/protocol.ts';
import { Name } from '../../server/wire/name.ts';
import { rdataFromText } from '../../server/wire/rdata.ts';
import { parseRecord } from '../../server/zone/input.ts';
import { TYPE_GROUPS, formOf } from './forms.ts';
import { fullName, groupByName, hostOfUrl, sortRecords, textOf, ttlSiblings, type SortKey, zoneLine } from './preview.ts';

const zone = 'otter1.digpit.test.';
const origin = Name.fromText(zone) as Name;

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
    expect(line('RP', { mailbox: 'ann.lee@example.com', textName: '.' })).toBe(`www.${zone} 60 IN RP ann\\.lee.example.com. .`);
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

test('the examples of every form make the line that the server prints of them', () => {
  for (const type of TYPE_GROUPS.flatMap(({ types }) => types)) {
    const values = Object.fromEntries(formOf(type).fields.map(({ key, example }) => [key, example]));
    const record = parseRecord({ name: 'www', type, ttl: 60, ...values }, origin);
    if (Array.isArray(record)) throw new Error(`${type}: ${record[0]!.message}`);
    const content = line(type, values).replace(`www.${zone} 60 IN ${type} `, '');
    // As text it must be the same record.
    expect(rdataFromText(record.type, content, { origin, style: 'zone-file' }), type).toEqual(record.rdata);
  }
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

test.each([
  ['https://www.example.com/a?b', 'www.example.com'],
  [' HTTP://example.com:8080', 'example.com'],
  ['www.example.com', ''],
  ['_https._tcp', ''],
  ['//example.com', ''],
])('of %s the host is “%s”', (text, host) => {
  expect(hostOfUrl(text)).toBe(host);
});

describe('the table', () => {
  const records = [record(1, '@', 'A', 9), record(2, '@', 'MX', 60), record(3, 'b', 'A', 5), record(4, 'a.b', 'A', 900)];
  const order = (key: SortKey, down = false) =>
    groupByName(sortRecords(records, { key, down })).map(({ name, records }) => [name, records.map(({ id }) => id)]);

  test('stands as the server gave it, by name, or turned round', () => {
    expect(order('name')).toEqual([
      ['@', [1, 2]],
      ['b', [3]],
      ['a.b', [4]],
    ]);
    expect(order('name', true)).toEqual([
      ['a.b', [4]],
      ['b', [3]],
      ['@', [1, 2]],
    ]);
  });
  test('keeps names together when it is sorted by something else', () => {
    expect(order('ttl')).toEqual([
      ['b', [3]],
      ['@', [1, 2]],
      ['a.b', [4]],
    ]);
    expect(order('ttl', true)).toEqual([
      ['a.b', [4]],
      ['@', [2, 1]],
      ['b', [3]],
    ]);
    expect(order('type', true)[0]).toEqual(['@', [2, 1]]);
  });
});

test('records are written as lines that bring them back', () => {
  expect(textOf([record(1, '@', 'A', 60), { ...record(2, 'x', 'TXT', 5), content: '"a b"' }])).toBe(
    '@ 60 IN A 192.0.2.1\nx 5 IN TXT "a b"\n',
  );
});
