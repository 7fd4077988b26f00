import type { LiveMessage } from '../../server/http/protocol.ts';

/** The part of WebSocket that is used, so that a test can stand in for it. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  close(): void;
}

export type ConnectionState = 'starting' | 'open' | 'waiting';

export interface ConnectionOptions {
  /** Opens a socket that goes on from what has last been seen. */
  open: () => Socket;
  onMessage: (message: LiveMessage) => void;
  onState: (state: ConnectionState) => void;
  /** The server says that the session is over. */
  onEnded: () => void;
  /** An attempt failed before it opened. A browser does not tell why; the session may be over. */
  onRefused: () => void;
  random: () => number;
}

/** Close code of a session that has ended. */
const SESSION_ENDED = 4401;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
/** A connection that has held this long was a good one: the next wait begins small again. */
const GOOD_AFTER_MS = 5_000;

/** Keeps a socket open: waits longer after each failure, half of the wait at random, and never more than the longest. */
export class Connection {
  readonly #options: ConnectionOptions;
  #socket: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#drop();
  }

  /** The tab is seen again, or the network is back: no more waiting. */
  wake(): void {
    if (this.#stopped || this.#socket) return;
    this.#failures = 0;
    this.#connect();
  }

  /** The network has changed under an open socket, which may be dead without knowing. */
  renew(): void {
    if (this.#stopped) return;
    this.#drop();
    this.wake();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #connect(): void {
    this.#drop();
    const socket = this.#options.open();
    this.#socket = socket;
    let openedAt = 0;
    socket.onopen = () => {
      openedAt = Date.now();
      this.#options.onState('open');
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#options.onMessage(JSON.parse(data) as LiveMessage);
    };
    socket.onclose = ({ code }) => this.#closed(code, openedAt);
  }

  #closed(code: number, openedAt: number): void {
    this.#socket = null;
    if (code === SESSION_ENDED) {
      this.#stopped = true;
      this.#options.onEnded();
      return;
    }
    if (openedAt === 0) this.#options.onRefused();
    else if (Date.now() - openedAt >= GOOD_AFTER_MS) this.#failures = 0;
    if (this.#stopped) return;
    this.#options.onState('waiting');
    this.#timer = setTimeout(() => this.#connect(), this.#wait());
  }

  #wait(): number {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures += 1;
    return longest / 2 + (longest / 2) * this.#options.random();
  }
}
