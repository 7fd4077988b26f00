import type { LiveMessage, QueriesJson, QueryJson } from '../../server/http/protocol.ts';
import { errorText, type Api } from '../api.ts';
import { Connection, type ConnectionState, type Socket } from './connection.ts';
import { filterFromQuery, filterToQuery, passes, type Filter } from './filter.ts';
import { createFlush, pageClock } from './flush.ts';
import {
  EMPTY_WINDOW,
  KEPT_ROWS,
  PAGED_ROWS,
  addOlder,
  arrive,
  clear,
  fillGap,
  firstPage,
  release,
  reset,
  type Arrival,
  type Gap,
  type LogWindow,
} from './window.ts';

const PAGE_ROWS = 100;
/** As many as the server gives at once. */
const GAP_ROWS = 500;

export interface LogEvents {
  onRecords: (serial: number) => void;
  /** Connected again: what else the stream would have told was missed. */
  onReopened: () => void;
  onEnded: () => void;
  /** The stream could not be opened: look whether the session still stands. */
  onRefused: () => void;
}

/** The live log as the page sees it: the window of rows, what holds it, and the connection that fills it. */
export class LiveLog {
  window = $state.raw<LogWindow>(EMPTY_WINDOW);
  /** What the rows are narrowed to; the address of the page says the same. */
  filter = $state.raw<Filter>([]);
  state = $state<ConnectionState>('starting');
  loaded = $state(false);
  loadingOlder = $state(false);
  error = $state('');
  dropped = $state(0);
  /** The reader pressed pause. */
  paused = $state(false);
  /** The reader has scrolled down, or has a query open: rows must not move under them. */
  reading = $state(false);
  held = $derived(this.paused || this.reading);
  full = $derived(this.window.rows.length >= PAGED_ROWS);
  /** Queries since the last announcement, and the last of them. */
  unannounced = 0;
  latest: QueryJson | null = null;

  readonly api: Api;
  readonly #events: LogEvents;
  readonly #connection: Connection;
  readonly #flush = createFlush(() => this.#draw(), pageClock);
  readonly #listeners = new Set<(queries: readonly QueryJson[]) => void>();
  #incoming: Arrival[] = [];
  #incomingCount = 0;
  #stopped = false;
  #opened = false;
  /** Goes up when rows are thrown away, so that a page asked for before is not put behind them. */
  #generation = 0;

  constructor(api: Api, events: LogEvents) {
    this.api = api;
    this.#events = events;
    this.filter = filterFromQuery(location.search);
    this.#connection = new Connection({
      open: () => new WebSocket(liveUrl(document.baseURI, this.#newest())) as Socket,
      onMessage: (message) => this.#receive(message),
      onState: (state) => this.#follow(state),
      onEnded: events.onEnded,
      onRefused: events.onRefused,
      random: Math.random,
    });
  }

