import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../tests/support/server.ts';
import { boundConnections } from './connections.ts';

/** More than the kernel takes off our hands for a client that reads nothing. */
const REPLY = Buffer.alloc(16 << 20, 'x');
const MOST = 3.5 * REPLY.length;
const CONNECTIONS = 20;

let server: Server;
const accepted = new Set<Socket>();
const clients: Socket[] = [];

beforeEach(async () => {
  server = createServer((request, reply) => {
    if (request.url === '/waits') return;
    reply.end(request.url === '/small' ? 'x' : REPLY);
  });
  server.on('connection', (socket) => {
    accepted.add(socket);
    socket.once('close', () => accepted.delete(socket));
  });
  boundConnections(server, { connections: CONNECTIONS, backlogOctets: MOST });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  server.close();
});

function dial(): Socket {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  clients.push(client);
  return client;
}

function ask(): Socket {
  const client = dial();
  client.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  return client;
}

const held = () => [...accepted].reduce((sum, socket) => sum + socket.writableLength, 0);

it('closes those who ask for much and take nothing, until the others have room', async () => {
  for (let i = 0; i < 10; i++) ask().pause();
  await until(() => (accepted.size === 10 ? true : undefined));
  await until(() => (accepted.size < 10 && held() <= MOST ? true : undefined));
  expect(accepted.size).toBeGreaterThanOrEqual(3);
});

it('leaves alone who takes what it asked for, and who is slow while there is room', async () => {
  const slow = [ask(), ask()];
  for (const client of slow) client.pause();
  for (let i = 0; i < 10; i++) expect(await received(ask())).toBeGreaterThan(REPLY.length);
  for (const client of slow) expect(await received(client)).toBeGreaterThan(REPLY.length);
});

/** Octets that came before the end. */
function received(client: Socket): Promise<number> {
  let octets = 0;
  client.on('data', (piece: Buffer) => (octets += piece.length)).resume();
  return new Promise((resolve) => void client.once('close', () => resolve(octets)));
}

const answer = (client: Socket) =>
  new Promise<string>((resolve) => void client.once('data', (piece) => resolve(piece.toString())));
const closed = (client: Socket) => new Promise<void>((resolve) => void client.once('close', () => resolve()));
const arrived = (count: number) => until(() => (accepted.size === count ? true : undefined));

describe('where one more comes than there may be', () => {
  it('the one that has asked for nothing for longest gives way, not one whose answer is still to come', async () => {
    const waiting = dial();
    waiting.write('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived(1);
    const [first, second] = [dial(), dial()];
    await arrived(3);
    const asked = answer(first);
    first.write('GET /small HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await asked).toMatch(/^HTTP\/1\.1 200/);
    for (let i = 3; i < CONNECTIONS; i++) dial();
    await arrived(CONNECTIONS);
    const gone = closed(second);
    const one = dial();
    await gone;
    const heard = answer(one);
    one.write('GET /small HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await heard).toMatch(/^HTTP\/1\.1 200/);
    expect([waiting.closed, first.closed, accepted.size]).toEqual([false, false, CONNECTIONS]);
  });

  it('if all are answered, one that takes nothing of it gives way, and none that waits for its answer', async () => {
    const greedy = ask().pause();
    await until(() => ([...accepted].some(({ writableLength }) => writableLength > 0) ? true : undefined));
    for (let i = 1; i < CONNECTIONS; i++) dial().write('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived(CONNECTIONS);
    await until(() => ([...accepted].every(({ bytesRead }) => bytesRead > 0) ? true : undefined));
    const one = dial();
    const heard = answer(one);
    one.write('GET /small HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await heard).toMatch(/^HTTP\/1\.1 200/);
    expect([...accepted].every(({ writableLength }) => writableLength === 0)).toBe(true);
    greedy.resume();
  });

  it('nor does a body that never ends keep a place, but others that wait for their answers do', async () => {
    const dripping = dial();
    dripping.write('POST /waits HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{');
    await arrived(1);
    for (let i = 1; i < CONNECTIONS; i++) dial().write('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived(CONNECTIONS);
    await until(() => ([...accepted].every(({ bytesRead }) => bytesRead > 0) ? true : undefined));
    const gone = closed(dripping);
    dial().write('GET /waits HTTP/1.1\r\nHost: x\r\n\r\n');
    await gone;
    await until(() => ([...accepted].every(({ bytesRead }) => bytesRead > 0) ? true : undefined));
    await closed(dial());
    expect(accepted.size).toBe(CONNECTIONS);
  });
});
