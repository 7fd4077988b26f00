import { breathe } from '../querylog/breath.ts';
import type { Batch } from '../querylog/gatherer.ts';
import type { Database } from './database.ts';
import { FreshEntries } from './fresh-entries.ts';

/** Rows written without a breath, and in one transaction, whose end leaves no room for one. */
const BREATH_ROWS = 4;
const TRANSACTION_ROWS = 64;
/** Batches deleted without a breath, and in one step, which is a transaction. */
const PRUNE_ROWS = 16;
const PRUNE_STEP = 512;
/** Entries that may lead to no batch before they are looked for, and zones that are gone through in one step of that. */
const MAX_STALE = 1 << 14;
const SWEEP_ZONES = 64;
/** Ids that are taken at a time in the file that is never lost. */
const RESERVE = 1 << 20;
/** Of all pages, the part that may be free. */
const FREE_SHARE = 8;
/** Pages that one step gives back to the file system at most. */
const VACUUM_STEP = 256;

/** What puts queries into the log and takes the oldest away. There is one, in the thread that keeps the log. */
export class LogWriter {
  /** Where entries of new batches stand first. */
  readonly fresh: FreshEntries;
  private readonly db: Database;
  private readonly insert;
  private readonly deleteOld;
  private readonly deleteStale;
  private readonly insertBatch;
  private readonly updateNextId;
  private readonly updateReserved;
  private readonly zoneExists;
  private readonly selectOldest;
  private readonly deleteUntil;
  private readonly deleteSince;
  private readonly selectOldestSeq;
  private readonly selectZoneAfter;
  private readonly deleteEntries;
  private readonly countPages;
  private readonly countFree;
  private readonly pageSize: number;
  private next: number;
  /** The last call of `append` failed, and part of what it was to keep may be there. */
  private failed = false;
  /** How many entries may lead to no batch, and the zone up to which they were taken away. */
  private stale = MAX_STALE;
  private swept = 0;
  /** No id from here on was ever given: a log that has to begin anew begins here. */
  private reserved: number;

  /** The log must be attached, see `attachLog`. `maxFresh` entries may be away from their places. */
  constructor(db: Database, maxFresh?: number) {
    this.db = db;
    this.fresh = new FreshEntries(db, maxFresh);
    this.insert = db.transaction((batches: readonly Batch[], seq: number, nextId: number) =>
      this.insertAll(batches, seq, nextId),
    );
    this.deleteOld = db.transaction((maxBytes: number, oldest: number) => this.deleteAllOld(maxBytes, oldest));
    this.deleteStale = db.transaction(() => this.sweep());
    this.insertBatch = db.prepare<[number, number, number, number, Uint8Array]>(
      'INSERT INTO log.query_batches (seq, zone_id, last_id, last_time, frames) VALUES (?, ?, ?, ?, ?)',
    );
    this.updateNextId = db.prepare<[number]>(
      'INSERT INTO log.state (only, next_id) VALUES (1, ?) ON CONFLICT DO UPDATE SET next_id = excluded.next_id',
    );
    this.zoneExists = db.prepare<[number], number>('SELECT 1 FROM main.zones WHERE id = ?').pluck();
    this.selectOldest = db.prepare<[], { seq: number; last_time: number }>(
      `SELECT seq, last_time FROM log.query_batches ORDER BY seq LIMIT ${PRUNE_ROWS}`,
    );
    this.deleteUntil = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq <= ?');
    const deleteBatchesSince = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq >= ?');
    const deleteEntriesSince = db.prepare<[number]>('DELETE FROM log.zone_batches WHERE seq >= ?');
    this.deleteSince = db.transaction((seq: number) => {
      deleteBatchesSince.run(seq);
      deleteEntriesSince.run(seq);
      this.fresh.takeBack(seq);
    });
    this.selectOldestSeq = db.prepare<[], number | null>('SELECT min(seq) FROM log.query_batches').pluck();
    this.selectZoneAfter = db
      .prepare<[number], number | null>('SELECT min(zone_id) FROM log.zone_batches WHERE zone_id > ?')
      .pluck();
    this.deleteEntries = db.prepare<[{ zone: number; seq: number }]>(
      'DELETE FROM log.zone_batches WHERE zone_id = @zone AND last_id < @seq AND seq < @seq',
    );
    this.countPages = db.prepare<[], number>('PRAGMA log.page_count').pluck();
    this.countFree = db.prepare<[], number>('PRAGMA log.freelist_count').pluck();
    this.pageSize = db.pragma('log.page_size', { simple: true }) as number;
    this.updateReserved = db.prepare<[number]>('UPDATE main.query_log_state SET next_id = ?');
    this.reserved = db.prepare<[], number>('SELECT next_id FROM main.query_log_state').pluck().get()!;
    this.next = db.prepare<[], number>('SELECT next_id FROM log.state').pluck().get() ?? this.reserved;
    this.reserve(this.next);
    this.updateNextId.run(this.next);
  }

