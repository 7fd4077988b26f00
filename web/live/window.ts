import type { QueriesJson, QueryJson } from '../../server/http/protocol.ts';

/** Rows kept while the log runs. Older ones come back from the server, page by page. */
export const KEPT_ROWS = 2_000;

/** Rows that paging back may add up to, before the page says that it is full. */
export const PAGED_ROWS = 10_000;

/**
 * The rows that the page holds, newest first and without a gap. While the view is held (paused, or being read), what arrives
 * waits in `waiting`, of which the newest are kept and all are counted.
 */
export interface LogWindow {
  readonly rows: readonly QueryJson[];
  readonly waiting: readonly QueryJson[];
  readonly waitingCount: number;
  /** What waits does not follow on `rows`, because queries in between were missed. */
  readonly waitingReset: boolean;
  /** Highest id seen, shown or waiting: what a new connection asks to go on from. */
  readonly newest: number;
  /** The server has queries older than the last row. */
  readonly more: boolean;
}

export const EMPTY_WINDOW: LogWindow = {
  rows: [],
  waiting: [],
  waitingCount: 0,
  waitingReset: false,
  newest: 0,
  more: false,
};

/** What the page begins with. */
export function firstPage(page: QueriesJson): LogWindow {
  return { ...EMPTY_WINDOW, rows: page.queries, newest: page.queries[0]?.id ?? 0, more: page.more };
}

/** Queries from the stream, oldest first. Those seen before are dropped, so that a reconnection repeats nothing. */
export function arrive(window: LogWindow, batch: readonly QueryJson[], held: boolean): LogWindow {
  const fresh = batch.filter((query) => query.id > window.newest);
  if (fresh.length === 0) return window;
  const arrived = fresh.toReversed();
  const newest = arrived[0]!.id;
  if (held) {
    const waiting = [...arrived, ...window.waiting].slice(0, KEPT_ROWS);
    return { ...window, waiting, waitingCount: window.waitingCount + arrived.length, newest };
  }
  return keepNewest({ ...window, rows: [...arrived, ...window.rows], newest });
}

/** The stream missed more than it sends: what was there no longer follows on what comes. */
export function reset(window: LogWindow, held: boolean): LogWindow {
  const empty = { ...EMPTY_WINDOW, newest: window.newest };
  return held ? { ...empty, rows: window.rows, more: window.more, waitingReset: true } : { ...empty, more: true };
}

/** Shows what waited. */
export function release(window: LogWindow): LogWindow {
  if (window.waitingCount === 0 && !window.waitingReset) return window;
  const gap = window.waitingReset || window.waitingCount > window.waiting.length;
  const rows = gap ? window.waiting : [...window.waiting, ...window.rows];
  return keepNewest({ ...EMPTY_WINDOW, rows, newest: window.newest, more: gap || window.more });
}

/** Puts an older page behind the last row. */
export function addOlder(window: LogWindow, page: QueriesJson): LogWindow {
  const oldest = window.rows.at(-1)?.id ?? Infinity;
  const older = page.queries.filter((query) => query.id < oldest);
  return { ...window, rows: [...window.rows, ...older], more: page.more };
}

/** The log was cleared. Ids go on, so the newest is remembered. */
export function clear(window: LogWindow): LogWindow {
  return { ...EMPTY_WINDOW, newest: window.newest };
}

function keepNewest(window: LogWindow): LogWindow {
  if (window.rows.length <= KEPT_ROWS) return window;
  return { ...window, rows: window.rows.slice(0, KEPT_ROWS), more: true };
}
