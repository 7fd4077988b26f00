import type { Database, Statement } from 'better-sqlite3';
import { readFrames, type LoggedQuery } from '../querylog/event.ts';
import type { Batch } from '../querylog/pump.ts';

/** Rows deleted in one step, so that a step takes no longer than answering can wait. */
const PRUNE_STEP = 64;
/** Pages that one step of giving space back to the disk may move. */
const VACUUM_STEP = 256;

interface BatchRow {
  frames: Uint8Array;
}

/** The query log on disk. All reads are of one zone: nobody sees another's queries. */
export class QueryLog {
  private readonly db: Database;
  private readonly insert: Statement;
  private readonly setNextId: Statement<[number]>;
  private readonly before: Statement<[number, number], BatchRow>;
  private readonly fromNewest: Statement<[number, number], BatchRow>;
  /** Octets of all frames kept. */
  private size: number;
  private next: number;
  readonly append: (batches: readonly Batch[], nextId: number) => void;

  constructor(db: Database) {
    this.db = db;
    this.insert = db.prepare(
      'insert into query_batches (zone_id, first_id, last_id, last_time, frames) values (?, ?, ?, ?, ?)',
    );
    this.setNextId = db.prepare('update query_log_state set next_id = ?');
    this.before = db.prepare('select frames from query_batches where zone_id = ? and first_id < ? order by last_id desc');
    this.fromNewest = db.prepare('select frames from query_batches where zone_id = ? and last_id > ? order by last_id desc');
    this.size = db.prepare<[], number>('select coalesce(sum(length(frames)), 0) from query_batches').pluck().get()!;
    this.next = db.prepare<[], number>('select next_id from query_log_state').pluck().get()!;
    const exists = db.prepare<[number], number>('select 1 from zones where id = ?').pluck();
    const write = db.transaction((batches: readonly Batch[], nextId: number) => {
      let size = 0;
      for (const { zone, firstId, lastId, lastTime, octets } of batches) {
        // A zone may have been deleted while its last queries were on their way.
        if (exists.get(zone) === undefined) continue;
        this.insert.run(zone, firstId, lastId, Math.floor(lastTime), octets);
        size += octets.length;
      }
      this.setNextId.run(nextId);
      return size;
    });
    this.append = (batches, nextId) => {
      this.size += write(batches, nextId);
      this.next = nextId;
    };
  }

  get nextId(): number {
    return this.next;
  }

  get byteLength(): number {
    return this.size;
  }

  /** The newest `limit` queries of a zone whose id is below `before`, newest first. */
  page(zone: number, before: number | undefined, limit: number): LoggedQuery[] {
    return collect(
      this.before.iterate(zone, before ?? Number.MAX_SAFE_INTEGER),
      limit,
      (id) => before === undefined || id < before,
    );
  }

  /** The newest `limit` queries of a zone after `id`, oldest first, and whether there were more. */
  after(zone: number, id: number, limit: number): { queries: LoggedQuery[]; more: boolean } {
    const queries = collect(this.fromNewest.iterate(zone, id), limit + 1, (other) => other > id);
    return { queries: queries.slice(0, limit).reverse(), more: queries.length > limit };
  }

  find(zone: number, id: number): LoggedQuery | undefined {
    return this.page(zone, id + 1, 1).find((query) => query.id === id);
  }

  newestId(zone: number): number {
    return this.page(zone, undefined, 1)[0]?.id ?? 0;
  }

  clear(zone: number): void {
    this.db.prepare('delete from query_batches where zone_id = ?').run(zone);
    this.size = this.db.prepare<[], number>('select coalesce(sum(length(frames)), 0) from query_batches').pluck().get()!;
  }

  /**
   * Deletes the oldest batches while the log has more than `maxBytes` octets or they are older than `oldest`, one step of them
   * at a time, and gives the space back. Returns whether there is more to do.
   */
  prune(maxBytes: number, oldest: number): boolean {
    const rows = this.db
      .prepare<[], { seq: number; last_time: number; size: number }>(
        `select seq, last_time, length(frames) as size from query_batches order by seq limit ${PRUNE_STEP}`,
      )
      .all();
    let last = 0;
    let excess = this.size - maxBytes;
    for (const row of rows) {
      if (excess <= 0 && row.last_time >= oldest) break;
      excess -= row.size;
      this.size -= row.size;
      last = row.seq;
    }
    if (last > 0) this.db.prepare('delete from query_batches where seq <= ?').run(last);
    this.db.pragma(`incremental_vacuum(${VACUUM_STEP})`);
    return last > 0 && rows.at(-1)!.seq === last;
  }
}

/** Reads batches from newest to oldest until `limit` queries are together. */
function collect(rows: Iterable<BatchRow>, limit: number, wanted: (id: number) => boolean): LoggedQuery[] {
  const queries: LoggedQuery[] = [];
  for (const { frames } of rows) {
    const batch = readFrames(frames);
    for (let i = batch.length - 1; i >= 0 && queries.length < limit; i--) if (wanted(batch[i]!.id)) queries.push(batch[i]!);
    if (queries.length >= limit) break;
  }
  return queries;
}
