import type { LoggedQuery } from '../querylog/event.ts';
import type { QueryLog } from './deps.ts';

/** Queries in one reply or message. */
export const MAX_PAGE = 500;
/** Octets of queries and responses in one reply: as JSON they take several times that, and large answers come in crowds. */
const MAX_PAGE_OCTETS = 1024 * 1024;

/** A part of the log, and whether there is more of it than was taken. */
export interface LogPage {
  readonly queries: LoggedQuery[];
  readonly more: boolean;
}

/** The newest queries below id `before`, newest first; fewer than `limit` when they are large. */
export function readPage(log: QueryLog, zone: number, before: number | undefined, limit: number): LogPage {
  const found = log.page(zone, before, limit + 1);
  const queries = takePage(found.slice(0, limit));
  return { queries, more: queries.length < found.length };
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
