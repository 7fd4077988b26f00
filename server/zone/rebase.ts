import { TYPE } from '../wire/codes.ts';
import { MAX_NAME } from '../wire/limits.ts';
import { Name, startOf } from '../wire/name.ts';
import { embeddedNames } from '../wire/rdata.ts';
import type { ZoneRecord } from './rrset.ts';

/**
 * A record of one zone as a record of another: its owner, and each name in its data that lies in the first zone, is moved to the
 * second. Null when a name would become longer than names may be (RFC 1035 §2.3.4). The owner must lie within `from`.
 */
export function rebaseRecord(record: ZoneRecord, from: Name, to: Name): ZoneRecord | null {
  const owner = rebaseName(record.owner, from, to);
  const rdata = rebaseRdata(record, from, to);
  return owner === null || rdata === null ? null : { ...record, owner, rdata };
}

function rebaseRdata({ type, rdata }: ZoneRecord, from: Name, to: Name): Uint8Array | null {
  const embedded = embeddedNames(type, rdata);
  if (embedded === null) return rdata;
  const names = embedded.names.map((name) => rebaseName(name, from, to));
  if (names.includes(null)) return null;
  const parts = names.map((name) => name!.octets);
  return Uint8Array.from(Buffer.concat([rdata.subarray(0, embedded.start), ...parts, rdata.subarray(embedded.end)]));
}

function rebaseName(name: Name, from: Name, to: Name): Name | null {
  if (!name.isWithin(from)) return name;
  const own = name.octets.subarray(0, startOf(name, name.labelCount - from.labelCount));
  if (own.length + to.octets.length > MAX_NAME) return null;
  return Name.fromOctets(Uint8Array.from([...own, ...to.octets]));
}

/**
 * The zone that records were most likely taken from: the owner of an SOA, else of an NS, else the shortest owner, without its
 * `www`. `zone` itself when they lie there already.
 */
export function guessOrigin(records: readonly ZoneRecord[], zone: Name): Name {
  const foreign = records.filter(({ owner }) => !owner.isWithin(zone));
  if (foreign.length === 0) return zone;
  const shortest = (of: readonly ZoneRecord[]) => of.map(({ owner }) => owner).sort((a, b) => a.labelCount - b.labelCount)[0];
  const ofType = (type: number) => shortest(foreign.filter((record) => record.type === type));
  return ofType(TYPE.SOA) ?? ofType(TYPE.NS) ?? withoutWww(shortest(foreign)!);
}

function withoutWww(name: Name): Name {
  return name.labelCount > 2 && /^www\./i.test(name.toText()) ? name.suffix(1) : name;
}
