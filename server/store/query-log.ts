import { FRAME, pad, readFrame, type LoggedQuery } from '../querylog/event.ts';
import { mayHold, type Sought } from '../querylog/summary.ts';
import type { Database } from './database.ts';

/** Batches whose summaries one search looks at: a few milliseconds. */
const MAX_LOOKED = 5000;

interface BatchRow {
  readonly frames: Uint8Array;
}

/** What reads batches with their frames. Entries whose batch is gone already lead to none. */
const BATCHES = 'SELECT frames FROM log.zone_batches CROSS JOIN log.query_batches USING (seq)';
/** Those that were not cleared. */
const THERE = 'zone_batches.last_id > coalesce((SELECT until FROM log.cleared WHERE zone_id = @zone), 0)';
/** Down from the batch that query `below` lies in, or the one above it: batches of a zone do not overlap. */
const DOWN = `WHERE zone_batches.zone_id = @zone AND ${THERE} AND zone_batches.last_id <= coalesce(
    (SELECT min(last_id) FROM log.zone_batches WHERE zone_id = @zone AND last_id >= @below), @below)
  ORDER BY zone_batches.last_id DESC`;

/** The query log as it is read, while another thread writes to it. All reading is of one zone: nobody sees another's queries. */
export class QueryLog {
  private readonly selectBefore;
  private readonly selectAfter;
  private readonly selectSummaries;
  private readonly selectBatch;
  private readonly noteCleared;
  private readonly onCleared: () => void;

  /** The log must be attached, see `attachLog`. `onCleared` is told that there is something to take out of the file. */
  constructor(db: Database, onCleared: () => void = () => {}) {
    this.onCleared = onCleared;
    this.selectBefore = db.prepare<[{ zone: number; below: number }], BatchRow>(`${BATCHES} ${DOWN}`);
    this.selectSummaries = db.prepare<[{ zone: number; below: number }], { seq: number; last_id: number; summary: Uint8Array }>(
      `SELECT seq, last_id, summary FROM log.zone_batches ${DOWN}`,
    );
    this.selectBatch = db.prepare<[number], BatchRow>('SELECT frames FROM log.query_batches WHERE seq = ?');
    this.selectAfter = db.prepare<[{ zone: number; after: number }], BatchRow>(
      `${BATCHES} WHERE zone_batches.zone_id = @zone AND ${THERE} AND zone_batches.last_id > @after
       ORDER BY zone_batches.last_id DESC`,
    );
    this.noteCleared = db.prepare<[number]>(
      `INSERT INTO log.cleared SELECT zone_id, max(last_id) FROM log.zone_batches WHERE zone_id = ? GROUP BY zone_id
       ON CONFLICT DO UPDATE SET until = excluded.until`,
    );
  }

  /** The newest `limit` queries of a zone whose id is below `before`, newest first. */
  page(zone: number, before: number | undefined, limit: number): LoggedQuery[] {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    return collect(this.selectBefore.iterate({ zone, below }), limit, (id) => id < below);
  }

  /**
   * Queries of a zone whose id is below `before`, newest first: all of the batches that may hold what is sought, until there are `limit`
   * or many batches were looked at. `next` is where to go on, when there is more.
   */
  search(zone: number, before: number | undefined, sought: Sought, limit: number): { queries: LoggedQuery[]; next?: number } {
    const below = before ?? Number.MAX_SAFE_INTEGER;
    const queries: LoggedQuery[] = [];
    let looked = 0;
    for (const { seq, last_id: lastId, summary } of this.selectSummaries.iterate({ zone, below })) {
      if (queries.length >= limit || looked++ === MAX_LOOKED) return { queries, next: lastId + 1 };
      if (!mayHold(summary, sought)) continue;
      const batch = this.selectBatch.get(seq);
      // It is gone, and so are all that are older.
      if (batch === undefined) break;
      const { frames } = batch;
      for (const at of placesOf(frames, (id) => id < below).reverse()) queries.push(readFrame(frames, at));
    }
    return { queries };
  }

  /** The newest `limit` queries of a zone after `id`, oldest first, and whether there were more. */
  after(zone: number, id: number, limit: number): { queries: LoggedQuery[]; more: boolean } {
    const queries = collect(this.selectAfter.iterate({ zone, after: id }), limit + 1, (other) => other > id);
    return { queries: queries.slice(0, limit).reverse(), more: queries.length > limit };
  }

  find(zone: number, id: number): LoggedQuery | undefined {
    return this.page(zone, id + 1, 1).find((query) => query.id === id);
  }

  /** Forgets all queries of a zone: from now on nobody sees them. */
  clear(zone: number): void {
    if (this.noteCleared.run(zone).changes > 0) this.onCleared();
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
