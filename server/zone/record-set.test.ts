import { describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { makeApexRecords } from './apex.ts';
import { readMasterFile } from './master-file.ts';
import { RecordSet } from './record-set.ts';

const origin = name('example.');
const apex = makeApexRecords(origin, [name('ns1.test.')], name('h.test.'));
const read = (text: string) => readMasterFile(text, origin, { defaultTtl: 60 }).records.map(({ record }) => record);
const codes = (set: RecordSet, text: string) => read(text).map((record) => set.add(record).map(({ code }) => code));

describe('a set of records', () => {
  it('takes what goes together and says of each other record what speaks against it', () => {
    const set = new RecordSet(origin, apex);
    expect(codes(set, 'a A 192.0.2.1\nA A 192.0.2.1\na CNAME b.test.\n@ CNAME b.test.\nx.test. A 192.0.2.1')).toEqual([
      [],
      ['duplicate'],
      ['cname_and_other_data'],
      ['cname_at_apex'],
      ['outside_zone'],
    ]);
    expect(set.records).toHaveLength(apex.length + 1);
  });

  it('says what a zone cannot be without', () => {
    expect(new RecordSet(origin).missing(apex).map(({ code }) => code)).toEqual(['last_soa', 'last_ns']);
    const set = new RecordSet(origin, read('@ NS ns2.test.\n@ SOA ns1.test. h.test. 1 2 3 4 5'));
    expect(set.missing(apex)).toEqual([]);
  });

  it('takes hundreds of records at one name without reading each as text again', () => {
    const set = new RecordSet(origin, apex);
    const lines = Array.from({ length: 1000 }, (_, i) => `mail MX ${i} mx${i}.test.`);
    expect(codes(set, lines.join('\n')).flat()).toEqual([]);
  });
});

describe('reading a master file without a zone', () => {
  it('places every record and names the field at fault', () => {
    const { records, faults } = readMasterFile('a 5 A 192.0.2.1\n\n  MX ten mail\nb A 192.0.2.300\n', origin, {
      defaultTtl: 60,
    });
    expect(records.map(({ record: { ttl }, line, column }) => [ttl, line, column])).toEqual([[5, 1, 1]]);
    expect(faults.map(({ line, column, field, code }) => [line, column, field, code])).toEqual([
      [3, 6, 'preference', 'not_a_number'],
      [4, 5, 'address', expect.any(String)],
    ]);
  });

  it('stops after so many records', () => {
    const { faults } = readMasterFile('a A 192.0.2.1\n'.repeat(9), origin, { defaultTtl: 60, maxRecords: 3 });
    expect(faults).toMatchObject([{ line: 4, code: 'too_many_records' }]);
  });
});
