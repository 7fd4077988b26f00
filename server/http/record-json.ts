import type { StoredRecord } from '../store/zone-change.ts';
import { isDataType, typeFromText, typeToText } from '../wire/codes.ts';
import { FOLD, type Name } from '../wire/name.ts';
import { rdataToJson, rdataToText, rdataType } from '../wire/rdata.ts';
import type { Fault } from '../zone/check.ts';
import { recordKey, type ZoneRecord } from '../zone/rrset.ts';
import type { RecordJson, RecordLineJson } from './protocol.ts';

export function recordToJson({ id, owner, type, ttl, rdata }: StoredRecord, origin: Name): RecordJson {
  const content = rdataToText(type, rdata);
  return { id, name: owner.toRelativeText(origin), type: typeToText(type), ttl, ...rdataToJson(type, rdata), content };
}

export function recordToLine({ owner, type, ttl, rdata }: ZoneRecord, origin: Name): RecordLineJson {
  return { name: owner.toRelativeText(origin), type: typeToText(type), ttl, content: rdataToText(type, rdata) };
}

/**
 * By owner in canonical order (RFC 4034 §6.1), so the apex first and what lies below a name behind it; then by type, and as they
 * were given.
 */
export function sortRecords<R extends ZoneRecord>(records: readonly R[]): R[] {
  return records.toSorted(compareRrsets);
}

/** The order of `sortRecords`, in which those of one RRset are the same. */
export function compareRrsets(a: Pick<ZoneRecord, 'owner' | 'type'>, b: Pick<ZoneRecord, 'owner' | 'type'>): number {
  return compareOwners(a.owner, b.owner) || compareText(typeToText(a.type), typeToText(b.type));
}

/** The RRsets of records, sorted like those. */
export function groupRrsets<R extends ZoneRecord>(records: readonly R[]): R[][] {
  const rrsets = new Map<string, R[]>();
  for (const record of sortRecords(records)) {
    const rrset = rrsets.get(recordKey(record));
    if (rrset === undefined) rrsets.set(recordKey(record), [record]);
    else rrset.push(record);
  }
  return [...rrsets.values()];
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareOwners(a: Name, b: Name): number {
  for (let depth = 1; depth <= a.labelCount && depth <= b.labelCount; depth++) {
    const order = Buffer.compare(foldedLabel(a, a.labelCount - depth), foldedLabel(b, b.labelCount - depth));
    if (order !== 0) return order;
  }
  return a.labelCount - b.labelCount;
}

/** A label without its length octet, so that a shorter one sorts before what it begins. */
function foldedLabel(name: Name, label: number): Uint8Array {
  return name.label(label).map((octet) => FOLD[octet]!);
}

const COMMON_MEMBERS: ReadonlySet<string> = new Set(['name', 'type', 'ttl', 'content']);

/**
 * What speaks against the members of a record's JSON, whatever their values mean: each must be text or a number and belong to
 * the type, and the RDATA is given once, in fields or as `content`.
 */
export function checkMembers(input: Readonly<Record<string, unknown>>): Fault[] {
  const type = typeof input['type'] === 'string' ? typeFromText(input['type'].trim()) : undefined;
  // Without a type that records can have nobody can say which fields there are; what is wrong with it is told later.
  const fields = type === undefined || !isDataType(type) ? null : rdataType(type).fields.map(({ key }) => key);
  return Object.entries(input).flatMap(([member, value]) => {
    const fault = checkMember(member, value, fields, 'content' in input);
    return fault === null ? [] : [fault];
  });
}

function checkMember(member: string, value: unknown, fields: readonly string[] | null, hasContent: boolean): Fault | null {
  if (member === 'content' ? typeof value !== 'string' : typeof value !== 'string' && typeof value !== 'number') {
    return { field: member, code: 'not_text', message: `${member} must be text${member === 'content' ? '' : ' or a number'}.` };
  }
  if (COMMON_MEMBERS.has(member) || fields === null) return null;
  if (!fields.includes(member)) {
    const message = `“${member}” is no member of such a record. It has name, type, ttl and either ${fields.join(', ')} or content.`;
    return { field: member, code: 'unknown_member', message };
  }
  if (!hasContent) return null;
  const message = `${member} and content say the same thing twice. Send the fields or content, not both.`;
  return { field: member, code: 'content_and_fields', message };
}
