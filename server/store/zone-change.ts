import { TYPE } from '../wire/codes.ts';
import { nextSerial, serialOf, withSerial } from '../zone/apex.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import { recordKey } from '../zone/rrset.ts';

export interface StoredRecord extends ZoneRecord {
  readonly id: number;
}

/** An edit. Ids are those of records of the zone. */
export interface ZoneChange {
  readonly insert?: readonly ZoneRecord[];
  readonly update?: readonly StoredRecord[];
  readonly remove?: readonly number[];
}

/** A record after an edit; one that is new has no id yet. */
export type NextRecord = ZoneRecord & { readonly id?: number };

/**
 * All records of a zone as an edit would leave them, those that stay as the same objects. What was inserted or updated gives
 * its TTL to its whole RRset (RFC 2181 §5.2), and the SOA gets its next serial: the one that the edit brought if it is an
 * increase, otherwise one more. Throws when the edit names a record that the zone does not have or leaves it without an SOA.
 */
export function nextRecords(
  before: readonly StoredRecord[],
  { insert = [], update = [], remove = [] }: ZoneChange,
): NextRecord[] {
  const records = new Map(before.map((record) => [record.id, record]));
  for (const id of remove) if (!records.delete(id)) throw new Error(`the zone has no record ${id}`);
  for (const record of update) {
    if (!records.has(record.id)) throw new Error(`the zone has no record ${record.id}`);
    records.set(record.id, record);
  }
  return withNextSerial(shareTtl([...records.values(), ...insert], [...update, ...insert]), soaOf(before));
}

function shareTtl(records: readonly NextRecord[], edited: readonly ZoneRecord[]): NextRecord[] {
  const ttls = new Map(edited.map((record) => [recordKey(record), record.ttl]));
  return records.map((record) => {
    const ttl = ttls.get(recordKey(record)) ?? record.ttl;
    return ttl === record.ttl ? record : { ...record, ttl };
  });
}

function withNextSerial(records: NextRecord[], previous: ZoneRecord): NextRecord[] {
  const soa = soaOf(records);
  const rdata = withSerial(soa.rdata, nextSerial(serialOf(previous.rdata), serialOf(soa.rdata)));
  return records.map((record) => (record === soa ? { ...record, rdata } : record));
}

/** The SOA record of a zone, which every zone has. */
export function soaOf<R extends ZoneRecord>(records: readonly R[]): R {
  const soa = records.find(({ type }) => type === TYPE.SOA);
  if (soa === undefined) throw new Error('a zone without an SOA record');
  return soa;
}

/** The edit that makes `present` into `target`. Data that stays keeps its id, also under another TTL. */
export function changeTo(target: readonly ZoneRecord[], present: readonly StoredRecord[]): Required<ZoneChange> {
  const unmatched = new Map(present.map((record) => [dataKey(record), record]));
  const insert: ZoneRecord[] = [];
  const update: StoredRecord[] = [];
  for (const record of target) {
    const key = dataKey(record);
    const twin = unmatched.get(key);
    unmatched.delete(key);
    if (twin === undefined) insert.push(record);
    else if (!isSame(record, twin)) update.push({ ...record, id: twin.id });
  }
  return { insert, update, remove: [...unmatched.values()].map(({ id }) => id) };
}

/** Equal for records with the same owner, type and data. A zone has one SOA, so that any other takes its place. */
export function dataKey({ owner, type, rdata }: ZoneRecord): string {
  return type === TYPE.SOA ? 'SOA' : `${type} ${owner.key} ${Buffer.from(rdata).toString('latin1')}`;
}

function isSame(a: ZoneRecord, b: ZoneRecord): boolean {
  return a.ttl === b.ttl && Buffer.compare(a.rdata, b.rdata) === 0 && Buffer.compare(a.owner.octets, b.owner.octets) === 0;
}
