import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Counters } from '../../server/answer/counters.ts';
import { Responder } from '../../server/answer/responder.ts';
import type { Listener } from '../../server/net/endpoint.ts';
import { Deframer } from '../../server/net/framing.ts';
import { listenTcp } from '../../server/net/tcp.ts';
import { decodeMessage, type DecodedMessage } from '../../server/wire/message.ts';
import { CLOCKS, makeQuery, makeZone, PLAIN, zoneSet, type Ask } from '../support/dns.ts';

const many = Array.from({ length: 200 }, (_, i) => `big 60 TXT "${i} ${'x'.repeat(100)}"`).join('\n');
const responder = new Responder(zoneSet(makeZone('example.', `www 60 A 192.0.2.1\n${many}`)), new Counters(), PLAIN, CLOCKS);
let listener: Listener;
const sockets: Socket[] = [];
beforeAll(async () => {
  const fail = (error: unknown) => {
    throw error;
  };
  listener = await listenTcp(
    { address: '127.0.0.1', port: 0 },
    { respond: responder.respond.bind(responder), report: () => {}, onError: fail },
  );
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => listener.close());

function framed(qname: string, qtype: string, options: Ask = {}): number[] {
  const query = makeQuery(qname, qtype, options);
  return [query.length >> 8, query.length & 0xff, ...query];
}

function open(): Socket {
  const socket = connect(listener.port, listener.address);
  sockets.push(socket);
  return socket;
}

/** The next `count` answers of a connection. */
function answers(socket: Socket, count: number): Promise<DecodedMessage[]> {
  const deframer = new Deframer();
  const got: DecodedMessage[] = [];
  return new Promise((resolve, reject) => {
    socket.on('error', reject).on('data', (piece: Buffer) => {
      deframer.push(piece, (message) => got.push(decodeMessage(message)));
      if (got.length >= count) resolve(got);
    });
  });
}

describe('RFC 7766 and RFC 9210, DNS over TCP', () => {
  it('§6.2.1.1: takes many queries without waiting, and answers each under its own id', async () => {
    const socket = open();
    const ids = Array.from({ length: 500 }, (_, i) => i + 1);
    socket.write(Buffer.from(ids.flatMap((id) => framed(id % 2 === 0 ? 'www.example.' : 'nothing.example.', 'A', { id }))));
    const got = await answers(socket, ids.length);
    expect(got.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(ids);
    for (const { id, rcode } of got) expect(rcode).toBe(id % 2 === 0 ? 'NOERROR' : 'NXDOMAIN');
  });

  it('§8: the length is two octets in front, and the limit of UDP is none here', async () => {
    const socket = open();
    socket.write(Buffer.from(framed('big.example.', 'TXT', { edns: { udpSize: 512 } })));
    const [answer] = await answers(socket, 1);
    expect([answer!.answer.length, answer!.flags.includes('TC')]).toEqual([200, false]);
  });

  it('a query that is refused does not end the connection, nor does one without an answer', async () => {
    const socket = open();
    const response = makeQuery('www.example.', 'A', { id: 8, flags: 0x8000 });
    const broken = [0, 14, 0, 9, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, 1];
    socket.write(Buffer.from([0, 0, 0, response.length, ...response, ...broken, ...framed('www.example.', 'A', { id: 10 })]));
    const got = await answers(socket, 2);
    expect(got.map(({ id, rcode }) => [id, rcode])).toEqual([
      [9, 'FORMERR'],
      [10, 'NOERROR'],
    ]);
  });

  it('§6.2.4: a client that has said all may close its side, and still gets its answers', async () => {
    const socket = open();
    socket.end(Buffer.from([...framed('www.example.', 'A', { id: 1 }), ...framed('www.example.', 'A', { id: 2 })]));
    expect((await answers(socket, 2)).map(({ id }) => id)).toEqual([1, 2]);
    await once(socket, 'close');
  });
});
