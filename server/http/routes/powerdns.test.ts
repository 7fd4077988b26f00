import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { KeysJson, NewKeyJson } from '../key-protocol.ts';
import type { HistoryJson } from '../protocol.ts';

interface ZoneReply {
  serial: number;
  url: string;
  rrsets: { name: string; type: string; ttl: number; records: { content: string; disabled: boolean }[] }[];
}

const ZONES = '/api/v1/servers/localhost/zones';

let house: House;
let visitor: Visitor;
let key: string;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
  key = await make({});
});
afterEach(() => house.close());

const make = async (limits: object): Promise<string> =>
  (await visitor.request('POST', '/api/keys', { kind: 'token', label: 'client', ...limits })).json<NewKeyJson>().secret;
const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object | string, headers = {}) =>
  house.app.inject({ method, url, headers: { 'x-api-key': key, ...headers }, ...(payload !== undefined && { payload }) });
const zoneUrl = () => `${ZONES}/${visitor.zone}`;
const patch = (...rrsets: object[]) => call('PATCH', zoneUrl(), { rrsets });
const replace = (name: string, type: string, ...contents: string[]) => ({
  name: `${name}.${visitor.zone}`,
  type,
  ttl: 60,
  changetype: 'REPLACE',
  records: contents.map((content) => ({ content, disabled: false })),
});
const lines = async () =>
  (await call('GET', zoneUrl()))
    .json<ZoneReply>()
    .rrsets.filter(({ type }) => type !== 'SOA' && type !== 'NS')
    .flatMap(({ name, type, ttl, records }) =>
      records.map(({ content }) => `${name.replace(visitor.zone, '')} ${ttl} ${type} ${content}`),
    );

describe('the server of PowerDNS', () => {
  it('is found by the ways in which clients look for it', async () => {
    expect((await call('GET', '/api')).json()).toEqual([{ url: '/api/v1', version: 1 }]);
    expect((await call('GET', '/api/v1/servers')).json()).toMatchObject([{ id: 'localhost' }]);
    const { version } = (await call('GET', '/api/v1/servers/localhost')).json<{ version: string }>();
    expect(version.split('.').map(Number).every(Number.isInteger) && version.split('.').length >= 3).toBe(true);
    for (const list of [
      'config',
      'statistics',
      'tsigkeys',
      `zones/${visitor.zone}/cryptokeys`,
      `zones/${visitor.zone}/metadata`,
    ]) {
      expect((await call('GET', `/api/v1/servers/localhost/${list}`)).json()).toEqual([]);
    }
  });

  it('says what is wrong as PowerDNS does', async () => {
    expect((await house.app.inject({ url: ZONES })).json()).toEqual({ error: expect.any(String) });
    expect((await call('GET', ZONES, undefined, { 'x-api-key': 'digpit_x' })).statusCode).toBe(401);
    const other = await house.visitor();
    const missing = await call('GET', `${ZONES}/${other.zone}`);
    expect([missing.statusCode, missing.json()]).toEqual([404, { error: `Could not find domain '${other.zone}'` }]);
    await call('PATCH', `${ZONES}/${other.zone}`, { rrsets: [] });
    const { keys } = (await visitor.request('GET', '/api/keys')).json<KeysJson>();
    expect(keys[0]!.refused).toMatchObject({ why: 'zone' });
    expect((await call('PATCH', zoneUrl(), '{', { 'content-type': 'application/json' })).statusCode).toBe(400);
    expect((await call('GET', '/api/v1/servers/elsewhere/zones')).statusCode).toBe(404);
    expect((await call('POST', zoneUrl(), {})).statusCode).toBe(405);
  });

  it('has one zone, found by its name in every spelling, and lists it without its records', async () => {
    const all = (await call('GET', ZONES)).json<ZoneReply[]>();
    expect(all).toMatchObject([{ name: visitor.zone, id: visitor.zone, kind: 'Native', url: zoneUrl(), dnssec: false }]);
    expect(all[0]).not.toHaveProperty('rrsets');
    const bare = visitor.zone.slice(0, -1);
    for (const name of [visitor.zone, bare, bare.toUpperCase()]) {
      expect((await call('GET', `${ZONES}?zone=${name}`)).json()).toEqual(all);
      expect((await call('GET', `${ZONES}/${name.replaceAll('.', '=2E')}`)).statusCode).toBe(200);
    }
    for (const name of ['digpit.test.', 'a..b', `x.${visitor.zone}`]) {
      expect((await call('GET', `${ZONES}?zone=${name}`)).json()).toEqual([]);
    }
    expect((await call('GET', `${zoneUrl()}?rrsets=false`)).json()).toEqual(all[0]);
  });

  it('makes no other zone, leaves the settings of this one, and does not delete it', async () => {
    const make = (name: string) =>
      call('POST', ZONES, { name, kind: 'Native', masters: [], nameservers: [], rrsets: [], serial: 0 });
    expect((await make(visitor.zone)).statusCode).toBe(409);
    expect((await make('example.org.')).statusCode).toBe(422);
    expect((await call('PUT', zoneUrl(), { kind: 'Master' })).statusCode).toBe(204);
    expect((await call('PUT', `${zoneUrl()}/notify`)).statusCode).toBe(200);
    expect((await call('PUT', `${zoneUrl()}/notify`, '', { 'content-type': 'application/json' })).statusCode).toBe(200);
    expect((await call('DELETE', zoneUrl())).statusCode).toBe(422);
  });
});

