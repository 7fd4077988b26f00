import type { WebSocket } from '@fastify/websocket';
import type { AsnTable } from '../asn/asn.ts';
import type { LoggedQuery } from '../querylog/event.ts';
import type { Viewer } from '../querylog/hub.ts';
import type { QueryLog } from './deps.ts';
import { readMissed } from './log-page.ts';
import type { LiveMessage } from './protocol.ts';
import { queryToJson } from './query-json.ts';

/** The part of a WebSocket that is used, so that a test can stand in for it. */
export type LiveSocket = Pick<WebSocket, 'bufferedAmount' | 'send' | 'ping' | 'close' | 'terminate' | 'on'>;

/** Octets that may wait for a viewer's network. One with more is not written to until it has drained. */
export const MAX_BUFFERED = 256 * 1024;
/** Octets at which a viewer counts as drained. */
const DRAINED = 64 * 1024;

/** Messages with queries, as octets. A batch that goes to many viewers is written once. */
export class QueryMessages {
  private readonly table: AsnTable;
  private readonly written = new WeakMap<readonly LoggedQuery[], Buffer>();

  constructor(table: AsnTable) {
    this.table = table;
  }

  ofBatch(batch: readonly LoggedQuery[]): Buffer {
    const message = this.written.get(batch) ?? this.make(batch, false);
    this.written.set(batch, message);
    return message;
  }

  make(queries: readonly LoggedQuery[], reset: boolean): Buffer {
    return encode({ kind: 'queries', queries: queries.map((query) => queryToJson(query, this.table)), reset });
  }
}

/**
 * One open page. Sees every query of its zone once, in order: what it is told comes from the hub, and what it could not be
 * told while its network was slow is read from the log when it has caught its breath.
 */
export class LiveViewer implements Viewer {
  readonly socket: LiveSocket;
  private readonly zone: number;
  private readonly log: QueryLog;
  private readonly messages: QueryMessages;
  /** The newest query that was sent. */
  private lastId: number;
  /** Told when there is room again; queries are not kept, for the log has them. */
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
    this.lastId = 0;
    socket.on('pong', () => {
      this.bufferedAtPing = null;
    });
  }

  /** Sends what came after query `after`. Begins anew when that query is not in the log any more, for then others may be gone. */
  start(after: number): void {
    const known = after === 0 || this.log.find(this.zone, after) !== undefined;
    this.lastId = known ? after : 0;
    this.catchUp(!known);
  }

  queries(batch: readonly LoggedQuery[]): void {
    if (this.isLagging() || batch.length === 0 || batch.at(-1)!.id <= this.lastId) return;
    const all = batch[0]!.id > this.lastId;
    const isNew = ({ id }: LoggedQuery) => id > this.lastId;
    this.write(all ? this.messages.ofBatch(batch) : this.messages.make(batch.filter(isNew), false));
    this.lastId = batch.at(-1)!.id;
  }

  recordsChanged(serial: number): void {
    if (this.isLagging()) this.missedSerial = serial;
    else this.send({ kind: 'records', serial });
  }

  cleared(): void {
    if (this.isLagging()) this.missedClear = true;
    else this.send({ kind: 'cleared' });
  }

  /** Tells how many queries of the whole server were not logged, unless that was told already. */
  dropped(count: number): void {
    if (count === this.toldDropped || this.isLagging()) return;
    this.toldDropped = count;
    this.send({ kind: 'dropped', count });
  }

  /** Tells what was held back, if the network has drained. */
  resume(): void {
    if (!this.lagging || this.socket.bufferedAmount > DRAINED) return;
    this.lagging = false;
    if (this.missedClear) this.send({ kind: 'cleared' });
    if (this.missedSerial !== null) this.send({ kind: 'records', serial: this.missedSerial });
    this.missedClear = false;
    this.missedSerial = null;
    this.catchUp(false);
  }

  /** Asks the other side for a sign of life. Returns false when it gave none since the last time; still taking octets is one. */
  ping(): boolean {
    const { bufferedAmount } = this.socket;
    if (this.bufferedAtPing !== null && bufferedAmount >= this.bufferedAtPing) return false;
    this.bufferedAtPing = bufferedAmount;
    this.socket.ping();
    return true;
  }

  private catchUp(reset: boolean): void {
    const { queries, more } = readMissed(this.log, this.zone, this.lastId);
    if (queries.length === 0 && !reset) return;
    this.write(this.messages.make(queries, reset || more));
    this.lastId = queries.at(-1)?.id ?? this.lastId;
  }

  private isLagging(): boolean {
    this.resume();
    this.lagging ||= this.socket.bufferedAmount > MAX_BUFFERED;
    return this.lagging;
  }

  private send(message: LiveMessage): void {
    this.write(encode(message));
  }

  private write(octets: Buffer): void {
    this.socket.send(octets, { binary: false });
  }
}

function encode(message: LiveMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
