import { breathe } from '../querylog/breath.ts';
import { FRAME, pad, readFrame, type LoggedQuery } from '../querylog/event.ts';
import type { Batch } from '../querylog/gatherer.ts';
import type { Database } from './database.ts';

/** Rows written without a breath, and in one transaction, whose end leaves no room for one. */
const BREATH_ROWS = 4;
const TRANSACTION_ROWS = 64;
/** Rows deleted in one step, so that a step takes no longer than answering can wait. */
const PRUNE_STEP = 64;
/** Ids that are taken at a time in the file that is never lost. */
const RESERVE = 1 << 20;
/** Of all pages, the part that may be free. */
const FREE_SHARE = 8;
/** Pages that one step gives back to the file system at most. */
const VACUUM_STEP = 256;

interface BatchRow {
  readonly frames: Uint8Array;
}

/** The query log on disk. All reading is of one zone: nobody sees another's queries. */
export class QueryLog {
  private readonly db: Database;
  private readonly insert;
  private readonly insertBatch;
  private readonly updateNextId;
  private readonly updateReserved;
  private readonly zoneExists;
  private readonly selectBefore;
  private readonly selectAfter;
  private readonly selectOldest;
  private readonly deleteOldest;
  private readonly selectNewest;
  private readonly deleteNewest;
  private readonly deleteZone;
  private readonly sumSizes;
  private size: number;
  private next: number;
  /** The newest row before a call of `append` that failed. */
  private keptUntil: number | null = null;
  /** No id from here on was ever given: a log that has to begin anew begins here. */
  private reserved: number;

