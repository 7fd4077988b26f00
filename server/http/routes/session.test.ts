import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { name } from '../../../tests/support/dns.ts';
import { cookieOf, House, type Visitor } from '../../../tests/support/http.ts';
import type { ErrorJson, NewSessionJson, SessionJson } from '../protocol.ts';

const DAY = 24 * 60 * 60 * 1000;
let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});

afterEach(() => house.close());

const open = (payload: object, headers = {}) => house.app.inject({ method: 'POST', url: '/api/session', payload, headers });

describe('POST /api/session', () => {
  it('gives a new zone that answers at once, and its key', async () => {
    const reply = await open({});
    expect(reply.statusCode).toBe(201);
    expect(reply.json<NewSessionJson>()).toEqual({
      zone: 'otter2.digpit.test.',
      createdAt: house.now,
      expiresAt: house.now + 90 * DAY,
      dns: { host: '127.0.0.1', port: 5354 },
      log: { maxBytes: 1000, maxAgeSeconds: 60 },
      key: expect.stringMatching(/^(\w{4}-){6}\w{4}$/),
    });
    expect(house.zoneSet.closest(name('a.otter2.digpit.test.'))!.serial).toBe(1);
  });

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const [cookie] = (await open({})).cookies;
    expect(cookie).toEqual({
      name: 'digpit_session',
      value: expect.stringMatching(/^[\w-]{43}\..{43}$/),
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 30 * 24 * 60 * 60,
    });
  });

  it('brings a zone back with its key, however it was copied', async () => {
    const reply = await open({ key: ` ${visitor.key.toUpperCase().replaceAll('-', ' ')} ` });
    expect([reply.statusCode, reply.json<SessionJson>().zone]).toEqual([200, visitor.zone]);
    expect(reply.body).not.toContain('key');
    const again = await house.app.inject({ url: '/api/session', headers: { cookie: cookieOf(reply) } });
    expect(again.json<SessionJson>().zone).toBe(visitor.zone);
  });

  it.each(['', 'hello', '0000-0000-0000-0000-0000-0000-0000'])('refuses the wrong key %j', async (key) => {
    const reply = await open({ key });
    expect([reply.statusCode, reply.json<ErrorJson>().error.code, reply.cookies]).toEqual([401, 'wrong_key', []]);
  });

  it.each([1, null, ['x'], {}])('refuses the key %j', async (key) => {
    const reply = await open({ key });
    expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([422, { code: 'invalid_key', field: 'key' }]);
  });

  it('ends the session that the browser had before', async () => {
    const reply = await open({}, { cookie: visitor.cookie });
    expect(reply.json<SessionJson>().zone).not.toBe(visitor.zone);
    expect((await visitor.request('GET', '/api/session')).json()).toEqual({ zone: null });
    expect((await visitor.request('GET', '/api/records')).statusCode).toBe(401);
  });

  it('is never done by GET', async () => {
    await house.app.inject('/api/session');
    expect(house.zoneSet.size).toBe(1);
  });

  it('is limited for each network, tries with a key included', async () => {
    const small = new House({ limits: { sessionsPerHour: 2 } });
    const post = (payload: object, remoteAddress = '192.0.2.1') =>
      small.app.inject({ method: 'POST', url: '/api/session', payload, remoteAddress });
    expect((await post({})).statusCode).toBe(201);
    expect((await post({ key: 'guess' })).statusCode).toBe(401);
    const refused = await post({});
    expect([refused.statusCode, refused.json<ErrorJson>().error.code]).toEqual([429, 'too_many_sessions']);
    expect(refused.headers['retry-after']).toBe('1800');
    expect((await post({}, '192.0.2.2')).statusCode).toBe(201);
    small.now += 1_800_000;
    expect((await post({})).statusCode).toBe(201);
    await small.close();
  });
});

