import { FRAME, pad, readFrame, type LoggedQuery } from '../querylog/event.ts';
import { mayHold, type Sought } from '../querylog/summary.ts';
import type { Database } from './database.ts';

/** Batches whose summaries one search looks at: a few milliseconds. */
const MAX_LOOKED = 5000;

interface BatchRow {
  readonly frames: Uint8Array;
}

/** Where entries of zones stand, those that came last in front. */
const PLACES = ['fresh_batches', 'zone_batches'] as const;
type Place = (typeof PLACES)[number];
/** What an entry leads to. Those whose batch is gone already lead to none. */
const FRAMES = (place: Place) => `frames FROM log.${place} AS entry CROSS JOIN log.query_batches USING (seq)`;
const SUMMARY = (place: Place) => `seq, summary FROM log.${place} AS entry`;
/** From the batch that query `below` lies in, or the one above it: batches of a zone do not overlap. */
const FROM_BELOW = (place: Place) => `entry.last_id <= coalesce(
  (SELECT min(last_id) FROM log.${place} WHERE zone_id = @zone AND last_id >= @below), @below)`;

/** Entries of a zone, newest first, but for batches that were cleared. */
function newestFirst(columns: (place: Place) => string, bound: (place: Place) => string): string {
  const from = (place: Place) => `SELECT entry.last_id AS last_id, ${columns(place)}
    WHERE entry.zone_id = @zone AND ${bound(place)}
      AND entry.last_id > coalesce((SELECT until FROM log.cleared WHERE zone_id = @zone), 0)`;
  return `${PLACES.map(from).join(' UNION ALL ')} ORDER BY last_id DESC`;
}

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
    this.selectBefore = db.prepare<[{ zone: number; below: number }], BatchRow>(newestFirst(FRAMES, FROM_BELOW));
    this.selectSummaries = db.prepare<[{ zone: number; below: number }], { seq: number; last_id: number; summary: Uint8Array }>(
      newestFirst(SUMMARY, FROM_BELOW),
    );
    this.selectBatch = db.prepare<[number], BatchRow>('SELECT frames FROM log.query_batches WHERE seq = ?');
    this.selectAfter = db.prepare<[{ zone: number; after: number }], BatchRow>(
      newestFirst(FRAMES, () => 'entry.last_id > @after'),
    );
    const lastOf = (place: Place) => `(SELECT max(last_id) FROM log.${place} WHERE zone_id = @zone)`;
    this.noteCleared = db.prepare<[{ zone: number }]>(
      `INSERT INTO log.cleared SELECT @zone, last FROM (SELECT coalesce(${PLACES.map(lastOf).join(', ')}) AS last)
       WHERE last IS NOT NULL ON CONFLICT DO UPDATE SET until = excluded.until`,
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
    if (this.noteCleared.run({ zone }).changes > 0) this.onCleared();
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
