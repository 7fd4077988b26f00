import type { LiveMessage, QueryJson } from '../../server/http/protocol.ts';
import { errorText, type Api } from '../api.ts';
import { Connection, type ConnectionState, type Socket } from './connection.ts';
import { createFlush, pageClock } from './flush.ts';
import {
  EMPTY_WINDOW,
  KEPT_ROWS,
  PAGED_ROWS,
  addOlder,
  arrive,
  clear,
  firstPage,
  release,
  reset,
  type LogWindow,
} from './window.ts';

const PAGE_ROWS = 100;

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
  #incoming: QueryJson[] = [];
  #stopped = false;
  #opened = false;
  /** Goes up when rows are thrown away, so that a page asked for before is not put behind them. */
  #generation = 0;

  constructor(api: Api, events: LogEvents) {
    this.api = api;
    this.#events = events;
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
    const page = await this.api.queries({ limit: PAGE_ROWS }).catch(() => null);
    if (this.#stopped) return;
    if (page) this.window = firstPage(page);
    this.loaded = true;
    this.#connection.start();
  }

  stop(): void {
    this.#stopped = true;
    this.#connection.stop();
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

  async loadOlder(): Promise<void> {
    const before = this.window.rows.at(-1)?.id;
    if (this.loadingOlder || !this.window.more || this.full || before === undefined) return;
    this.loadingOlder = true;
    const generation = this.#generation;
    try {
      const page = await this.api.queries({ limit: PAGE_ROWS, before });
      this.error = '';
      if (generation === this.#generation && this.window.rows.at(-1)?.id === before) this.window = addOlder(this.window, page);
    } catch (error) {
      this.error = errorText(error);
    } finally {
      this.loadingOlder = false;
    }
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

  #follow(state: ConnectionState): void {
    this.state = state;
    if (state !== 'open') return;
    if (this.#opened) this.#events.onReopened();
    this.#opened = true;
  }

  #newest(): number {
    return this.#incoming.at(-1)?.id ?? this.window.newest;
  }

  #receive(message: LiveMessage): void {
    if (message.kind === 'queries') this.#queries(message.queries, message.reset);
    else if (message.kind === 'records') this.#events.onRecords(message.serial);
    else if (message.kind === 'cleared') this.#empty();
    else this.dropped = message.count;
  }

  #queries(queries: QueryJson[], missed: boolean): void {
    if (missed) {
      this.#incoming = [];
      this.#generation += 1;
      this.window = reset(this.window, this.held);
    }
    this.#incoming.push(...queries);
    this.unannounced += queries.length;
    this.latest = queries.at(-1) ?? this.latest;
    if (this.#incoming.length >= KEPT_ROWS) this.#draw();
    else this.#flush();
  }

  #draw(): void {
    if (this.#incoming.length === 0) return;
    this.window = arrive(this.window, this.#incoming, this.held);
    this.#incoming = [];
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
