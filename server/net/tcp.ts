import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Exchange } from '../answer/exchange.ts';
import { TRANSPORT, type Transport } from '../answer/transport.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Calls, Endpoint, Listener } from './endpoint.ts';
import { Deframer } from './framing.ts';
import { SourceOctets } from './source.ts';

export interface TcpLimits {
  /** Connections at once; where one more comes, the one that has been silent longest gives way. */
  readonly connections: number;
  /** Milliseconds without a whole query after which a connection is closed, RFC 7766 §6.2.3. */
  readonly idle: number;
  /** Octets of answers that may wait for a client that does not read them. */
  readonly backlog: number;
  /** Answers of many messages that one connection may wait for; the next one ends it. */
  readonly streams: number;
}

export const TCP_LIMITS: TcpLimits = { connections: 256, idle: 10_000, backlog: 4 * MAX_MESSAGE, streams: 16 };

/** What lies between a connection and what is said over it. */
export interface Wrapping {
  readonly transport: 'tcp' | 'tls';
  readonly number: Transport;
  wrap(socket: Socket): Socket;
}

const PLAIN: Wrapping = { transport: 'tcp', number: TRANSPORT.TCP, wrap: (socket) => socket };

/** Answers over TCP, any number of queries on a connection, RFC 7766 §6.2.1. Rejects when the address cannot be had. */
export function listenTcp(
  at: Endpoint,
  calls: Calls,
  limits: TcpLimits = TCP_LIMITS,
  { transport, number, wrap }: Wrapping = PLAIN,
): Promise<Listener> {
  const { onError } = calls;
  const serve = { ...calls, limits, transport: number, sources: new SourceOctets(), out: new Uint8Array(MAX_MESSAGE) };
  /** In the order in which something came from them, the one that has been silent longest first (RFC 7766 §6.2.3). */
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    if (sockets.size >= limits.connections) sockets.values().next().value!.destroy();
    const connection = new Connection(wrap(socket), serve, () => {
      sockets.delete(socket);
      sockets.add(socket);
    });
    sockets.add(socket);
    socket.on('close', () => {
      connection.forget();
      sockets.delete(socket);
    });
  });
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of sockets) socket.destroySoon();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: at.address, port: at.port }, () => {
      server.off('error', reject).on('error', onError);
      const { address, port } = server.address() as AddressInfo;
      resolve({ transport, address, port, close });
    });
  });
}

interface Serve extends Calls {
  readonly limits: TcpLimits;
  readonly transport: Transport;
  readonly sources: SourceOctets;
  /** Where answers are made; all connections take turns. */
  readonly out: Uint8Array;
}

/** One client: its octets cut into queries, each answered in the turn in which it became whole. */
class Connection {
  private readonly socket: Socket;
  private readonly serve: Serve;
  private readonly exchange = new Exchange();
  private readonly deframer = new Deframer();
  private readonly idle: NodeJS.Timeout;
  /** Answers of the desk that are on their way, the first of them just now. */
  private readonly streams: Iterator<Uint8Array>[] = [];
  private isAsked = false;
  private readonly onQuery: () => void;

  constructor(socket: Socket, serve: Serve, onQuery: () => void) {
    this.socket = socket;
    this.onQuery = onQuery;
    this.serve = serve;
    this.exchange.transport = serve.transport;
    this.exchange.idle = serve.limits.idle;
    // A client that is gone already has no address any more; it gets no answer either.
    serve.sources.describe(this.exchange, socket.remoteAddress ?? '0.0.0.0', socket.remotePort ?? 0);
    this.idle = setTimeout(() => socket.destroy(), serve.limits.idle);
    socket.on('data', (piece: Uint8Array) => this.read(piece));
    // The client is done asking; what we have for it still goes out.
    socket.on('end', () => {
      this.isAsked = true;
      if (this.streams.length === 0) socket.end();
    });
    socket.on('error', () => socket.destroy());
  }

  forget(): void {
    clearTimeout(this.idle);
    // What was begun has an end, also where nobody waits for it any more.
    for (const stream of this.streams) stream.return?.();
  }

  private read(piece: Uint8Array): void {
    try {
      this.deframer.push(piece, this.answer);
    } catch (error) {
      this.serve.onError(error);
      this.socket.destroy();
    }
  }

  private readonly answer = (query: Uint8Array): void => {
    const { socket, exchange } = this;
    const { respond, report, limits, out } = this.serve;
    if (socket.destroyed) return;
    this.idle.refresh();
    this.onQuery();
    const start = performance.now();
    const length = respond(query, query.length, out, exchange);
    exchange.took = Math.round((performance.now() - start) * 1000);
    if (length === 0) {
      if (exchange.isForDesk) this.ask(query.slice());
      return;
    }
    this.write(out.subarray(0, length));
    report(exchange, query, query.length, out, length);
    // Whoever asks and does not read must not make us keep the answers.
    if (socket.writableLength > limits.backlog) socket.destroy();
  };

  private write(message: Uint8Array): void {
    const framed = Buffer.allocUnsafe(2 + message.length);
    framed.writeUInt16BE(message.length);
    framed.set(message, 2);
    this.socket.write(framed);
  }

  /** Lets the desk answer, which may take many messages; meanwhile other queries may come and be answered. */
  private ask(message: Uint8Array): void {
    const { desk, limits } = this.serve;
    if (desk === undefined) return;
    if (this.streams.length >= limits.streams) {
      this.socket.destroy();
      return;
    }
    const exchange = new Exchange();
    exchange.transport = this.exchange.transport;
    exchange.address.set(this.exchange.address);
    exchange.addressLength = this.exchange.addressLength;
    exchange.port = this.exchange.port;
    this.streams.push(desk(message, exchange)[Symbol.iterator]());
    if (this.streams.length === 1) this.stream();
  }

  /** Sends the next message of an answer: one in a turn, so that others are served, and none to a client that does not read. */
  private readonly stream = (): void => {
    const { socket, streams } = this;
    if (socket.destroyed) return;
    try {
      const { value, done } = streams[0]!.next();
      if (done === true) streams.shift();
      else this.write(value);
    } catch (error) {
      this.serve.onError(error);
      socket.destroy();
      return;
    }
    this.idle.refresh();
    if (socket.writableNeedDrain) socket.once('drain', this.stream);
    else if (streams.length > 0) setImmediate(this.stream);
    else if (this.isAsked) socket.end();
  };
}
