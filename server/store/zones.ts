import { readFileSync } from 'node:fs';
import { Name } from '../wire/name.ts';
import { makeApexRecords, serialOf } from '../zone/apex.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { Database } from './database.ts';
import { compareRecords, EditLog, type StoredEdit } from './edits.ts';
import { writeIfPossible } from './fault.ts';
import { nextRecords, soaOf, type StoredRecord, type ZoneChange } from './zone-change.ts';

/** Gives this many octets that nobody can foresee, as `randomBytes` of node:crypto does. */
export type Random = (count: number) => Uint8Array;

export interface StoredZone {
  readonly id: number;
  readonly origin: Name;
  readonly createdAt: number;
  /** When its owner was here last, to the step in which that is written. */
  readonly seenAt: number;
  /** It answers nothing, and its owner can do nothing. */
  readonly suspended: boolean;
}

export interface LoadedZone {
  readonly zone: StoredZone;
  readonly records: StoredRecord[];
}

/** What a new zone begins with. */
export interface ZoneSeed {
  readonly keyHash: Uint8Array;
  readonly nameservers: readonly Name[];
  readonly hostmaster: Name;
  readonly now: number;
  readonly random: Random;
}

interface ZoneRow {
  readonly id: number;
  readonly label: string;
  readonly created_at: number;
  readonly seen_at: number;
  readonly suspended_at: number | null;
}

/** A visit of the owner is written at most this often, so that reading costs no write. */
const SEEN_STEP_MS = 60 * 60 * 1000;

interface RecordRow {
  readonly id: number;
  readonly owner: Buffer;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Buffer;
}

/** The records of a zone in one row: owner and RDATA of each, and their ids, types, TTLs and the lengths of the two, as JSON. */
interface PackedRecords {
  readonly octets: Buffer;
  readonly places: string;
}

/** The zones that people own, and their records. */
export class ZoneStore {
  /** What was done to the zones. */
  readonly edits: EditLog;
  private readonly db: Database;
  private readonly baseDomain: Name;
  private readonly words: readonly string[];
  private readonly selectZone;
  private readonly selectKey;
  private readonly selectRecords;
  private readonly selectAll;
  private readonly insertZone;
  private readonly insertRecord;
  private readonly updateRecord;
  private readonly deleteRecord;
  private readonly touchZone;
  private readonly deleteIdle;
  private readonly takeNumber;

  /** Refuses a database whose zones were made below another base domain: owners are stored as whole names. */
  constructor(db: Database, baseDomain: Name, words: readonly string[]) {
    this.db = db;
    this.edits = new EditLog(db);
    this.baseDomain = baseDomain;
    this.words = words;
    this.claimBaseDomain();
    this.selectZone = db.prepare<[number], ZoneRow>(
      'SELECT id, label, created_at, seen_at, suspended_at FROM zones WHERE id = ?',
    );
    this.selectKey = db.prepare<[Uint8Array], ZoneRow>(
      'SELECT id, label, created_at, seen_at, suspended_at FROM zones WHERE key_hash = ?',
    );
    this.selectRecords = db.prepare<[number], RecordRow>(
      'SELECT id, owner, type, ttl, rdata FROM records WHERE zone_id = ? ORDER BY id',
    );
    // A row for each zone instead of one for each record, which would take the start three times as long: all octets one behind the
    // other, which stay what they are as text, and where in them each record lies. The index on zone_id brings its records together.
    this.selectAll = db.prepare<[], ZoneRow & PackedRecords>(
      `SELECT zones.id, label, created_at, seen_at, suspended_at,
         CAST(group_concat(owner || rdata, '') AS BLOB) AS octets,
         json_group_array(json_array(records.id, type, ttl, length(owner), length(rdata))) AS places
       FROM zones JOIN records ON zone_id = zones.id WHERE suspended_at IS NULL GROUP BY zones.id`,
    );
    this.insertZone = db.prepare<[string, Uint8Array, number, number]>(
      'INSERT INTO zones (label, key_hash, created_at, seen_at) VALUES (?, ?, ?, ?)',
    );
    this.touchZone = db.prepare<[number, number]>('UPDATE zones SET seen_at = ? WHERE id = ?');
    this.deleteIdle = db.prepare<[number, number], ZoneRow>(
      `DELETE FROM zones WHERE id IN (SELECT id FROM zones WHERE seen_at < ? LIMIT ?)
       RETURNING id, label, created_at, seen_at, suspended_at`,
    );
    this.insertRecord = db.prepare<[number, Uint8Array, number, number, Uint8Array]>(
      'INSERT INTO records (zone_id, owner, type, ttl, rdata) VALUES (?, ?, ?, ?, ?)',
    );
    this.updateRecord = db.prepare<[Uint8Array, number, number, Uint8Array, number, number]>(
      'UPDATE records SET owner = ?, type = ?, ttl = ?, rdata = ? WHERE zone_id = ? AND id = ?',
    );
    this.deleteRecord = db.prepare<[number, number]>('DELETE FROM records WHERE zone_id = ? AND id = ?');
    this.takeNumber = db.prepare<[string], { taken: number }>(
      'INSERT INTO labels (word, next) VALUES (?, 2) ON CONFLICT DO UPDATE SET next = next + 1 RETURNING next - 1 AS taken',
    );
  }

