import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Exchange } from '../answer/exchange.ts';
import { TRANSPORT } from '../answer/transport.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Endpoint, Listener, OnError, Report, Respond } from './endpoint.ts';
import { Deframer } from './framing.ts';
import { SourceOctets } from './source.ts';

export interface TcpLimits {
  /** Connections at once; one more is closed as soon as it comes. */
  readonly connections: number;
  /** Milliseconds without a whole query after which a connection is closed, RFC 7766 §6.2.3. */
  readonly idle: number;
  /** Octets of answers that may wait for a client that does not read them. */
  readonly backlog: number;
}

export const TCP_LIMITS: TcpLimits = { connections: 256, idle: 10_000, backlog: 4 * MAX_MESSAGE };

/** Answers over TCP, any number of queries on a connection, RFC 7766 §6.2.1. Rejects when the address cannot be had. */
export function listenTcp(
  at: Endpoint,
  respond: Respond,
  report: Report,
  onError: OnError,
  limits: TcpLimits = TCP_LIMITS,
): Promise<Listener> {
  const serve = { respond, report, onError, limits, sources: new SourceOctets(), out: new Uint8Array(MAX_MESSAGE) };
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = new Connection(socket, serve);
    sockets.add(socket);
    socket.on('close', () => {
      connection.forget();
      sockets.delete(socket);
    });
  });
  server.maxConnections = limits.connections;
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
      resolve({ transport: 'tcp', address, port, close });
    });
  });
}

interface Serve {
  readonly respond: Respond;
  readonly report: Report;
  readonly onError: OnError;
  readonly limits: TcpLimits;
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

  constructor(socket: Socket, serve: Serve) {
    this.socket = socket;
    this.serve = serve;
    this.exchange.transport = TRANSPORT.TCP;
    this.exchange.idle = serve.limits.idle;
    // A client that is gone already has no address any more; it gets no answer either.
    serve.sources.describe(this.exchange, socket.remoteAddress ?? '0.0.0.0', socket.remotePort ?? 0);
    this.idle = setTimeout(() => socket.destroy(), serve.limits.idle);
    socket.on('data', (piece: Uint8Array) => this.read(piece));
    // The client is done asking; what we have for it still goes out.
    socket.on('end', () => socket.end());
    socket.on('error', () => socket.destroy());
  }

  forget(): void {
    clearTimeout(this.idle);
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
    const start = performance.now();
    const length = respond(query, query.length, out, exchange);
    exchange.took = Math.round((performance.now() - start) * 1000);
    if (length === 0) return;
    const framed = Buffer.allocUnsafe(2 + length);
    framed.writeUInt16BE(length);
    framed.set(out.subarray(0, length), 2);
    socket.write(framed);
    report(exchange, query, query.length, out, length);
    // Whoever asks and does not read must not make us keep the answers.
    if (socket.writableLength > limits.backlog) socket.destroy();
  };
}
