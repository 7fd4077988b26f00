import type { LoggedQuery } from '../querylog/event.ts';
import type { QueryLog } from './deps.ts';

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

/** The source of a query when it came. A member that is not there takes all. */
export interface SourceFilter {
  readonly asn?: number;
  readonly country?: string;
}

/** The newest queries of a range, newest first; fewer than `limit` when they are large. */
export function readPage(log: QueryLog, zone: number, { before, limit }: PageRange): LogPage {
  const found = log.page(zone, before, limit + 1);
  const queries = takePage(found.slice(0, limit));
  return { queries, more: queries.length < found.length };
}

/** The same of those queries that pass the filter. Stops after MAX_EXAMINED, and then says where to go on. */
export function readFiltered(log: QueryLog, zone: number, range: PageRange, filter: SourceFilter): LogPage {
  const { asn, country } = filter;
  const passes = (query: LoggedQuery) =>
    (asn === undefined || query.asn === asn) && (country === undefined || query.country === country);
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

/** The newest queries above id `after`, oldest first. */
export function readMissed(log: QueryLog, zone: number, after: number): LogPage {
  const found = log.after(zone, after, MAX_PAGE);
  const queries = takePage(found.queries.toReversed()).toReversed();
  return { queries, more: found.more || queries.length < found.queries.length };
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
