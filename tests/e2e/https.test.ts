import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueriesJson } from '../../server/http/protocol.ts';
import { decodeMessage } from '../../server/wire/message.ts';
import { lines, makeQuery } from '../support/dns.ts';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

it('a query over HTTPS is answered by the same server and stands in the log as one', async () => {
  const visitor = new Visitor(server.page);
  const { zone } = await visitor.begin();
  await visitor.call('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' });
  const padded = { udpSize: 1232, options: Uint8Array.of(0, 12, 0, 0) };
  const body = makeQuery(`www.${zone}`, 'A', { edns: padded });
  const headers = { 'content-type': 'application/dns-message' };
  const reply = await fetch(`${server.page}/dns-query`, { method: 'POST', headers, body: Buffer.from(body) });
  const octets = new Uint8Array(await reply.arrayBuffer());
  expect([lines(decodeMessage(octets).answer), octets.length]).toEqual([[`www.${zone} 60 A 192.0.2.1`], 468]);

  const logged = await until(async () => {
    const { queries } = (await visitor.call<QueriesJson>('GET', '/api/queries')).body;
    return queries.length > 0 ? queries : undefined;
  });
  expect(logged).toMatchObject([
    { qname: `www.${zone}`, transport: 'https', source: { address: '127.0.0.1' }, responseSize: 468 },
  ]);
  const metrics = await (await fetch(`${server.page}/metrics`)).text();
  expect(metrics).toMatch(/\{proto="https"\} 1$/m);
});

it('says over TCP for how long an idle connection stays open', async () => {
  const edns = { udpSize: 1232, options: Uint8Array.of(0, 11, 0, 0) };
  const answer = await askServer(server.dnsPort, 'digpit.test.', 'SOA', { transport: 'tcp', edns });
  expect(answer.edns!.options.find(({ code }) => code === 11)?.value).toBe('0064');
});
