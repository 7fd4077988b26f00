import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import { exchange } from '../../../tests/support/dns.ts';
import type { AskedJson, OctetsJson, ResolversJson } from '../asking-protocol.ts';
import type { ErrorJson, MessageJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;
let resolver: Server;
let resolverUrl: string;
/** What the resolver does with the next question. */
let behave: 'answer' | 'fail' | 'garble' | 'never end';

beforeEach(async () => {
  behave = 'answer';
  resolver = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (behave === 'fail') response.statusCode = 503;
      // In pieces, with no length announced, until the other side has enough.
      if (behave === 'never end') {
        const drip = setInterval(() => response.write(Buffer.alloc(10_000)), 1);
        response.on('close', () => clearInterval(drip));
        return;
      }
      const answer = exchange(house.zoneSet, Buffer.concat(pieces))!;
      response.end(behave === 'garble' ? 'hello, this is a page' : answer);
    });
  });
  resolver.listen(0, '127.0.0.1');
  await once(resolver, 'listening');
  resolverUrl = `http://127.0.0.1:${(resolver.address() as AddressInfo).port}/dns-query`;
  house = new House({ settings: { resolvers: [resolverUrl, 'http://127.0.0.1:9/dns-query'] }, limits: { asksPerHour: 3 } });
  visitor = await house.visitor();
});
afterEach(async () => {
  await house.close();
  resolver.close();
  resolver.closeAllConnections();
});

const PLAIN = { recursionDesired: true, checkingDisabled: false, udpSize: null, dnssecOk: false, subnet: '' };

async function encode(question: object): Promise<string> {
  const reply = await visitor.request('POST', '/api/ask/query', { ...PLAIN, ...question });
  if (reply.statusCode !== 200) throw new Error(reply.body);
  return reply.json<OctetsJson>().octets;
}

const read = async (octets: string) => (await visitor.request('POST', '/api/ask/message', { octets })).json<MessageJson>();

describe('a question', () => {
  it('becomes the query that it describes', async () => {
    const octets = await encode({
      name: 'bücher.example',
      type: 'aaaa',
      checkingDisabled: true,
      udpSize: 1232,
      dnssecOk: true,
      subnet: '198.51.103.0/22',
    });
    expect(await read(octets)).toMatchObject({
      flags: ['RD', 'CD'],
      question: [{ name: 'xn--bcher-kva.example.', type: 'AAAA', class: 'IN' }],
      edns: { udpSize: 1232, dnssecOk: true, options: [{ name: 'CLIENT_SUBNET', value: '198.51.100.0/22' }] },
    });
    expect(await read(await encode({ name: 'a.', type: 'A' }))).not.toHaveProperty('edns');
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: `${'a'.repeat(64)}.example` }, 'name'],
    [{ type: 'WAT' }, 'type'],
    [{ udpSize: 70_000 }, 'udpSize'],
    [{ subnet: '192.0.2.0/33' }, 'subnet'],
    [{ subnet: 'here' }, 'subnet'],
  ])('that is none is refused: %j', async (wrong, field) => {
    const reply = await visitor.request('POST', '/api/ask/query', { ...PLAIN, name: 'a.', type: 'A', ...wrong });
    expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([422, { code: 'invalid_question', field }]);
  });
});

describe('asking', () => {
  it.each(['udp', 'tcp'] as const)('ourselves over %s gives what a query would get, and logs nothing', async (transport) => {
    const octets = await encode({ name: visitor.zone, type: 'SOA' });
    const reply = await visitor.request('POST', '/api/ask', { octets, transport });
    expect(reply.json<AskedJson>()).toMatchObject({
      query: { octets },
      response: { flags: ['QR', 'AA', 'RD'], answer: [{ type: 'SOA' }] },
      took: 12,
      why: { reason: 'exact', encloser: visitor.zone, wildcard: false },
    });
    expect(house.log.queries).toEqual([]);
  });

  it('a resolver gives its answer', async () => {
    const octets = await encode({ name: `x.${visitor.zone}`, type: 'A' });
    const reply = await visitor.request('POST', '/api/ask', { octets, resolver: resolverUrl });
    expect(reply.json<AskedJson>()).toMatchObject({ response: { rcode: 'NXDOMAIN' } });
  });

  it.each([
    ['fail', 'answered with HTTP status 503.'],
    ['garble', 'sent something that is no answer to this query.'],
    ['never end', 'more than a DNS message can have'],
  ] as const)('a resolver that does %s says so, and is known to be away for a while', async (how, why) => {
    behave = how;
    const octets = await encode({ name: visitor.zone, type: 'A' });
    const reply = await visitor.request('POST', '/api/ask', { octets, resolver: resolverUrl });
    expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([502, 'resolver_failed']);
    expect(reply.json<ErrorJson>().error.message).toContain(why);
    const away = async () => (await visitor.request('GET', '/api/resolvers')).json<ResolversJson>().resolvers[0]!.fault;
    expect(await away()).toContain(why);
    house.now += 61_000;
    expect(await away()).toBeUndefined();
  });

  it('a resolver that is not there says so plainly', async () => {
    const octets = await encode({ name: visitor.zone, type: 'A' });
    const reply = await visitor.request('POST', '/api/ask', { octets, resolver: 'http://127.0.0.1:9/dns-query' });
    expect(reply.json<ErrorJson>().error.message).toMatch(/^127\.0\.0\.1:9 cannot be reached from this server/);
  });

  it('a resolver is for names of the own zone only, and not without end', async () => {
    const foreign = await encode({ name: 'example.com', type: 'A' });
    const refused = await visitor.request('POST', '/api/ask', { octets: foreign, resolver: resolverUrl });
    expect([refused.statusCode, refused.json<ErrorJson>().error.code]).toEqual([422, 'foreign_name']);
    const octets = await encode({ name: visitor.zone, type: 'A' });
    const codes = [];
    for (let i = 0; i < 4; i++) {
      codes.push((await visitor.request('POST', '/api/ask', { octets, resolver: resolverUrl })).statusCode);
    }
    expect(codes).toEqual([200, 200, 200, 429]);
  });

  it.each([
    [{ octets: '00', transport: 'udp' }],
    [{ octets: 'zz'.repeat(12), transport: 'udp' }],
    [{ octets: '00'.repeat(12), transport: 'pigeon' }],
    [{ octets: '00'.repeat(12), resolver: 'http://elsewhere.example/' }],
    [[1]],
  ])('refuses %j', async (body) => {
    expect((await visitor.request('POST', '/api/ask', body)).statusCode).toBe(400);
  });

  it('is for visitors', async () => {
    for (const url of ['/api/ask', '/api/ask/query', '/api/ask/message']) {
      expect((await house.app.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(401);
    }
  });
});
