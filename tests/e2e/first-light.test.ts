import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LiveMessage, QueriesJson, QueryJson, RecordJson, RecordsJson } from '../../server/http/protocol.ts';
import { lines } from '../support/dns.ts';
import { askServer } from '../support/dns-client.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

let server: RunningServer;
let visitor: Visitor;
let zone: string;

beforeAll(async () => {
  server = await startServer();
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

const addRecord = (record: object) => visitor.call<RecordJson>('POST', '/api/records', { ttl: 60, ...record });
const newest = async () => (await visitor.call<QueriesJson>('GET', '/api/queries?limit=1')).body.queries[0];

describe('from one click to the answer', () => {
  it('the subdomain is a word and a number, and has SOA and NS without anyone adding them', async () => {
    expect(zone).toMatch(/^[a-z]+\d+\.digpit\.test\.$/);
    expect(lines((await askServer(server.dnsPort, zone, 'NS')).answer)).toEqual([`${zone} 300 NS ns1.digpit.test.`]);
    expect((await askServer(server.dnsPort, zone, 'SOA')).answer[0]!.content).toMatch(
      /^ns1\.digpit\.test\. hostmaster\.digpit\.test\. 1 /,
    );
    expect(lines((await askServer(server.dnsPort, 'ns1.digpit.test.', 'A')).answer)).toEqual([
      'ns1.digpit.test. 3600 A 127.0.0.1',
    ]);
  });

  it.each(['udp', 'tcp'] as const)('an edit is answered at once over %s', async (transport) => {
    const name = `www-${transport}`;
    const { status, body } = await addRecord({ name, type: 'A', address: '192.0.2.1' });
    expect(status).toBe(201);
    const qname = `${name}.${zone}`;
    expect(lines((await askServer(server.dnsPort, qname, 'A', { transport })).answer)).toEqual([`${qname} 60 A 192.0.2.1`]);
    await visitor.call('PUT', `/api/records/${body.id}`, { name, type: 'A', ttl: 30, address: '192.0.2.2' });
    expect(lines((await askServer(server.dnsPort, qname, 'A', { transport })).answer)).toEqual([`${qname} 30 A 192.0.2.2`]);
    expect((await visitor.call('DELETE', `/api/records/${body.id}`)).status).toBe(204);
    expect((await askServer(server.dnsPort, qname, 'A', { transport })).rcode).toBe('NXDOMAIN');
  });

  it('every edit raises the serial', async () => {
    const serial = async () => (await visitor.call<RecordsJson>('GET', '/api/records')).body.serial;
    const before = await serial();
    await addRecord({ name: 'serial', type: 'TXT', text: 'x' });
    expect(await serial()).toBe(before + 1);
    expect((await askServer(server.dnsPort, zone, 'SOA')).answer[0]!.content.split(' ')[2]).toBe(String(before + 1));
  });

  it.each([
    ['MX', { preference: 10, exchange: 'mail.example.com' }, '10 mail.example.com.'],
    ['CAA', { flags: 0, tag: 'issue', value: 'ca.example' }, '0 issue "ca.example"'],
    ['HTTPS', { priority: 1, target: '.', params: 'alpn=h3' }, '1 . alpn="h3"'],
    ['SVCB', { priority: 0, target: 'svc.example.com', params: '' }, '0 svc.example.com.'],
    ['SRV', { priority: 1, weight: 2, port: 3, target: '.' }, '1 2 3 .'],
    ['PTR', { target: '@' }, null],
    ['TXT', { text: 'grüße "x"' }, '"gr\\195\\188\\195\\159e \\"x\\""'],
    ['TYPE731', { rdata: '\\# 2 abcd' }, '\\# 2 abcd'],
  ])('%s goes from the form to the wire', async (type, fields, content) => {
    const { status, body } = await addRecord({ name: 'typed', type, ...fields });
    expect([status, body.content]).toEqual([201, content ?? zone]);
    expect((await askServer(server.dnsPort, `typed.${zone}`, type)).answer[0]!.content).toBe(content ?? zone);
  });

  it('delegation, wildcard, alias and empty non-terminal', async () => {
    await addRecord({ name: 'child', type: 'NS', target: `ns.child.${zone}` });
    await addRecord({ name: 'ns.child', type: 'A', address: '192.0.2.53' });
    await addRecord({ name: '*.wild', type: 'CNAME', target: `deep.a.b.${zone}` });
    await addRecord({ name: 'deep.a.b', type: 'A', address: '192.0.2.9' });
    const referral = await askServer(server.dnsPort, `x.child.${zone}`, 'A');
    expect([referral.flags.includes('AA'), lines(referral.authority), lines(referral.additional)]).toEqual([
      false,
      [`child.${zone} 60 NS ns.child.${zone}`],
      [`ns.child.${zone} 60 A 192.0.2.53`],
    ]);
    expect(lines((await askServer(server.dnsPort, `x.y.wild.${zone}`, 'A')).answer)).toEqual([
      `x.y.wild.${zone} 60 CNAME deep.a.b.${zone}`,
      `deep.a.b.${zone} 60 A 192.0.2.9`,
    ]);
    expect((await askServer(server.dnsPort, `b.${zone}`, 'A')).rcode).toBe('NOERROR');
  });

  it('a large answer is cut over UDP and whole over TCP', async () => {
    await addRecord({ name: 'large', type: 'TXT', text: 'x'.repeat(4000) });
    const cut = await askServer(server.dnsPort, `large.${zone}`, 'TXT', { edns: { udpSize: 4096 } });
    expect([cut.flags.includes('TC'), cut.answer]).toEqual([true, []]);
    expect((await askServer(server.dnsPort, `large.${zone}`, 'TXT', { transport: 'tcp' })).answer).toHaveLength(1);
  });
});

/** Connects to the live stream and gathers the queries it sends. */
async function watch(after: number): Promise<{ seen: QueryJson[]; at: Map<number, number>; close: () => void }> {
  const url = `${server.page.replace('http', 'ws')}/api/live?after=${after}`;
  const socket = new WebSocket(url, { headers: { cookie: visitor.cookie, origin: server.page } });
  const seen: QueryJson[] = [];
  const at = new Map<number, number>();
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as LiveMessage;
    if (message.kind !== 'queries') return;
    for (const query of message.queries) at.set(query.id, performance.now());
    seen.push(...message.queries);
  });
  await once(socket, 'open');
  return { seen, at, close: () => socket.close() };
}