describe('GET /api/session', () => {
  it('says whose session it is, and lets the cookie live on', async () => {
    const reply = await visitor.request('GET', '/api/session');
    expect([reply.statusCode, reply.json<SessionJson>().zone]).toEqual([200, visitor.zone]);
    expect(reply.body).not.toContain('key');
    expect(cookieOf(reply)).toBe(visitor.cookie);
    expect(reply.cookies[0]!.maxAge).toBe(2_592_000);
  });

  it('knows no zone for a cookie that is missing, altered or signed by somebody else, without calling it an error', async () => {
    const [token, signature] = decodeURIComponent(visitor.cookie.split('=')[1]!).split('.') as [string, string];
    const other = token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const value of ['', token, `${other}.${signature}`, `${token}.${signature.slice(0, -2)}xx`, 's:x']) {
      const headers = { cookie: `digpit_session=${encodeURIComponent(value)}` };
      const session = await house.app.inject({ url: '/api/session', headers });
      expect([session.statusCode, session.body]).toEqual([200, '{"zone":null}']);
      const records = await house.app.inject({ url: '/api/records', headers });
      expect([records.statusCode, records.json<ErrorJson>().error.code]).toEqual([401, 'no_session']);
    }
    expect((await house.app.inject('/api/session')).body).toBe('{"zone":null}');
  });

  it('refuses a session that was left alone for thirty days', async () => {
    house.now += 29 * DAY;
    expect((await visitor.request('GET', '/api/session')).statusCode).toBe(200);
    house.now += 31 * DAY;
    expect((await visitor.request('GET', '/api/session')).json()).toEqual({ zone: null });
    expect((await visitor.request('GET', '/api/records')).statusCode).toBe(401);
  });
});

describe('how long a zone stays', () => {
  const expiresAt = async () => (await visitor.request('GET', '/api/session')).json<SessionJson>().expiresAt;

  it('is counted from the last visit or edit', async () => {
    const begun = house.now;
    house.now += 10 * DAY;
    expect(await expiresAt()).toBe(begun + 100 * DAY);
    house.now += 5 * DAY;
    await visitor.request('POST', '/api/records', { name: 'x', type: 'A', ttl: 60, address: '192.0.2.1' });
    expect(house.deps.zones.find(visitor.zoneId)!.seenAt).toBe(begun + 15 * DAY);
    house.now += 31 * DAY;
    await open({ key: visitor.key });
    expect(house.deps.zones.find(visitor.zoneId)!.seenAt).toBe(house.now);
  });

  it('may be for ever', async () => {
    const lasting = new House({ settings: { zoneMaxAge: 0 } });
    const reply = await (await lasting.visitor()).request('GET', '/api/session');
    expect(reply.json<SessionJson>().expiresAt).toBeNull();
    await lasting.close();
  });
});

describe('behind a proxy that shows us below a path', () => {
  it.each([
    [true, '/dig', '/dig'],
    [true, '/a/b-1/', '/a/b-1/'],
    [true, '/x; Domain=evil.example', '/'],
    [false, '/dig', '/'],
  ])('(trusted: %s) the cookie for %s is set for %s', async (trustProxy, prefix, path) => {
    const proxied = new House({ settings: { trustProxy } });
    const headers = { 'x-forwarded-prefix': prefix };
    const reply = await proxied.app.inject({ method: 'POST', url: '/api/session', payload: {}, headers });
    expect(reply.cookies[0]!.path).toBe(path);
    await proxied.close();
  });
});

describe('DELETE /api/session', () => {
  it('ends the session for good and takes the cookie back; the zone stays and its key still works', async () => {
    const reply = await visitor.request('DELETE', '/api/session');
    expect([reply.statusCode, reply.body]).toEqual([204, '']);
    expect(reply.cookies[0]).toMatchObject({ name: 'digpit_session', value: '', expires: new Date(0) });
    expect((await visitor.request('GET', '/api/session')).json()).toEqual({ zone: null });
    expect((await visitor.request('GET', '/api/records')).statusCode).toBe(401);
    expect(house.zoneSet.closest(name(visitor.zone))).not.toBeNull();
    expect((await open({ key: visitor.key })).statusCode).toBe(200);
  });

  it('ends no other session of the zone', async () => {
    const other = cookieOf(await open({ key: visitor.key }));
    await visitor.request('DELETE', '/api/session');
    expect((await house.app.inject({ url: '/api/session', headers: { cookie: other } })).statusCode).toBe(200);
  });

  it('is refused without one', async () => {
    expect((await house.app.inject({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(401);
  });
});
