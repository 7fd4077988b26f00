import type { WebSocket } from '@fastify/websocket';
import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import type { Viewer } from '../querylog/hub.ts';
import type { QueryLog } from './deps.ts';
import { MAX_PAGE, readMissed } from './log-page.ts';
import type { LiveMessage } from './protocol.ts';
import { queriesToJson } from './query-json.ts';

/** The part of a WebSocket that is used, so that a test can stand in for it. */
export type LiveSocket = Pick<WebSocket, 'bufferedAmount' | 'send' | 'ping' | 'close' | 'terminate' | 'on'>;

/** Octets that may wait for a viewer's network. One with more is not written to until it has drained. */
export const MAX_BUFFERED = 256 * 1024;
/** Octets at which a viewer counts as drained. */
const DRAINED = 64 * 1024;

/** Queries in one message: with five messages a second as many as an eye can be shown. */
const MAX_QUERIES = 250;
/** So many at a time are a flood: nobody reads them one by one, and fewer messages of more queries cost less. */
const FLOOD = 25;
/** Ticks between messages of a flood. */
const FLOOD_REST = 2;

/** A message with queries, and the newest id in it. */
interface QueriesMessage {
  readonly octets: Buffer;
  readonly lastId: number;
}

/** Reads what came to a zone and writes it as a message; what goes to many viewers is read and written once. */
export class QueryMessages {
  private readonly log: QueryLog;
  private readonly table: AsnTable;
  private readonly made = new Map<string, QueriesMessage>();

  constructor(log: QueryLog, table: AsnTable) {
    this.log = log;
    this.table = table;
  }

  /**
   * The newest of the `count` queries that came to a zone after query `after`; null when none of them is there any more. Those
   * in between that find no room in the message are counted in it.
   */
  since(zone: number, after: number, count: number): QueriesMessage | null {
    const key = `${zone} ${after} ${count}`;
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const { queries, more } = readMissed(this.log, zone, after, MAX_QUERIES);
    const last = queries.at(-1);
    if (last === undefined) return null;
    const skipped = more ? Math.max(count - queries.length, 1) : 0;
    const message = { octets: this.encode(queries, { reset: false, skipped }), lastId: last.id };
    this.made.set(key, message);
    return message;
  }

  /** What a page that knows of nothing after query `after` is shown first. */
  first(zone: number, after: number, reset: boolean): QueriesMessage | null {
    const { queries, more } = readMissed(this.log, zone, after, MAX_PAGE);
    if (queries.length === 0 && !reset) return null;
    return { octets: this.encode(queries, { reset: reset || more, skipped: 0 }), lastId: queries.at(-1)?.id ?? 0 };
  }

  /** Lets go of messages: whoever should share them has had them. */
  forget(): void {
    this.made.clear();
  }

  private encode(queries: readonly LoggedQuery[], { reset, skipped }: { reset: boolean; skipped: number }): Buffer {
    return encode({ kind: 'queries', queries: queriesToJson(queries, this.table), reset, ...(skipped > 0 && { skipped }) });
  }
}

/**
 * One open page. Is told at once when something comes after a silence, and then as often as the streams tick, in a flood every
 * other time: what comes in between stays in the log, where it is read from. So a viewer holds nothing back but numbers, however
 * slow its network is.
 */
export class LiveViewer implements Viewer {
  readonly socket: LiveSocket;
  private readonly zone: number;
  private readonly log: QueryLog;
  private readonly messages: QueryMessages;
  /** The newest query that was sent. */
  private lastId = 0;
  /** Queries that came after it. */
  private waiting = 0;
  /** Ticks that have to go by before the next message. */
  private rest = 0;
  private lagging = false;
  private missedClear = false;
  private missedSerial: number | null = null;
  private toldDropped = 0;
  /** What waited for the network at the last ping; null when a pong has come since. */
  private bufferedAtPing: number | null = null;

  constructor(socket: LiveSocket, zone: number, log: QueryLog, messages: QueryMessages) {
    this.socket = socket;
    this.zone = zone;
    this.log = log;
    this.messages = messages;
    socket.on('pong', () => {
      this.bufferedAtPing = null;
    });
  }

  /** Sends what came after query `after`. Begins anew when that query is not in the log any more, for then others may be gone. */
  start(after: number): void {
    const known = after === 0 || this.log.find(this.zone, after) !== undefined;
    this.lastId = known ? after : 0;
    this.write(this.messages.first(this.zone, this.lastId, !known));
  }

  queriesCame(count: number, lastId: number): void {
    // They were in the store before we were told: what was sent meanwhile may have had them.
    if (lastId <= this.lastId) return;
    this.waiting += count;
    if (this.rest === 0) this.tell();
  }

  recordsChanged(serial: number): void {
    if (this.isLagging()) this.missedSerial = serial;
    else this.send({ kind: 'records', serial });
  }

  cleared(): void {
    this.waiting = 0;
    if (this.isLagging()) this.missedClear = true;
    else this.send({ kind: 'cleared' });
  }

  /** Tells how many queries of the whole server were not logged, unless that was told already. */
  dropped(count: number): void {
    if (count === this.toldDropped || this.isLagging()) return;
    this.toldDropped = count;
    this.send({ kind: 'dropped', count });
  }

  /** Tells what came since the last message, if the network takes it. */
  tick(): void {
    if (this.rest > 0) this.rest--;
    if (this.rest === 0) this.tell();
  }

  /** Asks the other side for a sign of life. Returns false when it gave none since the last time; still taking octets is one. */
  ping(): boolean {
    const { bufferedAmount } = this.socket;
    if (this.bufferedAtPing !== null && bufferedAmount >= this.bufferedAtPing) return false;
    this.bufferedAtPing = bufferedAmount;
    this.socket.ping();
    return true;
  }

  private tell(): void {
    if (this.isLagging() || this.waiting === 0) return;
    this.rest = this.waiting > FLOOD ? FLOOD_REST : 1;
    this.write(this.messages.since(this.zone, this.lastId, this.waiting));
    this.waiting = 0;
  }

  /** Whether the network is too slow at the moment. When it has drained, what must not be missed is told first. */
  private isLagging(): boolean {
    const { bufferedAmount } = this.socket;
    if (!this.lagging) this.lagging = bufferedAmount > MAX_BUFFERED;
    else if (bufferedAmount <= DRAINED) this.resume();
    return this.lagging;
  }

  private resume(): void {
    this.lagging = false;
    if (this.missedClear) this.send({ kind: 'cleared' });
    if (this.missedSerial !== null) this.send({ kind: 'records', serial: this.missedSerial });
    this.missedClear = false;
    this.missedSerial = null;
  }

  private write(message: QueriesMessage | null): void {
    if (message === null) return;
    this.lastId = Math.max(this.lastId, message.lastId);
    this.socket.send(message.octets, { binary: false });
  }

  private send(message: LiveMessage): void {
    this.socket.send(encode(message), { binary: false });
  }
}

function encode(message: LiveMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
