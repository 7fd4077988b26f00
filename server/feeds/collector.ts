import { chmodSync, unlinkSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { contains, type Network } from '../keys/network.ts';
import { MAX_SERVER } from '../querylog/event.ts';
import { parseAddress } from '../wire/address.ts';
import { Connection } from './connection.ts';
import type { Intake } from './intake.ts';
import type { Socket as Place } from './place.ts';
import type { Fault, Tally } from './tally.ts';

/** Peers at a time, and octets of frames that are not whole, of all of them together. */
export const COLLECTOR_LIMITS = { connections: 1024, octets: 8 << 20 };
/** Milliseconds until it is seen whether there is room again, and between looks for those that are too slow. */
const RETRY = 5;
const CHECK = 1000;
/** Who may write to a socket that is a file: its owner and its group. */
const SOCKET_MODE = 0o660;
/** What a server is called that neither says its name nor has an address. */
const NAMELESS = 'local';

/** Takes connections of name servers that report what they answer, dnstap over Frame Streams. */
export class Collector {
  private readonly intake: Intake;
  private readonly tally: Tally;
  private readonly allowed: readonly Network[];
  private readonly limits: typeof COLLECTOR_LIMITS;
  private readonly servers: Server[] = [];
  private readonly connections = new Set<Connection>();
  private readonly checking: NodeJS.Timeout;
  private retrying: NodeJS.Timeout | null = null;
  private count = 0;

  /** Over TCP only addresses in `allowed` may report. */
  constructor(intake: Intake, tally: Tally, allowed: readonly Network[], limits = COLLECTOR_LIMITS) {
    this.intake = intake;
    this.tally = tally;
    this.allowed = allowed;
    this.limits = limits;
    this.checking = setInterval(() => this.check(), CHECK).unref();
  }

  /** Returns where it listens; a port that was 0 is known then. Rejects when that cannot be had. */
  async listen(place: Place): Promise<Place> {
    if ('path' in place) await removeStale(place.path);
    const server = createServer((socket) => this.welcome(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen('path' in place ? { path: place.path } : { host: place.address, port: place.port }, resolve);
    });
    this.servers.push(server);
    if ('path' in place) {
      chmodSync(place.path, SOCKET_MODE);
      return place;
    }
    const { address, port } = server.address() as AddressInfo;
    return { address, port };
  }

  /** Takes no more, and lets go of those that are there. */
  async stop(): Promise<void> {
    clearInterval(this.checking);
    if (this.retrying !== null) clearTimeout(this.retrying);
    for (const connection of this.connections) connection.drop();
    await Promise.all(this.servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  }

  private welcome(socket: Socket): void {
    const address = socket.remoteAddress === undefined ? null : parseAddress(socket.remoteAddress.split('%')[0]!);
    if (address !== null && !this.allowed.some((network) => contains(network, address))) return this.refuse(socket, 'refused');
    if (this.connections.size >= this.limits.connections) return this.refuse(socket, 'crowded');
    const name = Buffer.from(socket.remoteAddress?.replace(/^::ffff:/, '') ?? NAMELESS).subarray(0, MAX_SERVER);
    const reporter = { id: ++this.count, name };
    const connection = new Connection(socket, this.intake, reporter, () => this.hold(), performance.now());
    this.connections.add(connection);
    this.tally.connections = this.connections.size;
    socket.setKeepAlive(true);
    socket.on('data', (piece) => {
      connection.receive(piece, performance.now());
      this.restrain(connection);
    });
    socket.on('end', () => connection.ended());
    socket.on('error', () => connection.ended());
    socket.on('close', () => this.forget(connection));
    if (this.retrying !== null) connection.hold();
  }

  private refuse(socket: Socket, fault: Fault): void {
    this.tally.fault(fault);
    socket.destroy();
  }

  private forget(connection: Connection): void {
    if (!this.connections.delete(connection)) return;
    this.tally.connections = this.connections.size;
    if (connection.fault !== null) this.tally.fault(connection.fault);
  }

  /** One that makes all of them hold too much has to go. */
  private restrain(connection: Connection): void {
    if (connection.waiting === 0 || this.retrying !== null) return;
    let octets = 0;
    for (const { waiting } of this.connections) octets += waiting;
    if (octets > this.limits.octets) connection.close('crowded');
  }

  /** Lets all of them wait, so that no more lies here than one of them had just sent. */
  private hold(): void {
    for (const connection of this.connections) connection.hold();
    this.retrying ??= setTimeout(() => this.retry(), RETRY);
  }

  private retry(): void {
    this.retrying = null;
    for (const connection of this.connections) {
      connection.work(performance.now());
      if (this.retrying !== null) return;
    }
  }

  private check(): void {
    for (const connection of this.connections) connection.check(performance.now());
  }
}

/** Takes away a socket that nobody listens at any more, as a server leaves it that was killed. */
async function removeStale(path: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ path }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', ({ code: found }: NodeJS.ErrnoException) => resolve(found));
  });
  if (code === 'ECONNREFUSED') unlinkSync(path);
}