  /** Makes a zone `word` + number below the base domain with the records that every zone has. */
  create(seed: ZoneSeed): LoadedZone {
    return this.db.transaction(() => {
      const label = this.takeLabel(seed.random);
      const id = Number(this.insertZone.run(label, seed.keyHash, seed.now, seed.now).lastInsertRowid);
      const zone = this.toZone({ id, label, created_at: seed.now, seen_at: seed.now, suspended_at: null });
      const records = makeApexRecords(zone.origin, seed.nameservers, seed.hostmaster);
      return { zone, records: records.map((record) => this.insert(id, record)) };
    })();
  }

  find(id: number): StoredZone | undefined {
    const row = this.selectZone.get(id);
    return row && this.toZone(row);
  }

  findByKey(keyHash: Uint8Array): StoredZone | undefined {
    const row = this.selectKey.get(keyHash);
    return row && this.toZone(row);
  }

  /** Every zone that answers, with its records, one after the other, for the start: only the zone at hand is held. */
  *loadAll(): Generator<LoadedZone> {
    for (const row of this.selectAll.iterate()) yield { zone: this.toZone(row), records: unpackRecords(row) };
  }

  /** The records of a zone in the order in which they were added. */
  read(zoneId: number): StoredRecord[] {
    const records: StoredRecord[] = [];
    for (const row of this.selectRecords.all(zoneId)) records.push(toRecord(row, records.at(-1)));
    return records;
  }

  /** Notes that the owner of a zone was here. Returns the zone as it is then. */
  touch(zone: StoredZone, now: number): StoredZone {
    if (zone.seenAt > now - SEEN_STEP_MS) return zone;
    writeIfPossible(() => this.touchZone.run(now, zone.id));
    return { ...zone, seenAt: now };
  }

  /** When somebody last noted that the server was at work; undefined when nobody ever did. */
  lastAlive(): number | undefined {
    const value = this.db.prepare<[], string>("SELECT value FROM meta WHERE key = 'alive'").pluck().get();
    return value === undefined ? undefined : Number(value);
  }

  noteAlive(now: number): void {
    this.db
      .prepare("INSERT INTO meta (key, value) VALUES ('alive', ?) ON CONFLICT DO UPDATE SET value = excluded.value")
      .run(String(now));
  }

  /** Deletes up to `limit` zones whose owners were not here since `before`, with all that is theirs, and returns them. */
  deleteUnseen(before: number, limit: number): StoredZone[] {
    return this.deleteIdle.all(before, limit).map((row) => this.toZone(row));
  }

  /** Applies an edit in one transaction, keeps it in the history, and returns all records as `nextRecords` says. */
  change(zoneId: number, change: ZoneChange, how: Pick<StoredEdit, 'kind' | 'key' | 'time'>): StoredRecord[] {
    return this.db.transaction(() => {
      const before = this.read(zoneId);
      const standing = new Set<object>(before);
      const next = nextRecords(before, change);
      for (const id of change.remove ?? []) this.deleteRecord.run(zoneId, id);
      const after = next.map((record) => {
        const { id } = record;
        if (id === undefined) return this.insert(zoneId, record);
        const stored = { ...record, id };
        if (!standing.has(record)) this.write(zoneId, stored);
        return stored;
      });
      this.edits.add(zoneId, { ...how, serial: serialOf(soaOf(after).rdata), ...compareRecords(before, after) });
      return after;
    })();
  }

