import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchange, makeQuery, makeZone, zoneSet } from '../../tests/support/dns.ts';
import { parseNetwork } from '../keys/network.ts';
import { readFrames, type LoggedQuery } from '../querylog/event.ts';
import { Ring } from '../querylog/ring.ts';
import { Collector, COLLECTOR_LIMITS } from './collector.ts';
import { encodeDnstap, MESSAGE_TYPE, type DnstapMessage } from './dnstap.ts';
import { CONTROL, controlFrame } from './frame-stream.ts';
import { Intake } from './intake.ts';
import { Tally } from './tally.ts';

const NOW = 1_764_000_000_000;
const ORIGIN = 'otter1.digpit.test.';
const zones = zoneSet(makeZone(ORIGIN, 'www 60 A 192.0.2.9', 7), makeZone('digpit.test.', 'www 60 A 192.0.2.1', 0));

let dir: string;
let ring: Ring;
let tally: Tally;
let collector: Collector;
let port: number;
const sockets: Socket[] = [];

async function open(ringSize = 1 << 20, allowed = '127.0.0.0/8', limits = COLLECTOR_LIMITS): Promise<void> {
  ring = new Ring(ringSize);
  tally = new Tally();
  const intake = new Intake({ zones, ring, wake: () => {}, clock: { now: () => NOW }, tally });
  collector = new Collector(intake, tally, [parseNetwork(allowed)!], limits);
  const place = await collector.listen({ address: '127.0.0.1', port: 0 });
  port = 'port' in place ? place.port : 0;
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-collector-'));
  await open();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await collector.stop();
  rmSync(dir, { recursive: true });
});