describe('from the query to the row', () => {
  it('each query arrives live within 200 ms with all that is known of it', async () => {
    const live = await watch((await newest())?.id ?? 0);
    const options = Uint8Array.of(0, 8, 0, 7, 0, 1, 24, 0, 8, 8, 8);
    const qname = `typed.${zone.toUpperCase()}`;
    await askServer(server.dnsPort, qname, 'MX', { edns: { udpSize: 1232, options } });
    const answered = performance.now();
    const row = await until(() => live.seen.find((query) => query.qname === qname));
    expect(live.at.get(row.id)! - answered).toBeLessThan(200);
    expect(row).toMatchObject({
      qname,
      qtype: 'MX',
      transport: 'udp',
      rcode: 'NOERROR',
      source: { address: '127.0.0.1', asn: null },
      clientSubnet: { subnet: '8.8.8.0/24', asn: 15169, name: 'GOOGLE', country: 'US' },
    });
    expect(row.answers[0]!.content).toBe('10 mail.example.com.');
    live.close();
  });

  it('a reconnect loses nothing and repeats nothing, and two tabs see the same', async () => {
    const row = await until(async () => ((await newest())?.qtype === 'MX' ? newest() : undefined));
    const start = row!.id;
    const first = await watch(start);
    await askServer(server.dnsPort, `one.${zone}`, 'A');
    await until(() => first.seen[0]);
    first.close();
    await askServer(server.dnsPort, `two.${zone}`, 'A');
    await askServer(server.dnsPort, `three.${zone}`, 'A');
    const again = await watch(first.seen.at(-1)!.id);
    const second = await watch(start);
    await askServer(server.dnsPort, `four.${zone}`, 'A');
    await until(() => (again.seen.length >= 3 && second.seen.length >= 4 ? true : undefined));
    const qnames = (seen: QueryJson[]) => seen.map(({ qname }) => qname.split('.')[0]);
    expect(qnames([...first.seen, ...again.seen])).toEqual(['one', 'two', 'three', 'four']);
    expect(qnames(second.seen)).toEqual(['one', 'two', 'three', 'four']);
    again.close();
    second.close();
  });
});

describe('an end and a new start', () => {
  it('finds everything where it was, and ids go on', async () => {
    const records = (await visitor.call<RecordsJson>('GET', '/api/records')).body;
    await askServer(server.dnsPort, `last.${zone}`, 'A');
    // Nothing waits here for the log to be written: the end itself must see to that.
    expect(await server.stop('SIGINT')).toBe(0);
    server = await startServer({}, server.dataDir);
    const cookie = visitor.cookie;
    visitor = new Visitor(server.page);
    visitor.cookie = cookie;
    expect((await visitor.call<RecordsJson>('GET', '/api/records')).body).toEqual(records);
    const last = (await newest())!;
    expect(last.qname).toBe(`last.${zone}`);
    expect(lines((await askServer(server.dnsPort, `typed.${zone}`, 'MX')).answer)).toHaveLength(1);
    const row = await until(async () => {
      const row = (await newest())!;
      return row.id > last.id ? row : undefined;
    });
    expect(row.qtype).toBe('MX');
  });
});
