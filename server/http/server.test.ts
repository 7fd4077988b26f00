import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../tests/support/http.ts';
import type { ErrorJson, QueriesJson } from './protocol.ts';
import { buildServer } from './server.ts';

let house: House;
let visitor: Visitor;
let logged: string[];

beforeEach(async () => {
  logged = [];
  house = new House({ logger: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }) });
  visitor = await house.visitor();
});

afterEach(() => house.close());

const codeOf = (reply: { json<T>(): T }) => reply.json<ErrorJson>().error.code;

describe('every reply', () => {
  it.each(['/', '/api/session', '/api/nothing', '/nothing', '/healthz', '/%zz', '/assets/index-abc123.js'])(
    'has the headers that keep a page in its place: %s',
    async (url) => {
      const { headers } = await visitor.request('GET', url);
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      });
    },
  );

  it('is not stored when it comes from the API', async () => {
    for (const url of ['/api/session', '/api/nothing', '/healthz', '/readyz', '/metrics']) {
      expect((await visitor.request('GET', url)).headers['cache-control']).toBe('no-store');
    }
  });
});

describe('the page', () => {
  it('is asked for anew each time, its hashed files never again', async () => {
    const index = await house.app.inject('/');
    expect([index.statusCode, index.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(index.body).toContain('<title>Digpit</title>');
    const asset = await house.app.inject('/assets/index-abc123.js');
    expect([asset.statusCode, asset.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it.each(['/.secret', '/assets/', '/..%2f..%2fetc/passwd', '/missing.js'])('does not come with %s', async (url) => {
    const reply = await house.app.inject(url);
    expect(reply.statusCode).toBeGreaterThanOrEqual(400);
    expect(reply.statusCode).toBeLessThan(500);
    expect(reply.json<ErrorJson>().error.message).toMatch(/^\S.+\.$/);
  });
});

describe('errors', () => {
  it('are JSON for an unknown address', async () => {
    const reply = await house.app.inject('/api/nothing');
    expect(reply.statusCode).toBe(404);
    expect(reply.json()).toEqual({ error: { code: 'not_found', message: 'There is nothing at this address.' } });
  });

  it('say which methods an address has', async () => {
    const reply = await visitor.request('PUT', '/api/records', {});
    expect([reply.statusCode, codeOf(reply)]).toEqual([405, 'method_not_allowed']);
    expect(reply.headers.allow!.toString().split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'POST']);
  });

  it.each([
    ['{"name":', 400, 'bad_json'],
    ['', 400, 'bad_json'],
    ['{"__proto__":{"admin":1}}', 400, 'bad_json'],
    ['[]', 400, 'bad_request'],
    ['null', 400, 'bad_request'],
    [`{"name":"${'x'.repeat(64 * 1024)}"}`, 413, 'body_too_large'],
  ])('say what is wrong with the body %#', async (payload, status, code) => {
    for (const url of ['/api/session', '/api/records']) {
      const headers = { cookie: visitor.cookie, 'content-type': 'application/json' };
      const reply = await house.app.inject({ method: 'POST', url, headers, payload });
      expect([reply.statusCode, codeOf(reply)]).toEqual([status, code]);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])(
    'refuse a body that is not called JSON: %s',
    async (type) => {
      const headers = { cookie: visitor.cookie, ...(type !== undefined && { 'content-type': type }) };
      for (const method of ['POST', 'DELETE'] as const) {
        const reply = await house.app.inject({ method, url: '/api/session', headers, payload: '{}' });
        expect([reply.statusCode, codeOf(reply)]).toEqual([415, 'not_json']);
      }
      expect((await visitor.request('GET', '/api/session')).statusCode).toBe(200);
    },
  );

  it('that are ours say nothing of what is inside, and are logged', async () => {
    house.log.page = () => {
      throw new Error('secret detail');
    };
    const reply = await visitor.request('GET', '/api/queries');
    expect([reply.statusCode, codeOf(reply)]).toEqual([500, 'internal']);
    expect(reply.body).not.toContain('secret');
    expect(logged.join('')).toContain('secret detail');
  });
});

describe('the log of the server', () => {
  it('says nothing of visitors', async () => {
    await visitor.request('GET', '/api/records');
    await visitor.request('GET', '/api/records/99');
    await house.app.inject({ url: '/api/nothing', headers: { cookie: visitor.cookie } });
    expect(logged).toEqual([]);
  });
});

describe('a request from another site', () => {
  const post = (headers: Record<string, string>) =>
    house.app.inject({ method: 'POST', url: '/api/session', payload: {}, headers: { host: 'dig.example:8080', ...headers } });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['our host on another port', { origin: 'http://dig.example:9999' }],
    ['a host that only begins like ours', { origin: 'http://dig.example:8080.evil.example' }],
    ['an Origin that hides', { origin: 'null' }],
    ['a foreign site without an Origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sister of our site', { 'sec-fetch-site': 'same-site' }],
    ['a foreign Origin that the browser confirms', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ])('is refused with %s', async (_, headers) => {
    const reply = await post(headers as Record<string, string>);
    expect([reply.statusCode, codeOf(reply), reply.cookies]).toEqual([403, 'foreign_origin', []]);
  });

  it.each([
    ['our own Origin', { origin: 'http://dig.example:8080' }],
    ['our own Origin behind TLS that ends before us', { origin: 'https://dig.example:8080' }],
    [
      'the word of the browser, when a proxy has changed Host',
      { origin: 'https://dig.example', 'sec-fetch-site': 'same-origin' },
    ],
    ['neither, as from curl', {}],
  ])('is none with %s', async (_, headers) => {
    expect((await post(headers as Record<string, string>)).statusCode).toBe(201);
  });

  it('is refused for every method that changes something, and before anything is changed', async () => {
    const headers = { cookie: visitor.cookie, origin: 'https://evil.example' };
    for (const [method, url] of [
      ['DELETE', '/api/session'],
      ['POST', '/api/records'],
      ['PUT', '/api/records/1'],
      ['DELETE', '/api/records/1'],
      ['DELETE', '/api/records'],
      ['DELETE', '/api/queries'],
    ] as const) {
      const payload = method === 'DELETE' ? {} : { payload: {} };
      expect((await house.app.inject({ method, url, headers, ...payload })).statusCode).toBe(403);
    }
    expect((await visitor.request('GET', '/api/session')).statusCode).toBe(200);
  });
});

describe('behind a proxy', () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '198.51.100.1, 203.0.113.9',
    'x-forwarded-host': 'dig.example',
  };
  const begin = (of: House, headers: Record<string, string>) =>
    of.app.inject({ method: 'POST', url: '/api/session', payload: {}, headers });

  it('that is ours, https makes the cookie secure and the host is the one that the browser named', async () => {
    const proxied = new House({ settings: { trustProxy: true } });
    const reply = await begin(proxied, { ...forwarded, origin: 'https://dig.example' });
    expect([reply.statusCode, reply.cookies[0]!.secure]).toEqual([201, true]);
    await proxied.close();
  });

  it('that is ours, only what the proxy itself saw counts as the source', async () => {
    const proxied = new House({ settings: { trustProxy: true }, limits: { sessionsPerHour: 1 } });
    const from = (chain: string) => begin(proxied, { 'x-forwarded-for': chain });
    expect((await from('1.1.1.1, 203.0.113.9')).statusCode).toBe(201);
    expect((await from('2.2.2.2, 203.0.113.9')).statusCode).toBe(429);
    expect((await from('1.1.1.1, 203.0.113.10')).statusCode).toBe(201);
    await proxied.close();
  });

  it('that nobody announced, its headers mean nothing', async () => {
    expect((await begin(house, forwarded)).cookies[0]!.secure).toBeUndefined();
    expect((await begin(house, { ...forwarded, origin: 'https://dig.example' })).statusCode).toBe(403);
  });
});

describe('the log, filtered', () => {
  const get = async (query: string) => (await visitor.request('GET', `/api/queries?${query}`)).json<QueriesJson>();

  /** Lets queries come, each `step`-th of them from AS 15169 in the US; returns the ids of those, newest first. */
  function arrive(count: number, step: number): number[] {
    const ids = house.arrive(visitor, count);
    const from = (i: number) => (i % step === 0 ? { asn: 15169, country: 'US' } : { asn: 64500, country: i % 2 ? 'DE' : 'US' });
    house.log.queries = house.log.queries.map((query, i) => ({ ...query, ...from(i) }));
    return ids.filter((_, i) => i % step === 0).toReversed();
  }

  /** Reads page after page as a client would; returns all ids and how many replies that took. */
  async function walk(query: string): Promise<{ ids: number[]; replies: number }> {
    const ids: number[] = [];
    let before = '';
    for (let replies = 1; ; replies++) {
      const { queries, more, next } = await get(query + before);
      ids.push(...queries.map(({ id }) => id));
      if (!more) return { ids, replies };
      before = `&before=${next ?? ids.at(-1)}`;
    }
  }

  it.each([1, 7, 100, 500])('gives every match once, %i at a time', async (limit) => {
    const expected = arrive(1200, 9);
    expect(await walk(`asn=15169&limit=${limit}`)).toEqual({ ids: expected, replies: Math.ceil(expected.length / limit) });
  });

  it('goes by country, and by both', async () => {
    const expected = arrive(60, 9);
    const american = house.log.queries.filter(({ country }) => country === 'US').map(({ id }) => id);
    expect((await walk('country=us')).ids).toEqual(american.toReversed());
    expect((await walk('country=US&asn=15169')).ids).toEqual(expected);
    expect(await walk('country=DE&asn=15169')).toEqual({ ids: [], replies: 1 });
    expect(await walk('asn=0')).toEqual({ ids: [], replies: 1 });
  });

  it('takes either of two values, and all but one that is excluded', async () => {
    const expected = arrive(60, 9);
    const others = house.log.queries.map(({ id }) => id).filter((id) => !expected.includes(id));
    expect((await walk('asn=15169&asn=64500')).ids).toHaveLength(60);
    expect((await walk('asn=!15169')).ids).toEqual(others.toReversed());
    expect((await walk('asn=15169&country=!US')).ids).toEqual([]);
  });

  it('stops after two thousand and says where to go on', async () => {
    const ids = arrive(4500, 4499);
    const first = await get('asn=15169');
    expect(first).toMatchObject({ queries: [{ id: ids[0] }], more: true, next: 2501 });
    expect(await get(`asn=15169&before=${first.next}`)).toEqual({ queries: [], more: true, next: 501 });
    expect(await walk('asn=15169')).toEqual({ ids, replies: 3 });
  });

  it('does not say that there is more when the last one has been shown', async () => {
    arrive(500, 250);
    expect(await get('asn=15169&limit=2')).toMatchObject({ queries: { length: 2 }, more: false });
    expect(await get('asn=15169&limit=1')).toMatchObject({ queries: { length: 1 }, more: true });
    expect(await get('asn=15169&limit=1')).not.toHaveProperty('next');
  });

  it.each([
    'asn=x',
    'asn=-1',
    'asn=4294967296',
    'asn=',
    'type=WAT',
    'code=7',
    'source=here',
    'transport=pigeon',
    'name=!',
    'country=USA',
    'country=',
    'country=1A',
    'country=U&country=S',
  ])('refuses %s', async (query) => {
    const reply = await visitor.request('GET', `/api/queries?${query}`);
    expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([
      400,
      { code: 'bad_parameter', field: query.split('=')[0] },
    ]);
  });
});

it('the network of an address has the name that people know', async () => {
  const known = { find: () => ({ brand: 'Example DNS', kind: 'public resolver' }) as const };
  const app = buildServer({ ...house.deps, asn: { ...house.deps.asn, known } });
  expect((await app.inject('/api/asn/192.0.2.1')).json()).toEqual({
    asn: 64500,
    name: 'EXAMPLE-NET',
    country: 'ZZ',
    brand: 'Example DNS',
    kind: 'public resolver',
  });
  await app.close();
});
