import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AskedJson,
  OctetsJson,
  PracticeAnswerJson,
  PracticeId,
  PracticeJson,
  VisitJson,
} from '../../server/http/asking-protocol.ts';
import type { QueriesJson } from '../../server/http/protocol.ts';
import { decodeMessage } from '../../server/wire/message.ts';
import { lines, makeQuery } from '../support/dns.ts';
import { removeDir, startServer, until, Visitor, type RunningServer } from '../support/server.ts';

let server: RunningServer;
let visitor: Visitor;
let zone: string;

beforeAll(async () => {
  server = await startServer({ DIGPIT_PRACTICE_PORTS: '0,0,0', DIGPIT_NS_ADDRESSES: '2001:DB8:0:0::53' });
  visitor = new Visitor(server.page);
  ({ zone } = await visitor.begin());
});
afterAll(async () => {
  await server.stop();
  removeDir(server.dataDir);
});

const add = async (record: object) => {
  const { status, body } = await visitor.call('POST', '/api/records', { ttl: 60, ...record });
  if (status !== 201) throw new Error(JSON.stringify(body));
};
const ask = async (resolver: PracticeId, name: string, type = 'A', by = visitor) =>
  (await by.call<PracticeAnswerJson>('POST', '/api/practice/ask', { resolver, name, type })).body;
const look = async (by = visitor) => (await by.call<PracticeJson>('GET', '/api/practice')).body;
const cacheOf = async (id: PracticeId, by = visitor) =>
  (await look(by)).resolvers.find((resolver) => resolver.id === id)!.cache;
const logged = async (part: string) =>
  (await visitor.call<QueriesJson>('GET', `/api/queries?name=${part}&limit=50`)).body.queries;

describe('a question to a practice resolver', () => {
  it('is asked of this server, which logs it under the name of the resolver', async () => {
    await add({ name: 'www', type: 'A', address: '192.0.2.7' });
    const answer = await ask('amber', `www.${zone}`);
    expect([answer.rcode, answer.cached, lines(answer.answer)]).toEqual(['NOERROR', 'none', [`www.${zone} 60 A 192.0.2.7`]]);
    const query = await until(async () => (await logged('www'))[0]);
    expect(query).toMatchObject({
      qname: `www.${zone}`,
      transport: 'udp',
      source: { address: '127.0.0.101', brand: 'Amber', kind: 'practice resolver', asn: null },
      heldFor: 60,
    });
  });

  it('is asked once: the second answer is old, and counts down', async () => {
    await add({ name: 'twice', type: 'A', address: '192.0.2.7' });
    await ask('amber', `twice.${zone}`);
    const again = await ask('amber', `twice.${zone}`);
    expect(again).toMatchObject({ cached: 'all', steps: [{ kind: 'cache', held: 'records' }] });
    await until(async () => ((await logged('twice')).length === 1 ? true : undefined));
    expect(await cacheOf('amber')).toContainEqual(expect.objectContaining({ name: `twice.${zone}`, hits: 1, ttl: 60 }));
  });

  it('comes again over TCP when the answer does not fit, unless the resolver takes larger ones', async () => {
    await add({ name: 'big', type: 'TXT', text: 'x'.repeat(900) });
    const amber = await ask('amber', `big.${zone}`, 'TXT');
    expect(amber.answer[0]!.content.length).toBeGreaterThan(900);
    expect(amber.steps).toMatchObject([
      { transport: 'udp', truncated: true },
      { transport: 'tcp', truncated: false },
    ]);
    expect((await ask('coral', `big.${zone}`, 'TXT')).steps).toMatchObject([{ transport: 'udp', truncated: false }]);
    const sources = await until(async () => {
      const queries = await logged('big');
      return queries.length === 3 ? queries.map(({ transport, source }) => `${transport} ${source.address}`) : undefined;
    });
    expect(sources.toSorted()).toEqual(['tcp 127.0.0.101', 'udp 127.0.0.101', 'udp 127.0.0.103']);
  });

  it('is asked label by label and in mixed case by Basil, and answered in the case it was asked in', async () => {
    await add({ name: 'deep.down.mine', type: 'A', address: '192.0.2.9' });
    const { answer } = await ask('basil', `deep.down.mine.${zone}`);
    expect(lines(answer)).toEqual([`deep.down.mine.${zone} 60 A 192.0.2.9`]);
    const names = await until(async () => {
      const queries = await logged('mine');
      return queries.length === 3 ? queries.map(({ qname }) => qname) : undefined;
    });
    expect(names.map((qname) => qname.toLowerCase())).toEqual([`deep.down.mine.${zone}`, `down.mine.${zone}`, `mine.${zone}`]);
    expect(names.some((qname) => qname !== qname.toLowerCase())).toBe(true);
  });

  it('goes where a delegation leads when that is this server, however the settings write its address', async () => {
    await add({ name: 'sub', type: 'NS', target: `ns.sub.${zone}` });
    await add({ name: 'ns.sub', type: 'AAAA', address: '2001:db8::53' });
    const { steps } = await ask('amber', `www.sub.${zone}`);
    expect(steps).toContainEqual(expect.objectContaining({ kind: 'query', server: '2001:db8::53' }));
  });

  it('comes with a subnet of the documentation from Coral', async () => {
    await ask('coral', `subnet.${zone}`);
    const query = await until(async () => (await logged('subnet'))[0]);
    expect(query.clientSubnet?.subnet).toBe('203.0.113.0/24');
  });

  it.each(['HTTPS', 'SVCB', 'DS', 'CAA', 'SRV', 'TYPE65280'])('may be about %s, or is told why not', async (type) => {
    const { rcode, steps } = await ask('amber', zone, type);
    if (type === 'TYPE65280') expect([rcode, steps]).toMatchObject(['SERVFAIL', [{ kind: 'stop', reason: 'unaskable' }]]);
    else expect([rcode, steps]).toMatchObject(['NOERROR', [{ kind: 'query', type, rcode: 'NOERROR' }]]);
  });
});

