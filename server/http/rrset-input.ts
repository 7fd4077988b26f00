import { FieldFault } from '../wire/rdata/field.ts';
import type { Name } from '../wire/name.ts';
import type { Fault } from '../zone/check.ts';
import { faultAt, parseOwner, parseRecord, parseType } from '../zone/input.ts';
import { recordKey, type ZoneRecord } from '../zone/rrset.ts';

/** What an RRset is to become. Without records it goes away. */
export interface RrsetEdit {
  readonly owner: Name;
  readonly type: number;
  readonly records: readonly ZoneRecord[];
  /** Where it was written, for what is said of it: `rrsets.2`. */
  readonly at: string;
}

/** An RRset as somebody wrote it: `contents` is the presentation form of the RDATA of each record. */
export interface WrittenRrset {
  readonly name: unknown;
  readonly type: unknown;
  readonly ttl?: unknown;
  readonly contents: readonly unknown[];
  readonly at: string;
}

/** Reads an RRset, or says everything that is wrong with it. */
export function readRrset({ name, type, ttl, contents, at }: WrittenRrset, origin: Name): RrsetEdit | Fault[] {
  const owner = parseOwner(typeof name === 'string' ? name.trim() : '', origin);
  const code = parseType(typeof type === 'string' ? type.trim() : '');
  const faults: Fault[] = [];
  if (owner instanceof FieldFault) faults.push(faultAt(`${at}.name`, owner));
  if (code instanceof FieldFault) faults.push(faultAt(`${at}.type`, code));
  if (owner instanceof FieldFault || code instanceof FieldFault) return faults;
  const records = contents.flatMap((content, i) => {
    const place = `${at}.records.${i}`;
    if (typeof content !== 'string') {
      faults.push({ field: place, code: 'not_text', message: 'A record is its RDATA as text, such as "192.0.2.1".' });
      return [];
    }
    const record = parseRecord({ name, type, ttl, content }, origin);
    if (!Array.isArray(record)) return [record];
    for (const fault of record) faults.push({ ...fault, field: fault.field === 'ttl' ? `${at}.ttl` : place });
    return [];
  });
  // The TTL is that of all records, and wrong once.
  const distinct = faults.filter(({ field }, i) => faults.findIndex((other) => other.field === field) === i);
  return distinct.length > 0 ? distinct : { owner, type: code, records, at };
}

/** Reads several, or says everything that is wrong with any. None may be there twice. */
export function readRrsets(written: readonly WrittenRrset[], origin: Name): RrsetEdit[] | Fault[] {
  const read = written.map((one) => readRrset(one, origin));
  const faults = read.flatMap((one) => (Array.isArray(one) ? one : []));
  const edits = read.filter((one): one is RrsetEdit => !Array.isArray(one));
  const seen = new Set<string>();
  for (const edit of edits) {
    const key = recordKey(edit);
    if (seen.has(key)) faults.push({ field: `${edit.at}.name`, code: 'twice', message: 'This RRset is in the list twice.' });
    seen.add(key);
  }
  return faults.length > 0 ? faults : edits;
}

/** Whether what was read is what is wrong. */
export function areFaults(read: readonly RrsetEdit[] | readonly Fault[]): read is readonly Fault[] {
  return read.length > 0 && 'code' in read[0]!;
}
