import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeQuery } from '../../tests/support/dns.ts';
import { until } from '../../tests/support/server.ts';
import { parseAddress } from '../wire/address.ts';
import type { Endpoint, Listener, Report } from './endpoint.ts';
import { listenAll } from './listeners.ts';
import { BatchedUdp } from './batched-udp.ts';
import { Libc } from './libc.ts';
import { listenTcp, TCP_LIMITS } from './tcp.ts';
import { listenUdp } from './udp.ts';

/** Answers with the message itself; a first octet of 0xee gets no answer, 0xdd is our own mistake. */
function echo(from: Uint8Array, length: number, out: Uint8Array): number {
  if (from[0] === 0xdd) throw new Error('our own mistake');
  out.set(from.subarray(0, length));
  return from[0] === 0xee ? 0 : length;
}

const open: Listener[] = [];
const sockets: Socket[] = [];
const errors: unknown[] = [];
const reports: string[] = [];

const report: Report = (exchange, _query, queryLength) =>
  reports.push(`${exchange.transport} ${exchange.address.slice(0, exchange.addressLength).join('.')} ${queryLength}`);
const onError = (error: unknown) => errors.push(error);

const libc = await Libc.load();
/** The ways to read UDP that this machine has. */
const WAYS: Record<string, (at: Endpoint) => Listener | Promise<Listener>> = {
  dgram: (at) => listenUdp(at, { respond: echo, report, onError }),
  ...(libc instanceof Libc && { batched: (at) => listenBatched(libc, at) }),
};

/** In the product a thread does nothing but take turns; here a timer does it. */
function listenBatched(system: Libc, { address, port }: Endpoint): Listener {
  const fd = system.openUdp({ address: parseAddress(address)!, scope: 0, port }, 1 << 20, false);
  const udp = new BatchedUdp(system, [fd], { respond: echo, report, onError }, { answerRoom: 512, onBatch: () => {} });
  const timer = setInterval(() => udp.turn(), 1);
  const close = async () => {
    clearInterval(timer);
    system.close(fd);
  };
  return { transport: 'udp', address, port: system.portOf(fd), close };
}

async function listen(address = '127.0.0.1', openUdp = WAYS['dgram']!): Promise<Listener[]> {
  const listeners = await listenAll([{ address, port: 0 }], { respond: echo, report, onError }, openUdp);
  open.push(...listeners);
  return listeners;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
  errors.length = reports.length = 0;
});

async function dial(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host, noDelay: true });
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** Resolves with everything received once `count` octets are there or the other side closed. */
function receive(socket: Socket, count: number): Promise<Buffer> {
  return new Promise((resolve) => {
    let all = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      all = Buffer.concat([all, piece]);
      if (all.length >= count) resolve(all);
    });
    socket.on('close', () => resolve(all));
  });
}

const framed = (message: Uint8Array) => Buffer.from([message.length >> 8, message.length & 0xff, ...message]);

describe.each(Object.entries(WAYS))('UDP, %s', (_, openUdp) => {
  const bind = async (host: string) => (await listen(host, openUdp))[1]!;

  it.each(['127.0.0.1', '::1'])('answers on %s, and goes on after a mistake of ours', async (host) => {
    const udp = await bind(host);
    const client = createSocket(host === '::1' ? 'udp6' : 'udp4');
    client.send(Uint8Array.of(0xdd), udp.port, host);
    client.send(Uint8Array.of(0xee, 1), udp.port, host);
    client.send(Uint8Array.of(1, 2, 3), udp.port, host);
    const [message] = (await once(client, 'message')) as [Buffer];
    client.close();
    expect([...message]).toEqual([1, 2, 3]);
    expect(errors).toHaveLength(1);
    expect(reports).toEqual([`0 ${host === '::1' ? '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1' : '127.0.0.1'} 3`]);
  });

  it('sees an IPv4 client of an IPv6 socket as IPv4', async () => {
    const udp = await bind('::');
    const client = createSocket('udp4');
    client.send(Uint8Array.of(1, 2, 3), udp.port, '127.0.0.1');
    await once(client, 'message');
    client.close();
    expect(reports).toEqual(['0 127.0.0.1 3']);
  });

  it('answers hundreds that wait, each client its own', async () => {
    const udp = await bind('127.0.0.1');
    const clients = Array.from({ length: 5 }, () => createSocket('udp4'));
    const got = clients.map(() => new Set<number>());
    clients.forEach((client, c) => client.on('message', ([from, n]) => from === c && got[c]!.add(n!)));
    for (let n = 0; n < 40; n++) clients.forEach((client, c) => client.send(Uint8Array.of(c, n), udp.port, '127.0.0.1'));
    await until(() => (got.every(({ size }) => size === 40) ? true : undefined));
    for (const client of clients) client.close();
    expect(reports).toHaveLength(200);
  });

  it('rejects an address that is taken, and one that is not of this machine', async () => {
    const udp = await bind('127.0.0.1');
    await expect((async () => openUdp({ address: '127.0.0.1', port: udp.port }))()).rejects.toThrow('EADDRINUSE');
    await expect((async () => openUdp({ address: '192.0.2.1', port: 0 }))()).rejects.toThrow('EADDRNOTAVAIL');
  });
});

