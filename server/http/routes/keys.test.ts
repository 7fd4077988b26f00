import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { KeyJson, KeysJson, NewKeyJson } from '../key-protocol.ts';
import type { ErrorJson, HistoryJson, RecordJson, RecordsJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});
afterEach(() => house.close());

const make = async (body: object) => (await visitor.request('POST', '/api/keys', body)).json<NewKeyJson>();
const keys = async () => (await visitor.request('GET', '/api/keys')).json<KeysJson>().keys;
const withToken = (
  secret: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  header = 'bearer',
) =>
  house.app.inject({
    method,
    url,
    headers: header === 'bearer' ? { authorization: `Bearer ${secret}` } : { 'x-api-key': secret },
    ...(payload !== undefined && { payload }),
  });
const record = (name: string, type = 'A') => ({ name, type, ttl: 60, content: type === 'A' ? '192.0.2.1' : '"x"' });

describe('keys', () => {
  it('are made with their secret, once, and shown without it from then on', async () => {
    const made = await make({ kind: 'tsig', label: 'Laptop' });
    expect(made).toMatchObject({
      kind: 'tsig',
      label: 'laptop',
      name: `laptop.${visitor.zone.slice(0, -1)}`,
      algorithm: 'hmac-sha256',
    });
    expect([made.rights, made.names, made.expiresAt, made.idle]).toEqual([['update', 'transfer'], [], null, null]);
    expect(Buffer.from(made.secret, 'base64').length).toBe(32);
    const [{ secret: _, ...rest }] = [made];
    expect(await keys()).toEqual([rest]);
  });

  it('have the limits that they were given', async () => {
    const limits = {
      names: ['@', '_ACME-challenge.*'],
      types: ['txt', 'TYPE65280'],
      networks: ['192.0.2.0/24'],
      rights: ['update'],
    };
    const made = await make({ kind: 'tsig', label: 'a', algorithm: 'hmac-sha512', ...limits, expires: 60, idle: 30 });
    expect(made).toMatchObject({
      names: ['@', '_acme-challenge.*'],
      types: ['TXT', 'TYPE65280'],
      rights: ['update'],
      idle: 30,
    });
    expect([made.expiresAt, Buffer.from(made.secret, 'base64').length]).toEqual([house.now + 60_000, 64]);
  });

  it.each([
    ['kind', { kind: 'x' }],
    ['label', { label: 'a b' }],
    ['label', { label: '' }],
    ['algorithm', { algorithm: 'hmac-sha3' }],
    ['algorithm', { algorithm: 'hmac-md5' }],
    ['rights', { rights: ['read'] }],
    ['names', { names: ['www.'] }],
    ['types', { types: ['AXFR'] }],
    ['networks', { networks: ['192.0.2.0/40'] }],
    ['networks', { networks: 'all' }],
    ['expires', { expires: 0 }],
    ['idle', { idle: 1.5 }],
  ])('are refused for a wrong %s: %j', async (field, wrong) => {
    const reply = await visitor.request('POST', '/api/keys', { kind: 'tsig', label: 'a', ...wrong });
    expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([422, { code: 'invalid_key_limits', field }]);
    expect(await keys()).toEqual([]);
  });

  it('have names of their own, and are no more than there is room for', async () => {
    await make({ kind: 'tsig', label: 'a' });
    expect((await visitor.request('POST', '/api/keys', { kind: 'tsig', label: 'A' })).statusCode).toBe(409);
    for (let n = 1; n < 50; n++) await make({ kind: 'token', label: `t${n}` });
    const refused = await visitor.request('POST', '/api/keys', { kind: 'token', label: 'one-more' });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '3600']);
  });

  it('are revoked by their owner, and by nobody else', async () => {
    const { id } = await make({ kind: 'token', label: 'a' });
    const other = await house.visitor();
    expect((await other.request('DELETE', `/api/keys/${id}`)).statusCode).toBe(404);
    expect((await visitor.request('DELETE', `/api/keys/${id}`)).statusCode).toBe(204);
    expect(await keys()).toEqual([]);
  });

  it('are not made with a token', async () => {
    const { secret } = await make({ kind: 'token', label: 'a' });
    expect((await withToken(secret, 'POST', '/api/keys', { kind: 'token', label: 'b' })).statusCode).toBe(401);
  });
});