  /** The log must be attached, see `attachLog`. */
  constructor(db: Database) {
    this.db = db;
    this.insert = db.transaction((batches: readonly Batch[], nextId: number) => this.insertAll(batches, nextId));
    this.insertBatch = db.prepare<[number, number, number, number, Uint8Array]>(
      'INSERT INTO log.query_batches (zone_id, first_id, last_id, last_time, frames) VALUES (?, ?, ?, ?, ?)',
    );
    this.updateNextId = db.prepare<[number]>(
      'INSERT INTO log.state (only, next_id) VALUES (1, ?) ON CONFLICT DO UPDATE SET next_id = excluded.next_id',
    );
    this.zoneExists = db.prepare<[number], number>('SELECT 1 FROM main.zones WHERE id = ?').pluck();
    this.selectBefore = db.prepare<[number, number], BatchRow>(
      'SELECT frames FROM log.query_batches WHERE zone_id = ? AND first_id < ? ORDER BY last_id DESC',
    );
    this.selectAfter = db.prepare<[number, number], BatchRow>(
      'SELECT frames FROM log.query_batches WHERE zone_id = ? AND last_id > ? ORDER BY last_id DESC',
    );
    this.selectOldest = db.prepare<[], { seq: number; last_time: number; size: number }>(
      `SELECT seq, last_time, length(frames) AS size FROM log.query_batches ORDER BY seq LIMIT ${PRUNE_STEP}`,
    );
    this.deleteOldest = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq <= ?');
    this.selectNewest = db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM log.query_batches').pluck();
    this.deleteNewest = db.prepare<[number]>('DELETE FROM log.query_batches WHERE seq > ?');
    this.deleteZone = db.prepare<[number]>('DELETE FROM log.query_batches WHERE zone_id = ?');
    this.sumSizes = db.prepare<[], number>('SELECT coalesce(sum(length(frames)), 0) FROM log.query_batches').pluck();
    this.size = this.sumSizes.get()!;
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

  /** Octets of all frames kept. */
  get byteLength(): number {
    return this.size;
  }

  /**
   * Keeps all batches, or throws. What it kept until it threw is taken back by the next call, which is to bring the same queries
   * again.
   */
  append(batches: readonly Batch[], nextId: number): void {
    this.reserve(nextId);
    if (this.keptUntil !== null) {
      this.deleteNewest.run(this.keptUntil);
      this.size = this.sumSizes.get()!;
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
    for (const [i, { zone, firstId, lastId, lastTime, octets }] of batches.entries()) {
      // A zone may have been deleted while its last queries were on their way: they go with it.
      if (this.zoneExists.get(zone) === undefined) continue;
      this.insertBatch.run(zone, firstId, lastId, Math.floor(lastTime), octets);
      size += octets.length;
      if (i % BREATH_ROWS === BREATH_ROWS - 1) breathe();
    }
    this.updateNextId.run(nextId);
    return size;
  }

  /** Sees to it that ids below `nextId`, and many more, are known to be taken. */
  private reserve(nextId: number): void {
    if (nextId < this.reserved) return;
    this.updateReserved.run(nextId + RESERVE);
    this.reserved = nextId + RESERVE;
  }

  /** The newest `limit` queries of a zone whose id is below `before`, newest first. */
  page(zone: number, before: number | undefined, limit: number): LoggedQuery[] {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    return collect(this.selectBefore.iterate(zone, below), limit, (id) => id < below);
  }

  /** The newest `limit` queries of a zone after `id`, oldest first, and whether there were more. */
  after(zone: number, id: number, limit: number): { queries: LoggedQuery[]; more: boolean } {
    const queries = collect(this.selectAfter.iterate(zone, id), limit + 1, (other) => other > id);
    return { queries: queries.slice(0, limit).reverse(), more: queries.length > limit };
  }

  find(zone: number, id: number): LoggedQuery | undefined {
    return this.page(zone, id + 1, 1).find((query) => query.id === id);
  }

  /** Forgets all queries of a zone. */
  clear(zone: number): void {
    this.deleteZone.run(zone);
    this.size = this.sumSizes.get()!;
  }

  /** Free pages are soon written again while queries keep coming; what is much more than that goes back to the file system. */
  private giveBack(): void {
    const free = this.db.pragma('log.freelist_count', { simple: true }) as number;
    const all = this.db.pragma('log.page_count', { simple: true }) as number;
    if (free > all / FREE_SHARE) this.db.pragma(`log.incremental_vacuum(${VACUUM_STEP})`);
  }

  /**
   * Deletes the oldest batches while the log has more than `maxBytes` octets or their last query came before `oldest`
   * (milliseconds since 1970), one step of them, and gives space back to the file system. Returns whether there is more to do.
   */
  prune(maxBytes: number, oldest: number): boolean {
    const rows = this.selectOldest.all();
    let last = 0;
    for (const { seq, last_time: lastTime, size } of rows) {
      if (this.size <= maxBytes && lastTime >= oldest) break;
      this.size -= size;
      last = seq;
    }
    if (last > 0) this.deleteOldest.run(last);
    this.giveBack();
    return last > 0 && rows.length === PRUNE_STEP && rows.at(-1)!.seq === last;
  }
}

/** Reads batches from newest to oldest until `limit` queries are together. */
function collect(rows: Iterable<BatchRow>, limit: number, wanted: (id: number) => boolean): LoggedQuery[] {
  const queries: LoggedQuery[] = [];
  for (const { frames } of rows) {
    const places = placesOf(frames, wanted);
    while (places.length > 0 && queries.length < limit) queries.push(readFrame(frames, places.pop()!));
    if (queries.length >= limit) break;
  }
  return queries;
}

/** Where the wanted frames begin, oldest first. A flood makes batches of thousands, of which a page wants few. */
function placesOf(frames: Uint8Array, wanted: (id: number) => boolean): number[] {
  const view = new DataView(frames.buffer, frames.byteOffset, frames.length);
  const places: number[] = [];
  for (let at = 0; at < frames.length; at += pad(view.getUint32(at + FRAME.LENGTH))) {
    if (wanted(view.getFloat64(at + FRAME.ID))) places.push(at);
  }
  return places;
}
