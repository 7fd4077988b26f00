import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Counters } from '../../server/answer/counters.ts';
import type { Exchange } from '../../server/answer/exchange.ts';
import { Responder } from '../../server/answer/responder.ts';
import { TRANSPORT } from '../../server/answer/transport.ts';
import type { Listener } from '../../server/net/endpoint.ts';
import { Deframer } from '../../server/net/framing.ts';
import { TCP_LIMITS } from '../../server/net/tcp.ts';
import { listenTls, TlsIdentity } from '../../server/net/tls.ts';
import { decodeMessage } from '../../server/wire/message.ts';
import { CLOCKS, makeQuery, makeZone, PLAIN, zoneSet } from '../support/dns.ts';

const fixtures = new URL('../support/tls/', import.meta.url).pathname;
const responder = new Responder(zoneSet(makeZone('example.', 'www 60 A 192.0.2.1')), new Counters(), PLAIN, CLOCKS);
const dir = mkdtempSync(join(tmpdir(), 'digpit-tls-'));
const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
const transports: number[] = [];
const errors: unknown[] = [];
const sockets: TLSSocket[] = [];
let identity: TlsIdentity;
let listener: Listener;

function use(name: string): void {
  copyFileSync(`${fixtures}${name}.pem`, cert);
  copyFileSync(`${fixtures}${name}.key`, key);
}

beforeAll(async () => {
  use('one');
  identity = new TlsIdentity(cert, key);
  const calls = {
    respond: responder.respond.bind(responder),
    report: ({ transport }: Exchange) => transports.push(transport),
    onError: (error: unknown) => errors.push(error),
  };
  listener = await listenTls({ address: '127.0.0.1', port: 0 }, calls, identity, { ...TCP_LIMITS, idle: 300, connections: 4 });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  expect(errors.splice(0)).toEqual([]);
});
afterAll(async () => {
  await listener.close();
  rmSync(dir, { recursive: true });
});

function open(options: ConnectionOptions = {}): TLSSocket {
  const socket = connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false, ...options });
  sockets.push(socket);
  return socket;
}

/** The octets of the answers to queries that are sent all at once. */
function ask(socket: TLSSocket, queries: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const deframer = new Deframer();
  const got: Uint8Array[] = [];
  socket.write(Buffer.concat(queries.map((query) => Buffer.from([query.length >> 8, query.length & 0xff, ...query]))));
  return new Promise((resolve, reject) => {
    socket.on('error', reject).on('data', (piece: Buffer) => {
      deframer.push(piece, (message) => got.push(message.slice()));
      if (got.length >= queries.length) resolve(got);
    });
  });
}

const holderOf = (socket: TLSSocket): string => String(socket.getPeerCertificate().subject.CN);

describe('RFC 7858, DNS over TLS', () => {
  it('§3.3: takes many queries on a connection, and answers each', async () => {
    const socket = open();
    const ids = Array.from({ length: 50 }, (_, i) => i + 1);
    const got = await ask(
      socket,
      ids.map((id) => makeQuery(id % 2 === 0 ? 'www.example.' : 'no.example.', 'A', { id })),
    );
    const found = got.map((octets) => decodeMessage(octets)).map(({ id, rcode }) => `${id} ${rcode}`);
    expect(found.toSorted()).toEqual(ids.map((id) => `${id} ${id % 2 === 0 ? 'NOERROR' : 'NXDOMAIN'}`).toSorted());
    expect(transports.splice(0)).toEqual(ids.map(() => TRANSPORT.DOT));
    expect(holderOf(socket)).toBe('one.digpit.test');
  });

  it('RFC 7830 §3 and RFC 8467 §4.1: pads the answer to a query that is padded', async () => {
    const [answer] = await ask(open(), [
      makeQuery('www.example.', 'A', { edns: { udpSize: 1232, options: Uint8Array.of(0, 12, 0, 1, 0) } }),
    ]);
    expect(answer!.length % 468).toBe(0);
  });

  it('§3.2: speaks nothing older than TLS 1.2, and says with ALPN what it speaks', async () => {
    const socket = open({ ALPNProtocols: ['dot'] });
    await once(socket, 'secureConnect');
    expect([socket.alpnProtocol, socket.getProtocol()]).toEqual(['dot', 'TLSv1.3']);
    const old = open({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    await expect(once(old, 'secureConnect')).rejects.toThrow(/alert|protocol|version|reset|disconnected/i);
  });

  it('what is no TLS gets no answer, and who is silent is let go', async () => {
    const plain = connectTcp(listener.port, '127.0.0.1');
    let got = Buffer.alloc(0);
    plain.on('data', (piece: Buffer) => (got = Buffer.concat([got, piece]))).on('error', () => {});
    const query = makeQuery('www.example.', 'A');
    plain.write(Buffer.from([query.length >> 8, query.length & 0xff, ...query]));
    await once(plain, 'close');
    // An alert of TLS at most.
    expect(got.length).toBeLessThan(10);
    const silent = connectTcp(listener.port, '127.0.0.1');
    silent.resume();
    await once(silent, 'close');
    expect(transports.splice(0).length).toBe(1);
    expect((await ask(open(), [query])).length).toBe(1);
  });

  it('where there are as many connections as can be, the one that was silent longest gives way', async () => {
    const first = open();
    first.on('error', () => {});
    const ended = once(first, 'close');
    for (let n = 0; n < 4; n++) await ask(open(), [makeQuery('www.example.', 'A')]);
    await ended;
  });

  it('a new certificate counts for connections from then on; one that is none changes nothing', async () => {
    const before = open();
    await once(before, 'secureConnect');
    use('two');
    identity.reload();
    writeFileSync(cert, 'no certificate');
    expect(() => identity.reload()).toThrow(/DIGPIT_TLS_CERT=.*cert\.pem.*no certificate and its key/);
    const after = open();
    await once(after, 'secureConnect');
    expect([holderOf(before), holderOf(after)]).toEqual(['one.digpit.test', 'two.digpit.test']);
    copyFileSync(`${fixtures}one.pem`, cert);
    expect(() => identity.reload()).toThrow(/DIGPIT_TLS_KEY/);
  });
});
