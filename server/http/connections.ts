import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How often we look at what waits for clients: in between comes no more than a few replies. */
const LOOK_MS = 100;

export interface ConnectionLimits {
  readonly connections: number;
  /** Octets of replies that wait for clients, of all together. */
  readonly backlogOctets: number;
}

/**
 * Bounds how many connections there are, and what they hold back because their clients do not take what they asked for. Where one more
 * comes than there may be, the one gives way that has asked for nothing for longest, or else one that does not take its answer; where too
 * much waits, those that hold most.
 */
export function boundConnections(server: Server, { connections, backlogOctets }: ConnectionLimits): void {
  const all = new Set<Socket>();
  /** Those that wait for a whole request, longest first. */
  const idle = new Set<Socket>();
  const forget = (socket: Socket) => {
    all.delete(socket);
    idle.delete(socket);
  };
  server.on('connection', (socket: Socket) => {
    all.add(socket);
    idle.add(socket);
    socket.once('close', () => forget(socket));
    if (all.size <= connections) return;
    const [first] = idle;
    // Where nobody is idle but who came last, one gives way that does not take its answer, however little of it waits.
    const last = first === socket ? ([...all].find(({ writableLength }) => writableLength > 0) ?? socket) : first!;
    forget(last);
    last.destroy();
  });
  server.on('request', (request: IncomingMessage, reply: ServerResponse) => {
    const { socket } = request;
    let isAnswered = false;
    const begin = () => {
      if (!isAnswered) idle.delete(socket);
    };
    if ('content-length' in request.headers || 'transfer-encoding' in request.headers) request.once('end', begin);
    else begin();
    reply.once('close', () => {
      isAnswered = true;
      if (all.has(socket)) idle.add(socket);
    });
  });
  server.on('upgrade', ({ socket }: IncomingMessage) => idle.delete(socket));
  const timer = setInterval(() => closeSlowest(all, backlogOctets), LOOK_MS).unref();
  server.once('close', () => clearInterval(timer));
}

function closeSlowest(sockets: ReadonlySet<Socket>, most: number): void {
  let held = 0;
  for (const socket of sockets) held += socket.writableLength;
  if (held <= most) return;
  for (const socket of [...sockets].toSorted((a, b) => b.writableLength - a.writableLength)) {
    held -= socket.writableLength;
    socket.destroy();
    if (held <= most) return;
  }
}