describe('a cache', () => {
  it('belongs to one zone: others neither see nor use nor empty it', async () => {
    const other = new Visitor(server.page);
    await other.begin();
    await add({ name: 'private', type: 'A', address: '192.0.2.7' });
    await ask('amber', `private.${zone}`);
    expect(await cacheOf('amber', other)).toEqual([]);
    expect((await ask('amber', `private.${zone}`, 'A', other)).cached).toBe('none');
    expect((await other.call('DELETE', '/api/practice/cache')).status).toBe(204);
    expect((await ask('amber', `private.${zone}`)).cached).toBe('all');
  });

  it('is emptied alone, or with the others', async () => {
    for (const id of ['amber', 'basil', 'coral'] as const) await ask(id, zone, 'SOA');
    await visitor.call('DELETE', '/api/practice/basil/cache');
    expect([(await cacheOf('basil')).length, (await cacheOf('coral')).length > 0]).toEqual([0, true]);
    await visitor.call('DELETE', '/api/practice/cache');
    expect((await look()).resolvers.flatMap(({ cache }) => cache)).toEqual([]);
  });

  it('ages sixty times as fast when it is told to', async () => {
    await add({ name: 'fast', type: 'A', ttl: 30, address: '192.0.2.7' });
    await ask('amber', `fast.${zone}`);
    const { body } = await visitor.call<PracticeJson>('PUT', '/api/practice/clock', { speed: 60 });
    expect(body.speed).toBe(60);
    await until(async () => ((await cacheOf('amber')).some(({ name }) => name.startsWith('fast')) ? undefined : true), 3000);
    await visitor.call('PUT', '/api/practice/clock', { speed: 1 });
    expect((await visitor.call('PUT', '/api/practice/clock', { speed: 2 })).status).toBe(400);
  });

  it('says nothing when nothing has changed', async () => {
    const { revision } = await look();
    expect((await visitor.call('GET', `/api/practice?after=${revision}`)).status).toBe(204);
    await ask('amber', `news.${zone}`);
    expect((await visitor.call('GET', `/api/practice?after=${revision}`)).status).toBe(200);
  });
});

describe('a visit', () => {
  it('looks a name up and goes to the site that stands there', async () => {
    const { targets } = await look();
    expect(targets.map(({ id, address }) => `${id} ${address}`)).toEqual(['orange 127.0.0.21', 'teal 127.0.0.22']);
    await add({ name: 'teal', type: 'A', address: '127.0.0.22' });
    await add({ name: 'shop', type: 'CNAME', target: `teal.${zone}` });
    for (const [label, status] of [
      ['teal', 200],
      ['shop', 404],
    ] as const) {
      const where = { resolver: 'basil', name: `${label}.${zone}` };
      const { body } = await visitor.call<VisitJson>('POST', '/api/practice/visit', where);
      expect(body).toMatchObject({ outcome: 'site', site: { id: 'teal', status, host: `${label}.${zone}`.slice(0, -1) } });
    }
    const page = await fetch(`http://127.0.0.21:${targets[0]!.port}/`);
    expect(await page.text()).toContain('orange');
  });
});