  /** Reads the newest page, then follows. When the page cannot be read, the stream alone brings everything. */
  async start(): Promise<void> {
    const page = await this.#page({ limit: PAGE_ROWS }).catch(() => null);
    if (this.#stopped) return;
    if (page) this.window = firstPage(this.window, page);
    this.loaded = true;
    this.#connection.start();
  }

  stop(): void {
    this.#stopped = true;
    this.#connection.stop();
  }

  /** Hears all queries that arrive, whatever is shown of them. Gives what ends that. */
  listen(listener: (queries: readonly QueryJson[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  wake(): void {
    this.#connection.wake();
  }

  renew(): void {
    this.#connection.renew();
  }

  setPaused(paused: boolean): void {
    this.#draw();
    this.paused = paused;
    if (!this.held) this.window = release(this.window);
  }

  setReading(reading: boolean): void {
    if (reading === this.reading) return;
    this.#draw();
    this.reading = reading;
    if (!this.held) this.window = release(this.window);
  }

  /** Shows what waits now, without ending the pause. */
  showWaiting(): void {
    this.#draw();
    this.window = release(this.window);
  }

  /** Narrows the log: the rows are read again, and the address of the page says what they are narrowed to. */
  async setFilter(filter: Filter): Promise<void> {
    this.#draw();
    this.filter = filter;
    const query = filterToQuery(filter);
    history.replaceState(history.state, '', `${location.pathname}${query && `?${query}`}${location.hash}`);
    this.#generation += 1;
    const generation = this.#generation;
    this.loaded = false;
    this.window = { ...EMPTY_WINDOW, newest: this.window.newest };
    await this.#read({ limit: PAGE_ROWS }, generation, (page) => firstPage(this.window, page));
    if (generation === this.#generation) this.loaded = true;
  }

  async loadOlder(): Promise<void> {
    const before = this.window.cursor;
    if (this.loadingOlder || !this.window.more || this.full || before === undefined) return;
    this.loadingOlder = true;
    await this.#read({ limit: PAGE_ROWS, before }, this.#generation, (page) =>
      this.window.cursor === before ? addOlder(this.window, page) : this.window,
    );
    this.loadingOlder = false;
  }

  /** Reads what the stream left out, as much of it as comes at once. */
  async loadGap(gap: Gap): Promise<void> {
    await this.#read({ limit: Math.min(gap.count, GAP_ROWS), before: gap.before }, this.#generation, (page) =>
      fillGap(this.window, gap, page),
    );
  }

  async clear(): Promise<void> {
    try {
      await this.api.clearQueries();
      this.error = '';
      this.#empty();
    } catch (error) {
      this.error = errorText(error);
    }
  }

  /** Reads a page and puts it into the window, unless that has become another one meanwhile. */
  async #read(
    range: { limit: number; before?: number },
    generation: number,
    put: (page: QueriesJson) => LogWindow,
  ): Promise<void> {
    try {
      const page = await this.#page(range);
      this.error = '';
      this.#draw();
      if (generation === this.#generation) this.window = put(page);
    } catch (error) {
      this.error = errorText(error);
    }
  }

  #page(range: { limit: number; before?: number }): Promise<QueriesJson> {
    return this.api.queries({ ...range, filter: filterToQuery(this.filter) });
  }

  #follow(state: ConnectionState): void {
    this.state = state;
    if (state !== 'open') return;
    if (this.#opened) this.#events.onReopened();
    this.#opened = true;
  }

  #newest(): number {
    return this.#incoming.at(-1)?.queries.at(-1)?.id ?? this.window.newest;
  }

  #receive(message: LiveMessage): void {
    if (message.kind === 'queries') this.#queries(message);
    else if (message.kind === 'records') this.#events.onRecords(message.serial);
    else if (message.kind === 'cleared') this.#empty();
    else this.dropped = message.count;
  }

  #queries({ queries, reset: missed, skipped = 0 }: LiveMessage & { kind: 'queries' }): void {
    if (missed) {
      this.#incoming = [];
      this.#incomingCount = 0;
      this.#generation += 1;
      this.window = reset(this.window, this.held);
    }
    for (const listener of this.#listeners) listener(queries);
    this.#incoming.push({ queries, skipped });
    this.#incomingCount += queries.length;
    const heard = queries.filter((query) => passes(this.filter, query));
    this.unannounced += heard.length;
    this.latest = heard.at(-1) ?? this.latest;
    if (this.#incomingCount >= KEPT_ROWS) this.#draw();
    else this.#flush();
  }

  #draw(): void {
    let { window } = this;
    for (const arrival of this.#incoming) {
      window = arrive(window, arrival, this.held, (query) => passes(this.filter, query));
    }
    this.#incoming = [];
    this.#incomingCount = 0;
    this.window = window;
  }

  #empty(): void {
    this.#draw();
    this.#generation += 1;
    this.window = clear(this.window);
  }
}

/** Where the stream is, beside the page and on its scheme. */
export function liveUrl(base: string, after: number): string {
  const url = new URL(`api/live?after=${after}`, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
