import type { QueriesJson, QueryJson } from '../../server/http/protocol.ts';

/** Rows kept while the log runs. Older ones come back from the server, page by page. */
export const KEPT_ROWS = 2_000;

/** Rows that paging back may add up to, before the page says that it is full. */
export const PAGED_ROWS = 10_000;

/** Queries of a flood that lie in the log and were not sent: those between two ids. */
export interface Gap {
  readonly after: number;
  readonly before: number;
  readonly count: number;
}

/** Queries from the stream, oldest first, and how many lie in the log between what came before and these. */
export interface Arrival {
  readonly queries: readonly QueryJson[];
  readonly skipped: number;
}

/**
 * The rows that the page holds, newest first. Where the stream left some out there is a gap; nowhere else. While the view is
 * held (paused, or being read), what arrives waits in `waiting`, of which the newest are kept and all are counted.
 */
export interface LogWindow {
  readonly rows: readonly QueryJson[];
  /** The newest first. */
  readonly gaps: readonly Gap[];
  readonly waiting: readonly QueryJson[];
  readonly waitingCount: number;
  /** What waits does not follow on `rows`, because queries in between were missed. */
  readonly waitingReset: boolean;
  /** Highest id seen, whether it passed the filter or not: what a new connection asks to go on from. */
  readonly newest: number;
  /** The server has queries older than the last row. */
  readonly more: boolean;
  /** Where to go on reading older ones; undefined before anything was read. */
  readonly cursor: number | undefined;
}

export const EMPTY_WINDOW: LogWindow = {
  rows: [],
  gaps: [],
  waiting: [],
  waitingCount: 0,
  waitingReset: false,
  newest: 0,
  more: false,
  cursor: undefined,
};

/** What the page begins with, and begins anew with when the filter changes: what arrived meanwhile stays on top of it. */
export function firstPage(window: LogWindow, page: QueriesJson): LogWindow {
  const newest = page.queries[0]?.id ?? 0;
  const rows = [...window.rows.filter(({ id }) => id > newest), ...page.queries];
  return {
    ...window,
    rows,
    newest: Math.max(window.newest, newest),
    more: page.more,
    cursor: page.next ?? rows.at(-1)?.id,
  };
}

/** Takes what the stream brought. What was seen before is dropped, so that a reconnection repeats nothing. */
export function arrive(
  window: LogWindow,
  { queries, skipped }: Arrival,
  held: boolean,
  passes: (query: QueryJson) => boolean = () => true,
): LogWindow {
  const fresh = queries.filter((query) => query.id > window.newest);
  if (fresh.length === 0) return window;
  const gap: Gap = { after: window.newest, before: fresh[0]!.id, count: skipped };
  const gaps = skipped > 0 ? [gap, ...window.gaps] : window.gaps;
  const arrived = fresh.filter(passes).reverse();
  const newest = fresh.at(-1)!.id;
  if (held) {
    const waiting = arrived.length === 0 ? window.waiting : [...arrived, ...window.waiting].slice(0, KEPT_ROWS);
    return { ...window, gaps, waiting, waitingCount: window.waitingCount + arrived.length, newest };
  }
  return keepNewest({ ...window, gaps, rows: arrived.length === 0 ? window.rows : [...arrived, ...window.rows], newest });
}

/** The stream missed more than it sends: what was there no longer follows on what comes. */
export function reset(window: LogWindow, held: boolean): LogWindow {
  const empty = { ...EMPTY_WINDOW, newest: window.newest };
  const { rows, gaps, more, cursor } = window;
  return held ? { ...empty, rows, gaps, more, cursor, waitingReset: true } : { ...empty, more: true };
}

/** Shows what waited. */
export function release(window: LogWindow): LogWindow {
  if (window.waitingCount === 0 && !window.waitingReset) return window;
  const isBroken = window.waitingReset || window.waitingCount > window.waiting.length;
  const rows = isBroken ? window.waiting : [...window.waiting, ...window.rows];
  const { newest } = window;
  const cursor = isBroken ? rows.at(-1)?.id : window.cursor;
  const gaps = isBroken ? window.gaps.filter(({ before }) => before > (cursor ?? Infinity)) : window.gaps;
  return keepNewest({ ...EMPTY_WINDOW, rows, gaps, newest, more: isBroken || window.more, cursor });
}

/** Puts an older page behind the last row. */
export function addOlder(window: LogWindow, page: QueriesJson): LogWindow {
  const oldest = window.rows.at(-1)?.id ?? Infinity;
  const rows = [...window.rows, ...page.queries.filter((query) => query.id < oldest)];
  return { ...window, rows, more: page.more, cursor: page.next ?? rows.at(-1)?.id };
}

/** Puts what lies in a gap into it, as far as the page goes: a page below the gap's upper end. */
export function fillGap(window: LogWindow, gap: Gap, page: QueriesJson): LogWindow {
  const found = page.queries.filter(({ id }) => id > gap.after);
  const reached = page.next ?? page.queries.at(-1)?.id ?? 0;
  const isClosed = !page.more || reached <= gap.after + 1;
  // With a filter nobody knows how many are left; there is at least one.
  const rest: Gap = { ...gap, before: reached, count: Math.max(1, gap.count - found.length) };
  const gaps = window.gaps.flatMap((other) => (other !== gap ? other : isClosed ? [] : rest));
  const known = new Set(window.rows.map(({ id }) => id));
  const rows = [...window.rows, ...found.filter(({ id }) => !known.has(id))].sort((a, b) => b.id - a.id);
  return { ...window, rows, gaps };
}

/** The log was cleared. Ids go on, so the newest is remembered. */
export function clear(window: LogWindow): LogWindow {
  return { ...EMPTY_WINDOW, newest: window.newest };
}

/** Cuts the window to its size. What is cut off, gaps too, is read again when somebody goes there. */
function keepNewest(window: LogWindow): LogWindow {
  if (window.rows.length <= KEPT_ROWS) return { ...window, cursor: window.cursor ?? window.rows.at(-1)?.id };
  const rows = window.rows.slice(0, KEPT_ROWS);
  const last = rows.at(-1)!.id;
  return { ...window, rows, gaps: window.gaps.filter(({ before }) => before > last), more: true, cursor: last };
}
