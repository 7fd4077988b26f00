import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeAnswerJson, PracticeJson, VisitJson } from '../../server/http/asking-protocol.ts';
import { decodeMessage } from '../../server/wire/message.ts';
import { makeQuery } from '../support/dns.ts';
import { removeDir, startServer, Visitor, type RunningServer } from '../support/server.ts';

let server: RunningServer;
let visitor: Visitor;
let zone: string;
let port: number;

beforeAll(async () => {
  server = await startServer({ DIGPIT_PRACTICE_PORTS: '0,0,0' });
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
  port = (await look()).resolvers[0]!.port!;
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

const look = async () => (await visitor.call<PracticeJson>('GET', '/api/practice')).body;
const add = async (record: object) => {
  const { status, body } = await visitor.call('POST', '/api/records', { ttl: 60, ...record });
  if (status !== 201) throw new Error(JSON.stringify(body));
};
const ask = async (resolver: string, name: string, type = 'A') =>
  visitor.call<PracticeAnswerJson>('POST', '/api/practice/ask', { resolver, name, type });
const residentMegabytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))![1]) / 1024;

describe('somebody who means no good', () => {
  it('asks for two thousand names: the cache stays within its bounds, and so does the server', async () => {
    const socket = createSocket('udp4');
    let got = 0;
    socket.on('message', () => got++);
    const before = residentMegabytes();
    for (let i = 0; i < 2000; i++) {
      socket.send(makeQuery(`n${i}.${zone}`, 'A'), port, '127.0.0.1');
      // As many at once as one zone may have; what comes too fast is told so.
      if (i % 5 === 4)
        for (const end = got + 5; got < end;) await once(socket, 'message', { signal: AbortSignal.timeout(3000) });
    }
    socket.close();
    const cache = (await look()).resolvers[0]!.cache;
    expect([got, cache.length > 50, cache.length <= 200]).toEqual([2000, true, true]);
    expect(cache.map(({ name }) => name)).toContain(`n1999.${zone}`);
    expect(residentMegabytes() - before).toBeLessThan(40);
  }, 60_000);

  it('asks faster than one zone may: the rest is told so, not kept waiting', async () => {
    const socket = createSocket('udp4');
    const rcodes: string[] = [];
    const all = new Promise<void>((done) => {
      socket.on('message', (message) => {
        rcodes.push(decodeMessage(message).rcode);
        if (rcodes.length === 200) done();
      });
    });
    for (let i = 0; i < 200; i++) socket.send(makeQuery(`f${i}.${zone}`, 'A'), port, '127.0.0.1');
    await Promise.race([all, new Promise((done) => setTimeout(done, 3000))]);
    socket.close();
    expect(new Set(rcodes)).toEqual(new Set(['NXDOMAIN', 'SERVFAIL']));
    expect((await ask('amber', zone, 'SOA')).body.rcode).toBe('NOERROR');
  });

  it('builds chains and circles: each ends soon, with a reason', async () => {
    for (let i = 0; i < 30; i++) await add({ name: `c${i}`, type: 'CNAME', target: `c${i + 1}.${zone}` });
    await add({ name: 'o1', type: 'CNAME', target: `o2.${zone}` });
    await add({ name: 'o2', type: 'CNAME', target: `o1.${zone}` });
    for (let i = 0; i < 20; i++) await add({ name: `d${i}`, type: 'NS', target: `ns.d${(i + 1) % 20}.${zone}` });
    for (const [name, reason] of [
      [`c0.${zone}`, 'limit'],
      [`o1.${zone}`, 'loop'],
      [`x.d0.${zone}`, undefined],
    ] as const) {
      const { status, body } = await ask('basil', name);
      expect([status, body.rcode]).toEqual([200, 'SERVFAIL']);
      expect(body.steps.length).toBeLessThan(80);
      expect(body.took).toBeLessThan(3_000_000);
      const last = body.steps.findLast((step) => step.kind === 'stop');
      if (reason !== undefined) expect(last).toMatchObject({ reason });
    }
  });

  it('serves an answer that takes long to read: it is cut at the door, and the resolver says so', async () => {
    for (let i = 0; i < 40; i++) await add({ name: 'huge', type: 'TXT', text: `${i} ${'x'.repeat(250)}` });
    const { body } = await ask('amber', `huge.${zone}`, 'TXT');
    expect([body.rcode, body.steps.at(-1)]).toMatchObject(['SERVFAIL', { kind: 'stop', reason: 'unreadable' }]);
    expect(body.took).toBeLessThan(1_000_000);
  });

  it.each(['127.0.0.1', '169.254.169.254', '10.0.0.1', '0.0.0.0'])(
    'points a name at %s: nobody connects there',
    async (address) => {
      const name = `ssrf-${address.replaceAll('.', '-')}`;
      await add({ name, type: 'A', address });
      const { body } = await visitor.call<VisitJson>('POST', '/api/practice/visit', {
        resolver: 'amber',
        name: `${name}.${zone}`,
      });
      expect([body.outcome, body.tried, body.site]).toEqual(['nobody', [{ address, target: null }], undefined]);
    },
  );

  it('sends the sites what is no request, and the resolver what is no query', async () => {
    const { targets } = await look();
    const socket = connect(targets[0]!.port, targets[0]!.address);
    socket.write('\u0000\u0001 not HTTP at all\r\n\r\n');
    socket.resume();
    await once(socket, 'close', { signal: AbortSignal.timeout(8000) });
    const garbage = createSocket('udp4');
    for (let length = 0; length < 64; length++) garbage.send(Buffer.alloc(length, length * 7), port, '127.0.0.1');
    garbage.close();
    expect((await ask('amber', zone, 'SOA')).status).toBe(200);
    expect(server.process.exitCode).toBeNull();
    expect(server.said()).not.toContain('failed');
  });

  it.each([
    ['POST', '/api/practice/ask', { resolver: 'dora', name: 'x.', type: 'A' }, 400],
    ['POST', '/api/practice/ask', { resolver: 'amber', name: 'a..b', type: 'A' }, 422],
    ['POST', '/api/practice/ask', { resolver: 'amber', name: 'a', type: '' }, 422],
    ['POST', '/api/practice/ask', [1], 400],
    ['POST', '/api/practice/visit', { resolver: ['amber'], name: 'a' }, 400],
    ['PUT', '/api/practice/clock', { speed: '60' }, 400],
    ['PUT', '/api/practice/clock', { speed: 1e9 }, 400],
    ['DELETE', '/api/practice/__proto__/cache', undefined, 400],
    ['GET', '/api/practice?after=x', undefined, 400],
    ['PATCH', '/api/practice', undefined, 405],
  ])('%s %s with %j gets a plain refusal', async (method, path, body, status) => {
    const reply = await visitor.call<{ error: { message: string } }>(method, path, body);
    expect([reply.status, reply.body.error.message.length > 10]).toEqual([status, true]);
  });
});
