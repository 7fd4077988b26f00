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
  const sources = new SourceOctets();
  const out = new Uint8Array(MAX_MESSAGE);
  const sockets = new Set<Socket>();

  const onConnection = (socket: Socket): void => {
    sockets.add(socket);
    const exchange = new Exchange();
    exchange.transport = TRANSPORT.TCP;
    sources.fill(exchange, socket.remoteAddress ?? '0.0.0.0', socket.remotePort ?? 0);
    const deframer = new Deframer();
    const idle = setTimeout(() => socket.destroy(), limits.idle);
    const onQuery = (message: Uint8Array): void => {
      idle.refresh();
      const length = respond(message, message.length, out, exchange);
      if (length === 0) return;
      const framed = Buffer.allocUnsafe(2 + length);
      framed.writeUInt16BE(length);
      framed.set(out.subarray(0, length), 2);
      socket.write(framed);
      report(exchange, message, message.length, out, length);
      // Whoever asks and does not read must not make us keep the answers.
      if (socket.writableLength > limits.backlog) socket.destroy();
    };
    socket.on('data', (piece: Uint8Array) => {
      try {
        deframer.push(piece, (message) => {
          if (!socket.destroyed) onQuery(message);
        });
      } catch (error) {
        onError(error);
        socket.destroy();
      }
    });
    // The client is done asking; what we have for it still goes out.
    socket.on('end', () => socket.end());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(idle);
      sockets.delete(socket);
    });
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  server.maxConnections = limits.connections;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: at.address, port: at.port }, () => {
      server.off('error', reject).on('error', onError);
      const { address, port } = server.address() as AddressInfo;
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          for (const socket of sockets) socket.destroySoon();
        });
      resolve({ transport: 'tcp', address, port, close });
    });
  });
}
