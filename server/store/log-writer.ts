import { breathe } from '../querylog/breath.ts';
import type { Batch } from '../querylog/gatherer.ts';
import type { Database } from './database.ts';

/** Rows written without a breath, and in one transaction, whose end leaves no room for one. */
const BREATH_ROWS = 4;
const TRANSACTION_ROWS = 64;
/** Rows deleted without a breath, and in one transaction: of each zone several, whose places in the index are then written once. */
const PRUNE_STEP = 64;
const PRUNE_ROWS = 4096;
/** Ids that are taken at a time in the file that is never lost. */
const RESERVE = 1 << 20;
/** Of all pages, the part that may be free. */
const FREE_SHARE = 8;
/** Pages that one step gives back to the file system at most. */
const VACUUM_STEP = 256;

/** What puts queries into the log and takes the oldest away. There is one, in the thread that keeps the log. */
export class LogWriter {
  private readonly db: Database;
  private readonly insert;
  private readonly delete;
  private readonly insertBatch;
  private readonly updateNextId;
  private readonly updateReserved;
  private readonly zoneExists;
  private readonly selectOldest;
  private readonly deleteOldest;
  private readonly selectNewest;
  private readonly deleteNewest;
  private readonly sumSizes;
  private size = 0;
  private next: number;
  /** The newest row before a call of `append` that failed. */
  private keptUntil: number | null = null;
  /** No id from here on was ever given: a log that has to begin anew begins here. */
  private reserved: number;

  /** The log must be attached, see `attachLog`. */
  constructor(db: Database) {
    this.db = db;
    this.insert = db.transaction((batches: readonly Batch[], nextId: number) => this.insertAll(batches, nextId));
    this.delete = db.transaction((excess: number, oldest: number) => this.deleteAll(excess, oldest));
    this.insertBatch = db.prepare<[number, number, number, number, Uint8Array, Uint8Array]>(
      'INSERT INTO log.query_batches (zone_id, first_id, last_id, last_time, frames, summary) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.updateNextId = db.prepare<[number]>(
      'INSERT INTO log.state (only, next_id) VALUES (1, ?) ON CONFLICT DO UPDATE SET next_id = excluded.next_id',
    );
    this.zoneExists = db.prepare<[number], number>('SELECT 1 FROM main.zones WHERE id = ?').pluck();
    this.selectOldest = db.prepare<[], { seq: number; last_time: number; size: number }>(
      `SELECT seq, last_time, length(frames) AS size FROM log.query_batches ORDER BY seq LIMIT ${PRUNE_STEP}`,
    );
    this.deleteOldest = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq <= ?');
    this.selectNewest = db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM log.query_batches').pluck();
    this.deleteNewest = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq > ?');
    this.sumSizes = db.prepare<[], number>('SELECT coalesce(sum(length(frames)), 0) FROM log.query_batches').pluck();
    this.updateReserved = db.prepare<[number]>('UPDATE main.query_log_state SET next_id = ?');
    this.reserved = db.prepare<[], number>('SELECT next_id FROM main.query_log_state').pluck().get()!;
    this.next = db.prepare<[], number>('SELECT next_id FROM log.state').pluck().get() ?? this.reserved;
    this.reserve(this.next);
    this.updateNextId.run(this.next);
    this.recount();
  }

  /** The lowest id that no query has had yet. */
  get nextId(): number {
    return this.next;
  }

  /** Octets of all frames kept. */
  get byteLength(): number {
    return this.size;
  }

  /** Counts anew what is there, after somebody else took something away. */
  recount(): void {
    this.size = this.sumSizes.get()!;
  }

  /**
   * Keeps all batches, or throws. What it kept until it threw is taken back by the next call, which is to bring the same queries
   * again.
   */
  append(batches: readonly Batch[], nextId: number): void {
    this.reserve(nextId);
    if (this.keptUntil !== null) {
      this.deleteNewest.run(this.keptUntil);
      this.recount();
    }
    this.keptUntil = this.selectNewest.get()!;
    let size = 0;
    for (let start = 0; start < batches.length; start += TRANSACTION_ROWS) {
      size += this.insert(batches.slice(start, start + TRANSACTION_ROWS), nextId);
      breathe();
    }
    this.keptUntil = null;
    this.size += size;
    this.next = nextId;
  }

  /** Returns the octets kept. From here on ids below `nextId` are taken, whatever becomes of the rest. */
  private insertAll(batches: readonly Batch[], nextId: number): number {
    let size = 0;
    // First, because from here on the file is ours: who deletes a zone and then its log does the latter before this or after all.
    this.updateNextId.run(nextId);
    for (const [i, { zone, firstId, lastId, lastTime, octets, summary }] of batches.entries()) {
      // A zone may have been deleted while its last queries were on their way: they go with it.
      if (this.zoneExists.get(zone) === undefined) continue;
      this.insertBatch.run(zone, firstId, lastId, Math.floor(lastTime), octets, summary);
      size += octets.length;
      if (i % BREATH_ROWS === BREATH_ROWS - 1) breathe();
    }
    return size;
  }

  /** Sees to it that ids below `nextId`, and many more, are known to be taken. */
  private reserve(nextId: number): void {
    if (nextId < this.reserved) return;
    this.updateReserved.run(nextId + RESERVE);
    this.reserved = nextId + RESERVE;
  }

  /** Free pages are soon written again while queries keep coming; what is much more than that goes back to the file system. */
  private giveBack(): void {
    const free = this.db.pragma('log.freelist_count', { simple: true }) as number;
    const all = this.db.pragma('log.page_count', { simple: true }) as number;
    if (free > all / FREE_SHARE) this.db.pragma(`log.incremental_vacuum(${VACUUM_STEP})`);
  }

  /**
   * Deletes the oldest batches while the log has more than `maxBytes` octets or their last query came before `oldest`
   * (milliseconds since 1970), one transaction of them, and gives space back to the file system. Returns whether there is more to
   * do.
   */
  prune(maxBytes: number, oldest: number): boolean {
    const { rows, octets } = this.delete(this.size - maxBytes, oldest);
    this.size -= octets;
    this.giveBack();
    return rows === PRUNE_ROWS;
  }

  /** Deletes `excess` octets and what is older. */
  private deleteAll(excess: number, oldest: number): { rows: number; octets: number } {
    let rows = 0;
    let octets = 0;
    for (let more = true; more && rows < PRUNE_ROWS; breathe()) {
      const found = this.selectOldest.all();
      let last = 0;
      for (const { seq, last_time: lastTime, size } of found) {
        if (octets >= excess && lastTime >= oldest) break;
        octets += size;
        rows++;
        last = seq;
      }
      if (last > 0) this.deleteOldest.run(last);
      more = last === found.at(-1)?.seq;
    }
    return { rows, octets };
  }
}