async function until(look: () => boolean): Promise<void> {
  for (const end = performance.now() + 10_000; !look();) {
    if (performance.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A connection, and what it was answered, in hex. */
async function dial(path?: string): Promise<{ socket: Socket; heard: () => string }> {
  const socket = path === undefined ? connect(port, '127.0.0.1') : connect(path);
  sockets.push(socket);
  let heard = '';
  socket.on('data', (piece: Buffer) => (heard += piece.toString('hex')));
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, heard: () => heard };
}

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

/** A connection that has greeted. */
async function greet(path?: string) {
  const peer = await dial(path);
  peer.socket.write(controlFrame(CONTROL.READY));
  await until(() => peer.heard() === hex(controlFrame(CONTROL.ACCEPT)));
  peer.socket.write(controlFrame(CONTROL.START));
  return peer;
}

function frame(octets: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(octets.length);
  return Buffer.concat([head, octets]);
}

function tap(said: Partial<DnstapMessage>): Uint8Array {
  const all: DnstapMessage = {
    identity: Buffer.from('ns2.example'),
    type: MESSAGE_TYPE.AUTH_RESPONSE,
    protocol: 2,
    address: Uint8Array.of(198, 51, 100, 7),
    port: 4242,
    queryTime: NOW - 5,
    responseTime: NOW - 4.75,
    query: new Uint8Array(0),
    response: new Uint8Array(0),
    ...said,
  };
  return frame(encodeDnstap(all, Buffer.from('test')));
}

const query = makeQuery(`www.${ORIGIN}`, 'A', { edns: { udpSize: 1232 } });
const response = exchange(zones, query)!;

/** Takes everything out of the ring. */
function rows(): LoggedQuery[] {
  const frames = ring.peek(Infinity);
  const read = readFrames(ring.octets.slice(frames.start, frames.end));
  ring.release(frames);
  return read;
}

const count = (outcome: string) => tally.messages.find(([name]) => name === outcome)![1];
const faults = () => Object.fromEntries(tally.faults.filter(([, times]) => times > 0));

describe('what other servers report', () => {
  it('is kept as a query of ours is, with the name of the server', async () => {
    const { socket, heard } = await greet();
    socket.write(tap({ query, response }));
    socket.write(controlFrame(CONTROL.STOP));
    await once(socket, 'close');
    expect(heard()).toBe(hex(controlFrame(CONTROL.ACCEPT)) + hex(controlFrame(CONTROL.FINISH)));
    const [row] = rows();
    expect(row).toMatchObject({
      zone: 7,
      transport: 1,
      port: 4242,
      server: 'ns2.example',
      isQueryUnseen: false,
      took: 250,
      time: NOW - 5,
    });
    expect([hex(row!.query), hex(row!.response), [...row!.address]]).toEqual([hex(query), hex(response), [198, 51, 100, 7]]);
    expect(faults()).toEqual({});
  });

  it('is put together where query and response come apart', async () => {
    const { socket } = await greet();
    socket.write(tap({ type: MESSAGE_TYPE.AUTH_QUERY, query, responseTime: 0 }));
    socket.write(tap({ type: MESSAGE_TYPE.CLIENT_RESPONSE, response, queryTime: 0 }));
    await until(() => count('kept') === 1);
    expect(rows()).toMatchObject([{ isQueryUnseen: false, took: 250, query }]);
    expect(count('paired')).toBe(1);
  });

  it('has what the response repeats where the query never comes', async () => {
    const { socket } = await greet();
    socket.write(tap({ response, identity: new Uint8Array(0), queryTime: 0 }));
    await until(() => count('kept') === 1);
    const [row] = rows();
    expect(row).toMatchObject({ isQueryUnseen: true, server: '127.0.0.1', took: 0 });
    expect(hex(row!.query)).toBe(hex(makeQuery(`www.${ORIGIN}`, 'A')));
  });

  it('does not mix up two clients, or two servers', async () => {
    const [one, two] = [await greet(), await greet()];
    one.socket.write(tap({ type: MESSAGE_TYPE.AUTH_QUERY, query }));
    await until(() => count('paired') === 1);
    one.socket.write(tap({ response, port: 4243 }));
    two.socket.write(tap({ response }));
    await until(() => count('kept') === 2);
    expect(rows().map(({ isQueryUnseen }) => isQueryUnseen)).toEqual([true, true]);
  });

  it('is dropped and counted when it is about nobody here, no DNS, or of another kind', async () => {
    const { socket } = await greet();
    const ours = makeQuery('www.digpit.test.', 'A');
    socket.write(tap({ query: ours, response: exchange(zones, ours)! }));
    socket.write(tap({ response: response.subarray(0, 11) }));
    socket.write(tap({ response, address: new Uint8Array(5) }));
    socket.write(tap({ type: 4, response }));
    socket.write(tap({ query, response }));
    await until(() => count('kept') === 1);
    expect(Object.fromEntries(tally.messages)).toMatchObject({ foreign: 1, malformed: 2, other: 1, kept: 1 });
    expect(rows().length).toBe(1);
  });

  it('has the time of our clock where theirs cannot be right', async () => {
    const { socket } = await greet();
    for (const queryTime of [NOW + 1000, NOW - 3_700_000, 2 ** 60]) socket.write(tap({ query, response, queryTime }));
    await until(() => count('kept') === 3);
    expect(rows().map(({ time }) => time)).toEqual([NOW, NOW, NOW]);
  });

  it('comes through a socket that is a file, also where a dead one lies', async () => {
    const path = join(dir, 'dnstap.sock');
    const dead = createServer().listen(path);
    await once(dead, 'listening');
    // Node takes the file away when it closes; this is what is left of a process that was killed.
    await expect(collector.listen({ path })).rejects.toThrow('EADDRINUSE');
    await new Promise((resolve) => dead.close(resolve));
    await collector.listen({ path });
    const { socket } = await greet(path);
    socket.write(tap({ query, response, identity: new Uint8Array(0) }));
    await until(() => count('kept') === 1);
    expect(rows()).toMatchObject([{ server: 'local' }]);
    expect(existsSync(path)).toBe(true);
  });

  it('waits with its sender while there is no room, and nothing of it is lost', async () => {
    await collector.stop();
    await open(512 << 10);
    const { socket } = await greet();
    const total = 5000;
    const many = Buffer.concat(Array.from({ length: 1000 }, () => tap({ query, response })));
    for (let i = 0; i < total; i += 1000) socket.write(many);
    await until(() => ring.size - ring.used < 300 << 10);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = count('kept');
    expect(before).toBeLessThan(total);
    let read = 0;
    await until(() => (read += rows().length) === total);
    expect([count('kept'), ring.dropped]).toEqual([total, 0]);
    expect(faults()).toEqual({});
  });
});

describe('a connection ends, is counted, and nothing else happens', () => {
  const contentType = Buffer.from(hex(controlFrame(CONTROL.READY)).replace('446e73746170', '456e73746170'), 'hex');
  it.each([
    ['of another content type', 'content_type', [contentType]],
    ['that begins with data', 'control', [tap({ query, response })]],
    ['that greets twice', 'control', [controlFrame(CONTROL.READY), controlFrame(CONTROL.READY)]],
    ['that says what we say', 'control', [controlFrame(CONTROL.FINISH)]],
    ['with a frame of 4 GB', 'length', [controlFrame(CONTROL.START), Uint8Array.of(255, 255, 255, 255)]],
    ['with a control frame of 4 GB', 'length', [Uint8Array.of(0, 0, 0, 0, 255, 255, 255, 255)]],
    ['of something else', 'length', [Buffer.from('GET / HTTP/1.1\r\n\r\n')]],
    ['with garbage for a message', 'message', [controlFrame(CONTROL.START), frame(Buffer.from('garbage, no protobuf'))]],
  ])('%s', async (_, fault, pieces) => {
    const { socket } = await dial();
    for (const piece of pieces) socket.write(piece);
    await once(socket, 'close');
    await until(() => tally.connections === 0);
    expect(faults()).toEqual({ [fault]: 1 });
    expect(ring.isEmpty).toBe(true);
  });

  it('in the middle of a frame', async () => {
    const { socket } = await greet();
    socket.end(tap({ query, response }).subarray(0, 50));
    await until(() => faults()['cut'] === 1);
    expect([tally.connections, ring.isEmpty]).toEqual([0, true]);
  });

  it('from a network that may not report', async () => {
    await collector.stop();
    await open(1 << 20, '192.0.2.0/24');
    const { socket } = await dial();
    await once(socket, 'close');
    expect(faults()).toEqual({ refused: 1 });
  });

  it('where there are too many, or they hold too much', async () => {
    await collector.stop();
    await open(1 << 20, '127.0.0.0/8', { connections: 2, octets: 100_000 });
    const [one] = [await greet(), await greet()];
    const { socket } = await dial();
    await once(socket, 'close');
    expect(faults()).toEqual({ crowded: 1 });
    one.socket.write(Buffer.concat([Uint8Array.of(0, 2, 0, 0), new Uint8Array(120_000)]));
    await once(one.socket, 'close');
    expect(faults()).toEqual({ crowded: 2 });
  });
});
