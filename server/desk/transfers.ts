import { compareRecords, undoEdits } from '../store/edits.ts';
import type { ZoneStore } from '../store/zones.ts';
import type { Catalog } from '../transfer/catalog.ts';
import { newerThan, soaOfZone, wholeZone, type Difference } from '../transfer/contents.ts';
import { CLASS, TYPE } from '../wire/codes.ts';
import { AT, u16At } from '../wire/header.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';
import type { Journal } from './journal.ts';

/** A question for a whole zone, or for what is new in it. */
export interface TransferQuestion {
  readonly zone: Name;
  readonly type: number;
  /** The serial that the client has, in a question for what is new, RFC 1995 §3. */
  readonly serial: number | null;
}

/** Reads a question of type AXFR or IXFR; null when it is none. */
export function readTransfer(message: Uint8Array): TransferQuestion | null {
  if (u16At(message, AT.QDCOUNT) !== 1) return null;
  const reader = new Reader(message, HEADER_SIZE);
  const zone = reader.name();
  const type = reader.u16();
  const isTransfer = type === TYPE.AXFR || type === TYPE.IXFR;
  if (!isTransfer || reader.u16() !== CLASS.IN || reader.fault !== null) return null;
  return { zone: Name.fromOctets(zone), type, serial: type === TYPE.IXFR ? readSerial(message, reader) : null };
}

function readSerial(message: Uint8Array, reader: Reader): number | null {
  if (u16At(message, AT.ANCOUNT) !== 0 || u16At(message, AT.NSCOUNT) !== 1) return null;
  reader.name();
  const isSoa = reader.u16() === TYPE.SOA;
  reader.bytes(6);
  const end = reader.u16() + reader.position;
  reader.name();
  reader.name();
  const serial = reader.u32();
  return isSoa && reader.fault === null && reader.position + 16 === end ? serial : null;
}

interface TransferDeps {
  readonly zoneSet: ZoneSet;
  readonly zones: ZoneStore;
  readonly catalog: Catalog | null;
  /** Of zones that are not in the store; null where nobody may take those. */
  readonly journal: Journal | null;
}

/** Transfers that were asked for, by what became of them: sent to the end, refused, or left by the client before that. */
export interface TransferCounts {
  done: number;
  refused: number;
  left: number;
}

/** The zones that can be transferred, and what a transfer of each has in it. */
export class Transfers {
  private readonly zoneSet: ZoneSet;
  private readonly zones: ZoneStore;
  private readonly catalog: Catalog | null;
  private readonly journal: Journal | null;
  readonly counts: Readonly<Record<'axfr' | 'ixfr', TransferCounts>> = {
    axfr: { done: 0, refused: 0, left: 0 },
    ixfr: { done: 0, refused: 0, left: 0 },
  };

  constructor({ zoneSet, zones, catalog, journal }: TransferDeps) {
    this.journal = journal;
    this.zoneSet = zoneSet;
    this.zones = zones;
    this.catalog = catalog;
  }

  /** The zone of that very name; the catalog is nobody's but the fleet's. */
  find(name: Name): Zone | null {
    if (this.catalog?.origin.equals(name) === true) return this.catalog.zone;
    const zone = this.zoneSet.closest(name);
    return zone !== null && zone.origin.equals(name) ? zone : null;
  }

  /** The SOA of the catalog, when that is asked for: secondaries look at it before they transfer (RFC 1034 §4.3.5). */
  catalogSoa(message: Uint8Array): ZoneRecord | null {
    if (this.catalog === null || u16At(message, AT.QDCOUNT) !== 1) return null;
    const reader = new Reader(message, HEADER_SIZE);
    const qname = reader.name();
    const isSoa = reader.u16() === TYPE.SOA && reader.u16() === CLASS.IN && reader.fault === null;
    return isSoa && this.catalog.origin.equals(Name.fromOctets(qname)) ? soaOfZone(this.catalog.zone) : null;
  }

  /** What answers a question. One that came over UDP is told the serial alone: whoever wants more asks over TCP (RFC 1995 §2). */
  *contents(zone: Zone, { serial }: TransferQuestion, isUdp: boolean): Generator<ZoneRecord> {
    if (isUdp) yield soaOfZone(zone);
    else if (serial === null) yield* wholeZone(zone);
    else yield* newerThan(zone, serial, () => this.differenceSince(zone, serial));
  }

  /** From the history, if that has the edit which made the serial: then it also has all edits since. */
  private differenceSince(zone: Zone, serial: number): Difference | null {
    if (this.catalog?.origin.equals(zone.origin) === true) return this.catalog.since(serial);
    if (zone.id === 0) return this.journal?.since(zone.origin, serial) ?? null;
    const edits = this.zones.edits.read(zone.id);
    const last = edits.findIndex((edit) => edit.serial === serial);
    if (last < 0) return null;
    const present = this.zones.read(zone.id);
    return compareRecords(undoEdits(present, edits.slice(0, last)), present);
  }
}