  private insert(zoneId: number, { owner, type, ttl, rdata }: ZoneRecord): StoredRecord {
    const { lastInsertRowid } = this.insertRecord.run(zoneId, owner.octets, type, ttl, rdata);
    return { id: Number(lastInsertRowid), owner, type, ttl, rdata };
  }

  private write(zoneId: number, { id, owner, type, ttl, rdata }: StoredRecord): void {
    this.updateRecord.run(owner.octets, type, ttl, rdata, zoneId, id);
  }

  private toZone({ id, label, created_at: createdAt, seen_at: seenAt, suspended_at: suspendedAt }: ZoneRow): StoredZone {
    const origin = Name.fromText(label, this.baseDomain);
    if (!(origin instanceof Name)) throw new Error(`${label} below ${this.baseDomain.toText()} is no domain name: ${origin}`);
    return { id, origin, createdAt, seenAt, suspended: suspendedAt !== null };
  }

  /** A word at random and the smallest number that it has not had yet and that may be shown to people. */
  private takeLabel(random: Random): string {
    // 32 bits over a few hundred words: the first words are likelier than the last by less than one in a million.
    const draw = Buffer.from(random(4)).readUInt32BE();
    const word = this.words[draw % this.words.length]!;
    for (;;) {
      const { taken } = this.takeNumber.get(word)!;
      if (!isRudeNumber(taken)) return `${word}${taken}`;
    }
  }

  private claimBaseDomain(): void {
    const wanted = this.baseDomain.toText().toLowerCase();
    this.db.prepare("INSERT INTO meta (key, value) VALUES ('base_domain', ?) ON CONFLICT DO NOTHING").run(wanted);
    const made = this.db.prepare("SELECT value FROM meta WHERE key = 'base_domain'").pluck().get() as string;
    if (made === wanted) return;
    throw new Error(
      `the database was made for the base domain ${made} and its zones cannot move to ${wanted}: set DIGPIT_BASE_DOMAIN to ${made} or give DIGPIT_DATA_DIR another folder`,
    );
  }
}

/** Plain octets instead of the driver's buffers, whose `slice` would share them. */
function toRecord({ id, owner, type, ttl, rdata }: RecordRow, previous: StoredRecord | undefined): StoredRecord {
  return { id, owner: nameOf(new Uint8Array(owner), previous), type, ttl, rdata: new Uint8Array(rdata) };
}

/** Neighbours of one owner share its name. */
function nameOf(owner: Uint8Array, previous: StoredRecord | undefined): Name {
  const isSame = previous !== undefined && Buffer.compare(owner, previous.owner.octets) === 0;
  return isSame ? previous.owner : Name.fromOctets(owner);
}

/** In the order in which they were added. Their octets are parts of one piece. */
function unpackRecords({ octets, places }: PackedRecords): StoredRecord[] {
  const whole = new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
  const records: StoredRecord[] = [];
  let at = 0;
  for (const [id, type, ttl, ownerLength, length] of JSON.parse(places) as [number, number, number, number, number][]) {
    const start = at + ownerLength;
    const owner = nameOf(whole.subarray(at, start), records.at(-1));
    at = start + length;
    records.push({ id, owner, type, ttl, rdata: whole.subarray(start, at) });
  }
  // SQLite brings them by id, but does not promise it.
  return records.sort((a, b) => a.id - b.id);
}

/** Digits that mean something rude or hateful wherever they stand, and those that do so only alone. */
const RUDE_ANYWHERE = /69|88|420|666|1312|8008|58008/;
const RUDE_ALONE: ReadonlySet<number> = new Set([14, 18, 28, 311]);

/** Whether a number should not stand behind anybody's word. */
export function isRudeNumber(number: number): boolean {
  return RUDE_ALONE.has(number) || RUDE_ANYWHERE.test(String(number));
}

/** The words of db/words.txt: one per line. */
export function readWords(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}
