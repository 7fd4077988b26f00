import { breathe } from '../querylog/breath.ts';
import type { Batch } from '../querylog/gatherer.ts';
import type { Database } from './database.ts';
import { FreshEntries } from './fresh-entries.ts';
import { LogRetention } from './log-retention.ts';
import { ZoneShares } from './zone-shares.ts';

/** Rows written without a breath, and in one transaction, whose end leaves no room for one. */
const BREATH_ROWS = 4;
const TRANSACTION_ROWS = 64;
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
  /** Who holds how much of it. */
  readonly shares: ZoneShares;
  private readonly retention: LogRetention;
  private readonly db: Database;
  private readonly insert;
  private readonly insertBatch;
  private readonly updateNextId;
  private readonly updateReserved;
  private readonly zoneExists;
  private readonly deleteSince;
  private readonly countPages;
  private readonly countFree;
  private readonly pageSize: number;
  private next: number;
  /** The last call of `append` failed, and part of what it was to keep may be there. */
  private failed = false;
  /** What the last call of `append` kept. */
  private came: { zone: number; octets: number }[] = [];
  /** No id from here on was ever given: a log that has to begin anew begins here. */
  private reserved: number;

  /** The log must be attached, see `attachLog`. `maxFresh` entries may be away from their places. */
  constructor(db: Database, maxFresh?: number) {
    this.db = db;
    this.fresh = new FreshEntries(db, maxFresh);
    this.shares = new ZoneShares(db);
    this.retention = new LogRetention(db, this.shares, () => this.byteLength);
    this.insert = db.transaction((batches: readonly Batch[], seq: number, nextId: number) =>
      this.insertAll(batches, seq, nextId),
    );
    this.insertBatch = db.prepare<[number, number, number, number, Uint8Array]>(
      'INSERT INTO log.query_batches (seq, zone_id, last_id, last_time, frames) VALUES (?, ?, ?, ?, ?)',
    );
    this.updateNextId = db.prepare<[number]>(
      'INSERT INTO log.state (only, next_id) VALUES (1, ?) ON CONFLICT DO UPDATE SET next_id = excluded.next_id',
    );
    this.zoneExists = db.prepare<[number], number>('SELECT 1 FROM main.zones WHERE id = ?').pluck();
    const deleteBatchesSince = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq >= ?');
    const deleteEntriesSince = db.prepare<[number]>('DELETE FROM log.zone_batches WHERE seq >= ?');
    this.deleteSince = db.transaction((seq: number) => {
      deleteBatchesSince.run(seq);
      deleteEntriesSince.run(seq);
      this.fresh.takeBack(seq);
    });
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
    this.came = [];
    for (let start = 0; start < batches.length; start += TRANSACTION_ROWS) {
      this.insert(batches.slice(start, start + TRANSACTION_ROWS), this.next + start, nextId);
      breathe();
    }
    this.failed = false;
    this.shares.came(this.came, this.next, nextId);
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
      this.came.push({ zone, octets: ZoneShares.sizeOf(octets.length) });
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
   * Deletes what came before `oldest` (milliseconds since 1970), and while the log fills more than `maxBytes` octets the oldest of the
   * zones that hold too much of it: one step, which gives space back to the file system. Returns whether there is more to do.
   */
  prune(maxBytes: number, oldest: number): boolean {
    const more = this.retention.step(maxBytes, oldest, this.next);
    this.giveBack();
    return more;
  }
}
