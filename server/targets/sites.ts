import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makePage, PAGE_HEADERS } from './page.ts';

export type TargetId = 'orange' | 'teal';

export const TARGET_IDS: readonly TargetId[] = ['orange', 'teal'];

/** A site to point names at. */
export interface Site {
  readonly id: TargetId;
  /** What names are pointed at. */
  readonly address: string;
  /** Where it really listens: elsewhere when a proxy stands in front, or this system has no such address. */
  readonly host: string;
  readonly port: number;
}

export interface SiteSettings {
  /** Addresses to listen on, orange first; empty for no sites. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** What the world reaches them by, in turn; where one is missing, what it listens on. */
  readonly addresses: readonly string[];
}

const LOOPBACK = '127.0.0.1';
/** A visitor who sends nothing, and one who reads nothing, are let go. */
const TIMEOUT_MS = 5000;
const MAX_CONNECTIONS = 64;
const MAX_HEADER = 4096;

/** Two tiny sites that answer for any Host: no cookies, no scripts, nothing that a request can change. */
export class Sites {
  readonly list: readonly Site[];
  private readonly servers: readonly Server[];

  private constructor(list: readonly Site[], servers: readonly Server[]) {
    this.list = list;
    this.servers = servers;
  }

  /**
   * Opens the sites. Where an address or its port cannot be had, a free port does, of 127.0.0.1 if need be: the page can visit it
   * there, though browsers cannot. `onElsewhere` hears of it.
   */
  static async open({ hosts, port, addresses }: SiteSettings, onElsewhere: (problem: string) => void): Promise<Sites> {
    const opened: [Site, Server][] = [];
    for (const [i, id] of TARGET_IDS.entries()) {
      const host = hosts[i];
      if (host === undefined) continue;
      const server = makeServer(id);
      const at = await listenSomewhere(server, [
        { host, port },
        { host, port: 0 },
        { host: LOOPBACK, port: 0 },
      ]);
      if (at.problem !== null) onElsewhere(`the site ${id} listens on ${at.host} port ${at.port}, because ${at.problem}`);
      opened.push([{ id, address: addresses[i] ?? host, host: at.host, port: at.port }, server]);
    }
    return new Sites(
      opened.map(([site]) => site),
      opened.map(([, server]) => server),
    );
  }

  async close(): Promise<void> {
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((done) => server.close(done))));
  }
}

function makeServer(id: TargetId): Server {
  const limits = { maxHeaderSize: MAX_HEADER, requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, keepAliveTimeout: 1 };
  const server = createServer({ ...limits, requireHostHeader: false }, (request, response) => answer(id, request, response));
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = TIMEOUT_MS;
  return server;
}

/** Whatever is asked of a site, it shows its page; what comes in a body is not read. */
function answer(id: TargetId, { method, headers }: IncomingMessage, response: ServerResponse): void {
  const page = makePage(id, headers.host ?? '', headers['accept-language'] ?? '');
  response.writeHead(page.status, { ...PAGE_HEADERS, 'Content-Length': Buffer.byteLength(page.html), Connection: 'close' });
  response.end(method === 'HEAD' ? undefined : page.html);
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Listens at the first place that can be had. `problem` is why the first one could not. */
async function listenSomewhere(server: Server, places: readonly Place[]): Promise<Place & { problem: string | null }> {
  let problem: string | null = null;
  for (const { host, port } of places) {
    const error = await listen(server, host, port);
    if (error === null) return { host, port: (server.address() as AddressInfo).port, problem };
    problem ??= error.message;
  }
  throw new Error(`no site can be opened: ${problem}`);
}

function listen(server: Server, host: string, port: number): Promise<Error | null> {
  return new Promise((done) => {
    server.once('error', done).listen({ host, port }, () => {
      server.off('error', done);
      done(null);
    });
  });
}
