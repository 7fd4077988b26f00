import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { makeQuery } from '../../tests/support/dns.ts';
import type { Listener } from './endpoint.ts';
import { listenAll } from './listeners.ts';
import { listenTcp, TCP_LIMITS } from './tcp.ts';

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

async function listen(address = '127.0.0.1'): Promise<Listener[]> {
  const listeners = await listenAll(
    [{ address, port: 0 }],
    echo,
    (exchange, _query, queryLength) =>
      reports.push(`${exchange.transport} ${exchange.address.slice(0, exchange.addressLength).join('.')} ${queryLength}`),
    (error) => errors.push(error),
  );
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

describe('UDP', () => {
  it.each(['127.0.0.1', '::1'])('answers on %s, and goes on after a mistake of ours', async (host) => {
    const [, udp] = await listen(host);
    const client = createSocket(host === '::1' ? 'udp6' : 'udp4');
    client.send(Uint8Array.of(0xdd), udp!.port, host);
    client.send(Uint8Array.of(0xee, 1), udp!.port, host);
    client.send(Uint8Array.of(1, 2, 3), udp!.port, host);
    const [message] = (await once(client, 'message')) as [Buffer];
    client.close();
    expect([...message]).toEqual([1, 2, 3]);
    expect(errors).toHaveLength(1);
    expect(reports).toEqual([`0 ${host === '::1' ? '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1' : '127.0.0.1'} 3`]);
  });

  it('sees an IPv4 client of an IPv6 socket as IPv4', async () => {
    const [, udp] = await listen('::');
    const client = createSocket('udp4');
    client.send(Uint8Array.of(1, 2, 3), udp!.port, '127.0.0.1');
    await once(client, 'message');
    client.close();
    expect(reports).toEqual(['0 127.0.0.1 3']);
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
      echo,
      () => {},
      () => {},
      { ...TCP_LIMITS, idle: 60 },
    );
    open.push(tcp);
    const socket = await dial(tcp.port);
    const closed = once(socket, 'close');
    const drip = setInterval(() => socket.write(Uint8Array.of(0xff)), 15);
    await closed;
    clearInterval(drip);
  });

  it('closes connections beyond the cap, and serves the others', async () => {
    const tcp = await listenTcp(
      { address: '127.0.0.1', port: 0 },
      echo,
      () => {},
      () => {},
      { ...TCP_LIMITS, connections: 2 },
    );
    open.push(tcp);
    const first = await dial(tcp.port);
    await dial(tcp.port);
    const third = await dial(tcp.port);
    expect((await receive(third, 1)).length).toBe(0);
    first.write(framed(Uint8Array.of(5)));
    expect([...(await receive(first, 3))]).toEqual([0, 1, 5]);
  });

  it('drops a client that asks and does not read', async () => {
    const tcp = await listenTcp(
      { address: '127.0.0.1', port: 0 },
      echo,
      () => {},
      () => {},
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
        echo,
        () => {},
        () => {},
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