  /** The lowest id that no query has had yet. */
  get nextId(): number {
    return this.next;
  }

  /** Octets of the file that something lies in. */
  get byteLength(): number {
    return (this.countPages.get()! - this.countFree.get()!) * this.pageSize;
  }

  /**
   * Keeps all batches, or throws. What it kept until it threw is taken back by the next call, which is to bring the same queries
   * again.
   */
  append(batches: readonly Batch[], nextId: number): void {
    this.reserve(nextId);
    if (this.failed) this.deleteSince(this.next);
    this.failed = true;
    for (let start = 0; start < batches.length; start += TRANSACTION_ROWS) {
      this.insert(batches.slice(start, start + TRANSACTION_ROWS), this.next + start, nextId);
      breathe();
    }
    this.failed = false;
    this.next = nextId;
  }

  /**
   * From here on ids below `nextId` are taken, whatever becomes of the rest. The first batch gets the number `seq`: numbers begin with
   * the lowest id of a run, which has at least as many ids as batches, so they do not come back either.
   */
  private insertAll(batches: readonly Batch[], seq: number, nextId: number): void {
    // First, because from here on the file is ours: who deletes a zone and then its log does the latter before this or after all.
    this.updateNextId.run(nextId);
    for (const [i, { zone, lastId, lastTime, octets, summary }] of batches.entries()) {
      // A zone may have been deleted while its last queries were on their way: they go with it.
      if (this.zoneExists.get(zone) === undefined) continue;
      this.insertBatch.run(seq + i, zone, lastId, Math.floor(lastTime), octets);
      this.fresh.add(zone, lastId, seq + i, summary);
      if (i % BREATH_ROWS === BREATH_ROWS - 1) breathe();
    }
    this.fresh.settle();
  }

  /** Sees to it that ids below `nextId`, and many more, are known to be taken. */
  private reserve(nextId: number): void {
    if (nextId < this.reserved) return;
    this.updateReserved.run(nextId + RESERVE);
    this.reserved = nextId + RESERVE;
  }

  /** Free pages are soon written again while queries keep coming; what is much more than that goes back to the file system. */
  private giveBack(): void {
    if (this.countFree.get()! > this.countPages.get()! / FREE_SHARE) this.db.pragma(`log.incremental_vacuum(${VACUUM_STEP})`);
  }

  /**
   * Deletes the oldest batches while the log fills more than `maxBytes` octets or their last query came before `oldest`
   * (milliseconds since 1970), one step of them, and gives space back to the file system. Returns whether there is more to do.
   */
  prune(maxBytes: number, oldest: number): boolean {
    const rows = this.deleteOld(maxBytes, oldest);
    this.stale += rows;
    const isSwept = this.stale < MAX_STALE || this.deleteStale();
    this.giveBack();
    return rows === PRUNE_STEP || !isSwept;
  }

  /** Returns how many batches it deleted. */
  private deleteAllOld(maxBytes: number, oldest: number): number {
    let rows = 0;
    for (let more = true; more && rows < PRUNE_STEP; breathe()) {
      const found = this.selectOldest.all();
      const kept = this.byteLength > maxBytes ? -1 : found.findIndex(({ last_time: lastTime }) => lastTime >= oldest);
      const old = kept === -1 ? found : found.slice(0, kept);
      if (old.length > 0) this.deleteUntil.run(old.at(-1)!.seq);
      rows += old.length;
      more = old.length === PRUNE_ROWS;
    }
    return rows;
  }

  /**
   * Takes away the entries of some zones whose batches are gone. Returns whether this was the last of them.
   *
   * Of one zone they are together, and few pages hold them. To delete them with their batches, which are those of all zones in turn,
   * would write a page for each.
   */
  private sweep(): boolean {
    // Batches of a run have numbers and last ids from the same range on, so all entries of older runs are below both.
    const seq = this.selectOldestSeq.get() ?? this.next;
    for (let i = 0; i < SWEEP_ZONES; i++) {
      const zone = this.selectZoneAfter.get(this.swept) ?? null;
      if (zone === null) {
        this.stale = 0;
        this.swept = 0;
        return true;
      }
      this.deleteEntries.run({ zone, seq });
      this.swept = zone;
      breathe();
    }
    return false;
  }
}
