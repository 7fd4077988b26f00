import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decodeMessage } from '../../server/wire/message.ts';
import { askServer } from '../support/dns-client.ts';
import { makeQuery } from '../support/dns.ts';
import { removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';

const fixtures = new URL('../support/tls/', import.meta.url).pathname;
/** What the process may take whatever is done to it. */
const MOST_MB = 130;
/** Handshakes at a time, more than there may be connections, and how often. */
const AT_ONCE = 300;
const ROUNDS = 3;

let server: RunningServer;
let visitor: Visitor;
let zone: string;
let port: number;
const sockets = new Set<Socket>();

beforeAll(async () => {
  const files = { DIGPIT_TLS_CERT: `${fixtures}one.pem`, DIGPIT_TLS_KEY: `${fixtures}one.key` };
  server = await startServer({ ...files, DIGPIT_TLS_PORT: '0' });
  port = Number(/Over TLS: +\S+ port (\d+)/.exec(server.told)![1]);
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
  removeDir(server.dataDir);
});

function keep<S extends Socket>(socket: S): S {
  sockets.add(socket);
  return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
}

const dial = () => keep(connectTcp(port, '127.0.0.1'));
const shake = () => keep(connect({ port, host: '127.0.0.1', rejectUnauthorized: false }) as TLSSocket);
const closed = (socket: Socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve()));

/** The name that the first answer on a connection is about. */
function ask(socket: Socket): Promise<string> {
  const query = makeQuery(zone, 'SOA');
  socket.write(Buffer.from([0, query.length, ...query]));
  return new Promise((resolve, reject) => {
    socket.once('data', (piece: Buffer) => resolve(String(decodeMessage(piece.subarray(2)).question[0]!.name)));
    socket.once('close', () => reject(new Error('it was closed')));
  });
}

/** Everybody else is served as if nothing were, and so is who comes to the same port. */
async function expectService(): Promise<void> {
  expect((await askServer(server.dnsPort, zone, 'SOA')).rcode).toBe('NOERROR');
  expect((await askServer(server.dnsPort, zone, 'SOA', { transport: 'tcp' })).rcode).toBe('NOERROR');
  expect((await visitor.call('GET', '/api/records')).status).toBe(200);
  const socket = shake();
  expect(await ask(socket)).toBe(zone);
  socket.destroy();
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))![1];
  expect(Number(resident) / 1024).toBeLessThan(MOST_MB);
  expect(server.said()).not.toContain('"level":50');
}

it('two thousand connections that never begin a handshake give way to those that do', async () => {
  for (let i = 0; i < 2000; i++) dial();
  await expectService();
  for (const socket of sockets) socket.destroy();
});

it('who shakes hands octet by octet, or keeps silent after the handshake, is closed', async () => {
  // The head of a ClientHello that announces 16 KB.
  const slow = Array.from({ length: 100 }, dial);
  for (const socket of slow) socket.write(Uint8Array.of(0x16, 0x03, 0x01, 0x40, 0x00, 0x01, 0x00, 0x3f, 0xfc));
  const drip = setInterval(() => slow.forEach((socket) => socket.write(Uint8Array.of(0))), 1000);
  const silent = Array.from({ length: 20 }, shake);
  const ended = Promise.all([...slow, ...silent].map(closed));
  await expectService();
  await ended;
  clearInterval(drip);
});

it('handshake after handshake costs others nothing but time', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const flood = Array.from({ length: AT_ONCE }, shake);
    await expectService();
    for (const socket of flood) socket.destroy();
  }
});

it('what is no TLS is closed: a query in the clear, a request of HTTP, noise', async () => {
  const query = makeQuery(zone, 'SOA');
  const said = [Buffer.from([0, query.length, ...query]), 'GET / HTTP/1.1\r\n\r\n', Buffer.alloc(20_000, 0xa5)];
  await Promise.all(
    said.map((octets) => {
      const socket = dial();
      socket.write(octets);
      return closed(socket.resume());
    }),
  );
  await expectService();
});