describe('RRsets of PowerDNS', () => {
  it('are replaced and deleted, all of a request or none', async () => {
    expect((await patch(replace('www', 'A', '192.0.2.1', '192.0.2.2'), replace('t', 'TXT', '"a;b"'))).statusCode).toBe(204);
    expect(await lines()).toEqual(['t. 60 TXT "a;b"', 'www. 60 A 192.0.2.1', 'www. 60 A 192.0.2.2']);
    const before = await lines();
    const wrong = await patch(replace('new', 'A', '192.0.2.3'), replace('www', 'A', '192.0.2.256'));
    expect([wrong.statusCode, await lines()]).toEqual([422, before]);
    // octoDNS: an alias takes the place of an address, with a deletion that repeats what goes.
    const { records, ...rrset } = replace('www', 'A', '192.0.2.1');
    expect(
      (await patch({ ...rrset, records, changetype: 'DELETE' }, replace('www', 'CNAME', `t.${visitor.zone}`))).statusCode,
    ).toBe(204);
    // acme.sh and external-dns: deletions that say less.
    expect((await patch({ name: `t.${visitor.zone}`, type: 'TXT', changetype: 'DELETE' })).statusCode).toBe(204);
    expect(await lines()).toEqual([`www. 60 CNAME t.${visitor.zone}`]);
    expect((await patch({ ...rrset, type: 'CNAME', records: [] })).statusCode).toBe(204);
    const { edits } = (await visitor.request('GET', '/api/history')).json<HistoryJson>();
    expect(edits.map(({ kind, key: by }) => [kind, by])).toEqual(Array.from({ length: 4 }, () => ['update', 'client']));
  });

  it('may be deleted and made anew in one request, and are not made twice', async () => {
    await patch(replace('a', 'A', '192.0.2.1'));
    const anew = replace('a', 'A', '192.0.2.2');
    expect((await patch({ ...anew, changetype: 'DELETE' }, anew)).statusCode).toBe(204);
    expect(await lines()).toEqual(['a. 60 A 192.0.2.2']);
    expect((await patch(anew, { ...anew, name: anew.name.toUpperCase() })).statusCode).toBe(422);
  });

  it('are extended and pruned', async () => {
    await patch(replace('a', 'A', '192.0.2.1'));
    await patch({ ...replace('a', 'A', '192.0.2.1', '192.0.2.2'), changetype: 'EXTEND', ttl: 90 });
    expect((await lines()).sort()).toEqual(['a. 90 A 192.0.2.1', 'a. 90 A 192.0.2.2']);
    await patch({ ...replace('a', 'A', '192.0.2.1'), changetype: 'PRUNE' });
    expect(await lines()).toEqual(['a. 90 A 192.0.2.2']);
  });

  it.each([
    ['no changetype', { changetype: undefined }],
    ['a type that DNS has not', { type: 'ALIAS' }],
    ['a type of programs', { type: 'LUA' }],
    ['a name elsewhere', { name: 'www.example.org.' }],
    ['no TTL', { ttl: undefined }],
    ['records that are none', { records: 'x' }],
    ['a record that is none', { records: [7] }],
    ['a disabled record', { records: [{ content: '192.0.2.1', disabled: true }] }],
    ['the name servers of the zone gone', { name: '@', type: 'NS', changetype: 'DELETE' }],
  ])('are refused for %s', async (_, wrong) => {
    const reply = await patch({ ...replace('www', 'A', '192.0.2.1'), ...wrong });
    expect([reply.statusCode, reply.json()]).toEqual([422, { error: expect.any(String) }]);
    expect(await lines()).toEqual([]);
  });

  it('are sent whole with the zone by external-dns, and with comments alone by others', async () => {
    const zone = (await call('GET', zoneUrl())).json<object>();
    expect((await call('PATCH', zoneUrl(), { ...zone, rrsets: [replace('www', 'A', '192.0.2.1')] })).statusCode).toBe(204);
    const comment = {
      name: `www.${visitor.zone}`,
      type: 'A',
      changetype: 'REPLACE',
      comments: [{ content: 'x', account: '' }],
    };
    expect((await patch(comment)).statusCode).toBe(204);
    expect(await lines()).toEqual(['www. 60 A 192.0.2.1']);
  });

  it('are found by the patterns of acme.sh', async () => {
    const name = `_acme-challenge.${visitor.zone}`;
    await patch(replace('_acme-challenge', 'TXT', '"one"', '"two"'), replace('www', 'A', '192.0.2.1'));
    const text = (await call('GET', zoneUrl())).body;
    const found = new RegExp(`"name":"${name.slice(0, -1)}[^\\]]*}`).exec(text)![0];
    expect([...found.matchAll(/content":"\\"([^\\]*)/g)].map(([, value]) => value)).toEqual(['one', 'two']);
  });

  it('are those that the token is for', async () => {
    await patch(replace('www', 'A', '192.0.2.1'), replace('_acme-challenge', 'TXT', '"x"'));
    key = await make({ label: 'certs', names: ['_acme-challenge'], types: ['TXT'] });
    expect(await lines()).toEqual(['_acme-challenge. 60 TXT "x"']);
    expect((await patch(replace('www', 'A', '192.0.2.2'))).statusCode).toBe(403);
    expect((await call('GET', `${zoneUrl()}/export`)).statusCode).toBe(403);
    key = await make({ label: 'reader', rights: ['read'] });
    expect((await patch(replace('www', 'A', '192.0.2.2'))).statusCode).toBe(403);
    expect((await lines()).length).toBe(2);
  });

  it('are found by a search, narrowed, and exported', async () => {
    await patch(replace('www', 'A', '192.0.2.1'), replace('mail', 'A', '192.0.2.1'));
    const search = async (q: string) =>
      (await call('GET', `/api/v1/servers/localhost/search-data?max=9&q=${q}`))
        .json<{ name: string }[]>()
        .map(({ name }) => name);
    expect(await search('*192.0.2*')).toEqual([`mail.${visitor.zone}`, `www.${visitor.zone}`]);
    expect(await search('w*')).toEqual([`www.${visitor.zone}`]);
    expect(await search(visitor.zone)).toContain(visitor.zone);
    expect(await search('nothing')).toEqual([]);
    const narrowed = (await call('GET', `${zoneUrl()}?rrset_name=www.${visitor.zone}&rrset_type=A`)).json<ZoneReply>();
    expect(narrowed.rrsets.map(({ name }) => name)).toEqual([`www.${visitor.zone}`]);
    expect((await call('GET', `${zoneUrl()}/export`)).body).toContain('192.0.2.1');
    expect((await call('GET', `${zoneUrl()}/export`, undefined, { accept: 'application/json' })).json()).toHaveProperty('zone');
  });
});
