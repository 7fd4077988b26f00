import { TYPE } from '../wire/codes.ts';
import { isNewer, serialOf, withSerial } from '../zone/apex.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { Zone } from '../zone/zone.ts';

/** What a zone lost and gained since it had a serial. An SOA among them only when more than its serial changed. */
export interface Difference {
  readonly removed: readonly ZoneRecord[];
  readonly added: readonly ZoneRecord[];
}

/** A whole zone, RFC 5936 §2.2: its SOA first and last, and everything else between. */
export function* wholeZone(zone: Zone): Generator<ZoneRecord> {
  const soa = soaOfZone(zone);
  yield soa;
  for (const record of zone.records()) if (record.type !== TYPE.SOA) yield record;
  yield soa;
}

/**
 * What a client needs that has the zone with a serial, RFC 1995 §4: the SOA alone when there is nothing newer; the difference, if
 * somebody knows it; otherwise the whole zone.
 */
export function newerThan(zone: Zone, serial: number, differenceSince: () => Difference | null): Iterable<ZoneRecord> {
  const soa = soaOfZone(zone);
  if (!isNewer(serialOf(soa.rdata), serial)) return [soa];
  const difference = differenceSince();
  if (difference === null) return wholeZone(zone);
  const { removed, added } = difference;
  const before = removed.find(isSoa) ?? soa;
  const old = { ...before, rdata: withSerial(before.rdata, serial) };
  return [soa, old, ...removed.filter((one) => !isSoa(one)), soa, ...added.filter((one) => !isSoa(one)), soa];
}

/** The SOA record of a zone: at the apex, whose records come first. */
export function soaOfZone(zone: Zone): ZoneRecord {
  for (const record of zone.records()) if (isSoa(record)) return record;
  throw new Error('a zone without an SOA record');
}

const isSoa = ({ type }: ZoneRecord): boolean => type === TYPE.SOA;
