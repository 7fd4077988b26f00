import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueriesJson } from '../../server/http/protocol.ts';
import { askServer } from '../support/dns-client.ts';
import { makeQuery } from '../support/dns.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

let server: RunningServer;

afterEach(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

/** Asks from a port of its own each time: it is by their ports that the kernel deals clients out to threads. */
const addressOf = async (qname: string) => (await askServer(server.dnsPort, qname, 'A')).answer[0]?.content;

describe.each([
  ['dgram', { DIGPIT_UDP: 'dgram' }],
  ['batched, one thread', { DIGPIT_UDP: 'batched' }],
  ['batched, three threads', { DIGPIT_UDP: 'batched', DIGPIT_UDP_WORKERS: '3' }],
])('UDP by %s', (_, settings) => {
  it('answers every client with the edit that was just saved, and logs each query once', async () => {
    server = await startServer({ DIGPIT_LOG_LEVEL: 'warn', ...settings });
    const visitor = new Visitor(server.page);
    const { zone } = await visitor.begin();
    const record = { name: 'www', type: 'A', ttl: 60 };
    const { body } = await visitor.call<{ id: number }>('POST', '/api/records', { ...record, address: '192.0.2.0' });
    for (let edit = 1; edit <= 10; edit++) {
      const { status } = await visitor.call('PUT', `/api/records/${body.id}`, { ...record, address: `192.0.2.${edit}` });
      expect(status).toBe(200);
      const answers = await Promise.all(Array.from({ length: 6 }, () => addressOf(`www.${zone}`)));
      expect(new Set(answers)).toEqual(new Set([`192.0.2.${edit}`]));
    }
    const log = await until(async () => {
      // 503 when the log is being written for longer than a reader waits: it is to ask again.
      const { status, body: page } = await visitor.call<QueriesJson>('GET', '/api/queries?limit=500');
      return status === 200 && page.queries.length >= 60 ? page.queries : undefined;
    });
    expect(new Set(log.map(({ id }) => id)).size).toBe(60);
    expect(server.said()).not.toContain('one packet at a time');
  });
});

it('an address may name its interface', async () => {
  server = await startServer({ DIGPIT_DNS_HOST: '::1%lo,127.0.0.1' });
  const socket = createSocket('udp6');
  const [, port] = /DNS: +::1%lo port (\d+)/.exec(server.told)!;
  socket.send(makeQuery('digpit.test.', 'SOA'), Number(port), '::1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  expect(answer[3]! & 15).toBe(0);
});

it('DIGPIT_LOG_MAX_BYTES=0: queries are answered, and nothing is logged', async () => {
  server = await startServer({ DIGPIT_LOG_MAX_BYTES: '0' });
  const visitor = new Visitor(server.page);
  const { zone } = await visitor.begin();
  await visitor.call('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, address: '192.0.2.7' });
  expect(await addressOf(`www.${zone}`)).toBe('192.0.2.7');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await visitor.call<QueriesJson>('GET', '/api/queries')).body.queries).toEqual([]);
});

it('a query longer than is read whole is answered as malformed, and others go on', async () => {
  server = await startServer();
  const socket = createSocket('udp4');
  const query = makeQuery('digpit.test.', 'SOA');
  socket.send(Buffer.concat([query, Buffer.alloc(20_000)]), server.dnsPort, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  expect(answer[3]! & 15).toBe(1);
  expect((await askServer(server.dnsPort, 'digpit.test.', 'SOA')).answer).toHaveLength(1);
});