describe.runIf(libc instanceof Libc)('UDP in batches, on all addresses', () => {
  it.each([
    ['0.0.0.0', ['127.0.0.1', '127.0.0.7', '127.1.2.3']],
    ['::', ['127.0.0.9', '::1']],
  ])('%s: answers from the address that was asked', async (wildcard, hosts) => {
    const udp = (await listen(wildcard, WAYS['batched']))[1]!;
    for (const host of hosts) {
      const client = createSocket(host === '::1' ? 'udp6' : 'udp4');
      client.send(Uint8Array.of(7), udp.port, host);
      const [, from] = (await once(client, 'message')) as [Buffer, { address: string }];
      client.close();
      expect(from.address).toBe(host);
    }
  });
});

describe('TCP, RFC 7766', () => {
  it('§6.2.1: answers many queries of one connection, also when they come in one packet', async () => {
    const [tcp] = await listen();
    const socket = await dial(tcp!.port);
    const queries = Array.from({ length: 200 }, (_, i) => framed(makeQuery(`n${i}.test.`, 'A')));
    const all = Buffer.concat(queries);
    socket.write(all);
    expect(await receive(socket, all.length)).toEqual(all);
    expect(reports).toHaveLength(200);
  });

  it('§8: takes a message in pieces', async () => {
    const [tcp] = await listen();
    const socket = await dial(tcp!.port);
    const message = framed(Uint8Array.of(1, 2, 3, 4));
    for (const octet of message) {
      socket.write(Uint8Array.of(octet));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await receive(socket, message.length)).toEqual(message);
  });

  it('answers a client that has closed its side', async () => {
    const [tcp] = await listen();
    const socket = await dial(tcp!.port);
    socket.end(framed(Uint8Array.of(1, 2)));
    expect([...(await receive(socket, 4))]).toEqual([0, 2, 1, 2]);
  });

  it('§6.2.3: closes a connection on which nothing whole comes', async () => {
    const tcp = await listenTcp(
      { address: '127.0.0.1', port: 0 },
      { respond: echo, report: () => {}, onError: () => {} },
      { ...TCP_LIMITS, idle: 60 },
    );
    open.push(tcp);
    const socket = await dial(tcp.port);
    const closed = once(socket, 'close');
    const drip = setInterval(() => socket.write(Uint8Array.of(0xff)), 15);
    await closed;
    clearInterval(drip);
  });

  it('closes the connection that was silent longest where one more than the cap comes, and serves the others', async () => {
    const tcp = await listenTcp(
      { address: '127.0.0.1', port: 0 },
      { respond: echo, report: () => {}, onError: () => {} },
      { ...TCP_LIMITS, connections: 2 },
    );
    open.push(tcp);
    const first = await dial(tcp.port);
    const second = await dial(tcp.port);
    first.write(framed(Uint8Array.of(4)));
    expect([...(await receive(first, 3))]).toEqual([0, 1, 4]);
    const third = await dial(tcp.port);
    expect((await receive(second, 1)).length).toBe(0);
    for (const socket of [first, third]) {
      socket.write(framed(Uint8Array.of(5)));
      expect([...(await receive(socket, 3))]).toEqual([0, 1, 5]);
    }
  });

  it('drops a client that asks and does not read', async () => {
    const tcp = await listenTcp(
      { address: '127.0.0.1', port: 0 },
      { respond: echo, report: () => {}, onError: () => {} },
      { ...TCP_LIMITS, backlog: 100_000 },
    );
    open.push(tcp);
    const socket = await dial(tcp.port);
    socket.on('error', () => {});
    socket.pause();
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const large = framed(new Uint8Array(60_000));
    const flood = setInterval(() => socket.write(large), 1);
    await closed;
    clearInterval(flood);
  });
});

describe('starting and stopping', () => {
  it('rejects when the port is taken, and leaves no socket behind', async () => {
    const [tcp] = await listen();
    await expect(
      listenAll(
        [{ address: '127.0.0.1', port: tcp!.port }],
        { respond: echo, report: () => {}, onError: () => {} },
        WAYS['dgram']!,
      ),
    ).rejects.toThrow('EADDRINUSE');
  });

  it('answers what has come and then closes', async () => {
    const [tcp] = await listen();
    const socket = await dial(tcp!.port);
    socket.write(framed(Uint8Array.of(1)));
    await receive(socket, 3);
    await Promise.all(open.splice(0).map((listener) => listener.close()));
    await expect(dial(tcp!.port)).rejects.toThrow('ECONNREFUSED');
  });
});
