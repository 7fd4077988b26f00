import { setImmediate } from 'node:timers/promises';
import type { LoggedQuery } from '../querylog/event.ts';
import type { QueryLog } from './deps.ts';
import type { Filter } from './query-filter.ts';

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
export function readFiltered(log: QueryLog, zone: number, range: PageRange, { passes, sought }: Filter): LogPage {
  const found: LoggedQuery[] = [];
  let next = range.before;
  let isEnd = false;
  for (let examined = 0; !isEnd && examined < MAX_EXAMINED && found.length <= range.limit; examined += MAX_PAGE) {
    const part = log.search(zone, next, sought, MAX_PAGE);
    found.push(...part.queries.filter(passes));
    next = part.next;
    isEnd = next === undefined;
  }
  const queries = takePage(found.slice(0, range.limit));
  if (queries.length < found.length) return { queries, more: true };
  return next === undefined ? { queries, more: false } : { queries, more: true, next };
}

/** The newest `limit` queries above id `after`, oldest first; fewer when they are large. */
export function readMissed(log: QueryLog, zone: number, after: number, limit: number): LogPage {
  const found = log.after(zone, after, limit);
  const queries = takePage(found.queries.toReversed()).toReversed();
  return { queries, more: found.more || queries.length < found.queries.length };
}

/** All wanted queries there are when it begins, newest first, a part at a time; other work goes on in between. */
export async function* readAll(log: QueryLog, zone: number, { passes, sought }: Filter): AsyncGenerator<LoggedQuery[]> {
  let before: number | undefined;
  do {
    const { queries, next } = log.search(zone, before, sought, MAX_PAGE);
    yield queries.filter(passes);
    before = next;
    await setImmediate();
  } while (before !== undefined);
}

/**
 * The same, oldest first. The log is walked twice, the first time only to note where each part begins: one number for
 * MAX_PAGE queries is all that is kept.
 */
export async function* readAllForward(log: QueryLog, zone: number, { passes, sought }: Filter): AsyncGenerator<LoggedQuery[]> {
  const [newest] = log.page(zone, undefined, 1);
  if (newest === undefined) return;
  // What arrives meanwhile is not among them.
  const starts = [newest.id + 1];
  for (let { next } = log.search(zone, starts[0], sought, MAX_PAGE); next !== undefined;) {
    starts.push(next);
    await setImmediate();
    ({ next } = log.search(zone, next, sought, MAX_PAGE));
  }
  for (const start of starts.reverse()) {
    yield log.search(zone, start, sought, MAX_PAGE).queries.filter(passes).reverse();
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
