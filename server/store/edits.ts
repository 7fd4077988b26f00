import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import { Writer } from '../wire/writer.ts';
import { withSerial } from '../zone/apex.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import { TYPE } from '../wire/codes.ts';
import type { Database } from './database.ts';

/** The roads on which an edit comes. */
export type EditKind = 'add' | 'change' | 'delete' | 'clear' | 'paste' | 'text' | 'import' | 'undo' | 'restore' | 'update';

/** An edit as it was: what it took away and what it brought. A record that changed is in both. */
export interface StoredEdit {
  readonly id: number;
  readonly time: number;
  readonly kind: EditKind;
  /** What the key or token is called with which it was made; null: it was made in the page. */
  readonly key: string | null;
  /** Of the zone after it. */
  readonly serial: number;
  readonly removed: readonly ZoneRecord[];
  readonly added: readonly ZoneRecord[];
}

/** How much is kept of each zone: the newest edits within both bounds, and always the last. */
export interface EditBounds {
  readonly count: number;
  readonly octets: number;
}

const BOUNDS: EditBounds = { count: 100, octets: 1 << 20 };

interface EditRow {
  readonly id: number;
  readonly time: number;
  readonly kind: string;
  readonly key: string | null;
  readonly serial: number;
  readonly removed: Buffer;
  readonly added: Buffer;
}

/** The history of every zone, as far back as its bounds reach. */
export class EditLog {
  private readonly bounds: EditBounds;
  private readonly insert;
  private readonly select;
  private readonly sizes;
  private readonly forget;

  constructor(db: Database, bounds: EditBounds = BOUNDS) {
    this.bounds = bounds;
    this.insert = db.prepare<[number, number, string, string | null, number, Uint8Array, Uint8Array]>(
      'INSERT INTO edits (zone_id, time, kind, key, serial, removed, added) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.select = db.prepare<[number, number], EditRow>(
      'SELECT id, time, kind, key, serial, removed, added FROM edits WHERE zone_id = ? AND id >= ? ORDER BY id DESC',
    );
    this.sizes = db.prepare<[number], { id: number; octets: number }>(
      'SELECT id, length(removed) + length(added) AS octets FROM edits WHERE zone_id = ? ORDER BY id DESC',
    );
    this.forget = db.prepare<[number, number]>('DELETE FROM edits WHERE zone_id = ? AND id <= ?');
  }

  /** Keeps an edit, and forgets the oldest ones that are beyond the bounds. An edit that changed nothing is none. */
  add(zoneId: number, { time, kind, key, serial, removed, added }: Omit<StoredEdit, 'id'>): void {
    if (removed.length === 0 && added.length === 0) return;
    this.insert.run(zoneId, time, kind, key, serial, packRecords(removed), packRecords(added));
    let count = 0;
    let octets = 0;
    for (const row of this.sizes.all(zoneId)) {
      octets += row.octets;
      if (++count > 1 && (count > this.bounds.count || octets > this.bounds.octets))
        return void this.forget.run(zoneId, row.id);
    }
  }

  /** The edits of a zone from id `from` on, newest first. */
  read(zoneId: number, from = 0): StoredEdit[] {
    return this.select.all(zoneId, from).map(({ kind, removed, added, ...row }) => ({
      ...row,
      kind: kind as EditKind,
      removed: unpackRecords(removed),
      added: unpackRecords(added),
    }));
  }
}

/** What an edit took away and brought, from the records before and after it. A serial that only counted on is no change. */
export function compareRecords(
  before: readonly ZoneRecord[],
  after: readonly ZoneRecord[],
): { removed: ZoneRecord[]; added: ZoneRecord[] } {
  const was = new Set(before.map(identityOf));
  const is = new Set(after.map(identityOf));
  return {
    removed: before.filter((record) => !is.has(identityOf(record))),
    added: after.filter((record) => !was.has(identityOf(record))),
  };
}

/** The records as they were before `edits`, given newest first. */
export function undoEdits(records: readonly ZoneRecord[], edits: readonly StoredEdit[]): ZoneRecord[] {
  const standing = new Map(records.map((record) => [identityOf(record), record]));
  for (const { removed, added } of edits) {
    for (const record of added) standing.delete(identityOf(record));
    for (const record of removed) standing.set(identityOf(record), record);
  }
  return [...standing.values()];
}

/** Equal for records that are the same to the letter, but for the serial of an SOA. */
export function identityOf({ owner, type, ttl, rdata }: ZoneRecord): string {
  const data = type === TYPE.SOA ? withSerial(rdata, 0) : rdata;
  return `${type} ${ttl} ${Buffer.from(owner.octets).toString('latin1')} ${Buffer.from(data).toString('latin1')}`;
}

/** Octets of TYPE, TTL and RDLENGTH. */
const FIXED = 8;

function packRecords(records: readonly ZoneRecord[]): Uint8Array {
  const size = records.reduce((sum, { owner, rdata }) => sum + owner.octets.length + FIXED + rdata.length, 0);
  const writer = new Writer(new Uint8Array(size));
  for (const { owner, type, ttl, rdata } of records) {
    writer.bytes(owner.octets);
    writer.u16(type);
    writer.u32(ttl);
    writer.u16(rdata.length);
    writer.bytes(rdata);
  }
  return writer.octets;
}

function unpackRecords(octets: Buffer): ZoneRecord[] {
  const reader = new Reader(new Uint8Array(octets));
  const records: ZoneRecord[] = [];
  while (reader.remaining > 0) {
    const owner = Name.fromOctets(reader.name());
    const type = reader.u16();
    const ttl = reader.u32();
    records.push({ owner, type, ttl, rdata: reader.bytes(reader.u16()) });
    if (reader.fault !== null) throw new Error(`an edit that cannot be read: ${reader.fault}`);
  }
  return records;
}
