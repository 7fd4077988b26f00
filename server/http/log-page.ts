import { setImmediate } from 'node:timers/promises';
import type { LoggedQuery } from '../querylog/event.ts';
import type { QueryLog } from './deps.ts';
import type { Passes } from './query-filter.ts';

/** Queries in one reply or message. */
export const MAX_PAGE = 500;
/** Octets of queries and responses in one reply: as JSON they take several times that, and large answers come in crowds. */
const MAX_PAGE_OCTETS = 1024 * 1024;

/** Queries that are looked at for one filtered reply: a few milliseconds, in which no query is answered. */
const MAX_EXAMINED = 4 * MAX_PAGE;

/** A part of the log, and whether there is more of it than was taken. */
export interface LogPage {
  readonly queries: LoggedQuery[];
  readonly more: boolean;
  /** Where to go on, when that is not the last of the queries. */
  readonly next?: number;
}

/** What is asked for: the newest `limit` below id `before`. */
export interface PageRange {
  readonly before: number | undefined;
  readonly limit: number;
}

/** The newest queries of a range, newest first; fewer than `limit` when they are large. */
export function readPage(log: QueryLog, zone: number, { before, limit }: PageRange): LogPage {
  const found = log.page(zone, before, limit + 1);
  const queries = takePage(found.slice(0, limit));
  return { queries, more: queries.length < found.length };
}

/** The same of those queries that are wanted. Stops after MAX_EXAMINED, and then says where to go on. */
export function readFiltered(log: QueryLog, zone: number, range: PageRange, passes: Passes): LogPage {
  const found: LoggedQuery[] = [];
  let next = range.before;
  let isEnd = false;
  for (let examined = 0; !isEnd && examined < MAX_EXAMINED && found.length <= range.limit; examined += MAX_PAGE) {
    const rows = log.page(zone, next, MAX_PAGE);
    found.push(...rows.filter(passes));
    next = rows.at(-1)?.id;
    isEnd = rows.length < MAX_PAGE;
  }
  const queries = takePage(found.slice(0, range.limit));
  if (queries.length < found.length) return { queries, more: true };
  return isEnd || next === undefined ? { queries, more: false } : { queries, more: true, next };
}

/** The newest `limit` queries above id `after`, oldest first; fewer when they are large. */
export function readMissed(log: QueryLog, zone: number, after: number, limit: number): LogPage {
  const found = log.after(zone, after, limit);
  const queries = takePage(found.queries.toReversed()).toReversed();
  return { queries, more: found.more || queries.length < found.queries.length };
}

/** All wanted queries there are when it begins, newest first, a part at a time; other work goes on in between. */
export async function* readAll(log: QueryLog, zone: number, passes: Passes): AsyncGenerator<LoggedQuery[]> {
  let before: number | undefined;
  for (;;) {
    const rows = log.page(zone, before, MAX_PAGE);
    yield rows.filter(passes);
    if (rows.length < MAX_PAGE) return;
    before = rows.at(-1)!.id;
    await setImmediate();
  }
}

/**
 * The same, oldest first. The log is walked twice, the first time only to note where each part ends: one number for
 * MAX_PAGE queries is all that is kept.
 */
export async function* readAllForward(log: QueryLog, zone: number, passes: Passes): AsyncGenerator<LoggedQuery[]> {
  const ends: (number | undefined)[] = [undefined];
  for (let rows = log.page(zone, undefined, MAX_PAGE); rows.length === MAX_PAGE; rows = log.page(zone, ends.at(-1), MAX_PAGE)) {
    ends.push(rows.at(-1)!.id);
    // What arrives meanwhile is not among them.
    ends[0] ??= rows[0]!.id + 1;
    await setImmediate();
  }
  for (const end of ends.reverse()) {
    yield log.page(zone, end, MAX_PAGE).filter(passes).reverse();
    await setImmediate();
  }
}

/** As many from the front as fit, the first one always. */
function takePage(queries: LoggedQuery[]): LoggedQuery[] {
  let size = 0;
  const tooMany = queries.findIndex(({ query, response }, i) => {
    size += query.length + response.length;
    return i > 0 && size > MAX_PAGE_OCTETS;
  });
  return tooMany === -1 ? queries : queries.slice(0, tooMany);
}