describe('tokens', () => {
  it.each(['bearer', 'x-api-key'])('read and change the records, sent as %s', async (header) => {
    const { secret } = await make({ kind: 'token', label: 'a' });
    const added = await withToken(secret, 'POST', '/api/records', record('www'), header);
    expect(added.statusCode).toBe(201);
    const { id } = added.json<RecordJson>();
    expect((await withToken(secret, 'PUT', `/api/records/${id}`, record('ftp'), header)).statusCode).toBe(200);
    const names = (await withToken(secret, 'GET', '/api/records', undefined, header))
      .json<RecordsJson>()
      .records.map(({ name }) => name);
    expect(names).toContain('ftp');
    expect((await withToken(secret, 'DELETE', `/api/records/${id}`, undefined, header)).statusCode).toBe(204);
    expect((await withToken(secret, 'POST', '/api/zone', { mode: 'add', text: 'x 60 A 192.0.2.1' }, header)).statusCode).toBe(
      200,
    );
    expect((await withToken(secret, 'GET', '/api/zone/file', undefined, header)).body).toContain('192.0.2.1');
  });

  it('see and change what they are for, and nothing else; nothing changes in part', async () => {
    await visitor.request('POST', '/api/records', record('www'));
    const { secret } = await make({ kind: 'token', label: 'a', names: ['_acme-challenge.*'], types: ['TXT'] });
    expect((await withToken(secret, 'POST', '/api/records', record('_acme-challenge.www', 'TXT'))).statusCode).toBe(201);
    for (const [body, field] of [
      [record('www', 'TXT'), 'name'],
      [record('_acme-challenge.www'), 'type'],
    ] as const) {
      const reply = await withToken(secret, 'POST', '/api/records', body);
      expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([403, { code: 'token_refused', field }]);
      expect((await keys())[0]!.refused).toMatchObject({ why: field, from: '127.0.0.1' });
    }
    const text = '_acme-challenge.b 60 TXT "x"\nwww 60 TXT "y"\n';
    expect((await withToken(secret, 'POST', '/api/zone', { mode: 'add', text })).statusCode).toBe(403);
    expect((await withToken(secret, 'DELETE', '/api/records')).statusCode).toBe(403);
    const { records } = (await withToken(secret, 'GET', '/api/records')).json<RecordsJson>();
    expect(records.map(({ name, type }) => [name, type])).toEqual([['_acme-challenge.www', 'TXT']]);
    expect((await withToken(secret, 'GET', '/api/zone/file')).statusCode).toBe(403);
    expect((await withToken(secret, 'GET', '/api/history')).statusCode).toBe(403);
  });

  it.each([
    ['right', { rights: ['log'] }],
    ['network', { networks: ['192.0.2.0/24'] }],
    ['expired', { expires: 1 }],
    ['idle', { idle: 1 }],
  ])('are refused for their %s, and their owner sees it', async (why, limits) => {
    const { secret } = await make({ kind: 'token', label: 'a', ...limits });
    house.now += 1000;
    const reply = await withToken(secret, 'GET', '/api/records');
    expect([reply.statusCode, reply.json<ErrorJson>().error.field]).toEqual([403, why]);
    expect((await keys())[0]!.refused).toEqual({ at: house.now, from: '127.0.0.1', why });
  });

  it('are named in the history beside what they changed', async () => {
    const { secret } = await make({ kind: 'token', label: 'script' });
    await withToken(secret, 'POST', '/api/records', record('www'));
    await visitor.request('POST', '/api/records', record('ftp'));
    const { edits } = (await visitor.request('GET', '/api/history')).json<HistoryJson>();
    expect(edits.map(({ about, key }) => [about, key])).toEqual([
      [['ftp A'], undefined],
      [['www A'], 'script'],
    ]);
  });

  it("are nobody else's, once revoked nobody's, and no session", async () => {
    const { secret, id } = await make({ kind: 'token', label: 'a' });
    expect((await withToken(`${secret}x`, 'GET', '/api/records')).statusCode).toBe(401);
    expect((await withToken(secret, 'GET', '/api/session')).json()).toEqual({ zone: null });
    await visitor.request('DELETE', `/api/keys/${id}`);
    expect((await withToken(secret, 'GET', '/api/records')).statusCode).toBe(401);
  });

  it('say when and from where they were used', async () => {
    const { secret } = await make({ kind: 'token', label: 'a' });
    await withToken(secret, 'GET', '/api/records');
    const [key] = (await keys()) as [KeyJson];
    expect(key.used).toEqual({ at: house.now, from: '127.0.0.1' });
  });
});