describe('names of others', () => {
  it.each(['example.com.', 'com.', '.', 'digpit.test.evil.example.'])('%s is refused, and nobody is asked', async (name) => {
    expect(await ask('amber', name)).toMatchObject({ rcode: 'REFUSED', steps: [{ kind: 'stop', reason: 'foreign' }] });
  });

  it('are not asked for by way of an alias either', async () => {
    await add({ name: 'away', type: 'CNAME', target: 'www.example.com.' });
    const { rcode, answer, steps } = await ask('amber', `away.${zone}`);
    expect([rcode, answer.length]).toEqual(['SERVFAIL', 1]);
    expect(steps.at(-1)).toMatchObject({ kind: 'stop', reason: 'foreign', name: 'www.example.com.' });
  });

  it('need a session, and a page of ours', async () => {
    expect((await new Visitor(server.page).call('GET', '/api/practice')).status).toBe(401);
    const foreign = await fetch(`${server.page}/api/practice/cache`, {
      method: 'DELETE',
      headers: { cookie: visitor.cookie, origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
  });
});

describe('a resolver asked with a message', () => {
  it('from the page gives the octets of its answer and what it did', async () => {
    await add({ name: 'octets', type: 'A', address: '192.0.2.7' });
    const question = { name: `octets.${zone}`, type: 'A', recursionDesired: true, udpSize: 1232 };
    const { body: made } = await visitor.call<OctetsJson>('POST', '/api/ask/query', question);
    const { body } = await visitor.call<AskedJson>('POST', '/api/ask', { ...made, practice: 'coral' });
    expect(body.response).toMatchObject({ rcode: 'NOERROR', flags: ['QR', 'RD', 'RA'], answer: [{ content: '192.0.2.7' }] });
    expect(body.practice).toMatchObject({ cached: 'none', steps: [{ kind: 'query' }] });
    const { body: again } = await visitor.call<AskedJson>('POST', '/api/ask', { ...made, practice: 'coral' });
    expect(again.practice).toMatchObject({ cached: 'all' });
  });

  const overUdp = async (id: PracticeId, query: Uint8Array) => {
    const { port } = (await look()).resolvers.find((resolver) => resolver.id === id)!;
    const socket = createSocket('udp4');
    socket.send(query, port!, '127.0.0.1');
    const [response] = (await once(socket, 'message', { signal: AbortSignal.timeout(3000) })) as [Buffer];
    socket.close();
    return decodeMessage(response);
  };

  it('over UDP uses the cache of the zone that the name lies in', async () => {
    await add({ name: 'dug', type: 'A', address: '192.0.2.7' });
    const answer = await overUdp('amber', makeQuery(`dug.${zone}`, 'A'));
    expect(lines(answer.answer)).toEqual([`dug.${zone} 60 A 192.0.2.7`]);
    expect((await ask('amber', `dug.${zone}`)).cached).toBe('all');
  });

  it.each([
    ['a foreign name', makeQuery('example.com.', 'A'), 'REFUSED'],
    ['no wish for recursion', makeQuery('digpit.test.', 'A', { flags: 0 }), 'REFUSED'],
    ['another class', makeQuery('digpit.test.', 'A', { qclass: 3 }), 'REFUSED'],
    ['an update', makeQuery('digpit.test.', 'A', { flags: 5 << 11 }), 'NOTIMP'],
    ['another EDNS', makeQuery('digpit.test.', 'A', { edns: { udpSize: 1232, version: 1 } }), 'BADVERS'],
    ['half a question', makeQuery('digpit.test.', 'A').subarray(0, 20), 'FORMERR'],
  ])('over UDP says to %s what it is', async (_, query, rcode) => {
    expect((await overUdp('basil', query)).rcode).toBe(rcode);
  });

  it('over UDP says when an answer does not fit', async () => {
    await add({ name: 'toobig', type: 'TXT', text: 'x'.repeat(900) });
    const small = await overUdp('coral', makeQuery(`toobig.${zone}`, 'TXT'));
    expect([small.flags, small.answer]).toEqual([['QR', 'TC', 'RD', 'RA'], []]);
    const large = await overUdp('coral', makeQuery(`toobig.${zone}`, 'TXT', { edns: { udpSize: 1232 } }));
    expect(large.answer).toHaveLength(1);
  });
});
