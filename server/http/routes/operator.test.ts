import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { name } from '../../../tests/support/dns.ts';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { AccountRecordsJson, AccountsJson } from '../operator-protocol.ts';
import type { ErrorJson } from '../protocol.ts';

const TOKEN = 'a token of the tests';
let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House({ settings: { operatorToken: TOKEN, reportTo: 'abuse@digpit.test' } });
  visitor = await house.visitor();
});
afterEach(() => house.close());

type Method = 'GET' | 'POST' | 'DELETE';
const operate = (method: Method, path: string, token = TOKEN) =>
  house.app.inject({ method, url: `/api/operator/accounts${path}`, headers: { authorization: `Bearer ${token}` } });
const labels = async (search: string) => {
  const reply = await operate('GET', `?search=${encodeURIComponent(search)}`);
  return reply.json<AccountsJson>().accounts.map(({ label }) => label);
};
const add = (body: object) => visitor.request('POST', '/api/records', { ttl: 60, ...body });

describe("the operator's side", () => {
  it('is closed without the token, also to who keeps guessing, and not there where none is set', async () => {
    expect((await operate('GET', '', 'wrong')).statusCode).toBe(401);
    expect((await house.app.inject('/api/operator/accounts')).statusCode).toBe(401);
    // A visitor's cookie opens nothing.
    expect((await visitor.request('GET', '/api/operator/accounts')).statusCode).toBe(401);
    for (let i = 0; i < 20; i++) await operate('GET', '', `guess${i}`);
    const refused = await operate('GET', '', 'guess');
    expect([refused.statusCode, Number(refused.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
    expect((await operate('GET', '')).statusCode).toBe(200);
    const plain = new House();
    const headers = { authorization: 'Bearer ' };
    expect((await plain.app.inject({ url: '/api/operator/accounts', headers })).statusCode).toBe(404);
    await plain.close();
  });

  it('lists the newest first, page by page, and says nothing of keys', async () => {
    for (let i = 0; i < 4; i++) await house.visitor();
    const first = (await operate('GET', '?limit=3')).json<AccountsJson>();
    expect([first.total, first.accounts.map(({ label }) => label)]).toEqual([5, ['otter5', 'otter4', 'otter3']]);
    const next = await operate('GET', `?before=${first.accounts.at(-1)!.id}`);
    expect(next.json<AccountsJson>().accounts.map(({ label }) => label)).toEqual(['otter2', 'otter1']);
    expect(next.body).not.toMatch(/key|hash|session/);
  });

  it('finds by label, by a name below it, and by what a record says', async () => {
    await house.visitor();
    await add({ name: 'www', type: 'A', address: '203.0.113.99' });
    await add({ name: 'x', type: 'CNAME', target: 'evil.example.' });
    expect(await labels('otter')).toEqual(['otter2', 'otter1']);
    expect(await labels('deep.below.otter1.digpit.test')).toEqual(['otter1']);
    expect(await labels('203.0.113.99')).toEqual(['otter1']);
    expect(await labels('evil.example')).toEqual(['otter1']);
    expect(await labels("' OR 1=1 --")).toEqual([]);
  });

  it('suspends: no answer, nothing to be done by the owner, and all of it comes back', async () => {
    await add({ name: 'www', type: 'A', address: '192.0.2.1' });
    const answers = () => house.zoneSet.closest(name(`www.${visitor.zone}`)) !== null;
    const reply = await operate('POST', '/otter1/suspend');
    expect(reply.json()).toMatchObject({ label: 'otter1', suspendedAt: house.now });
    expect(answers()).toBe(false);
    const refused = await visitor.request('GET', '/api/records');
    expect([refused.statusCode, refused.json<ErrorJson>().error]).toMatchObject([403, { code: 'suspended' }]);
    expect(refused.json<ErrorJson>().error.message).toContain('abuse@digpit.test');
    const withKey = await house.app.inject({ method: 'POST', url: '/api/session', payload: { key: visitor.key } });
    expect(withKey.statusCode).toBe(403);
    expect([...house.deps.zones.loadAll()]).toEqual([]);

    expect((await operate('POST', '/otter1/resume')).json()).toMatchObject({ suspendedAt: null, records: 3 });
    expect(answers()).toBe(true);
    expect((await visitor.request('GET', '/api/records')).statusCode).toBe(200);
  });

  it('reads and edits the zone as a text, which its owner sees in the history; one that is suspended stays as it is', async () => {
    const send = (path: string, text: string) =>
      house.app.inject({
        method: 'POST',
        url: `/api/operator/accounts/otter1/zone${path}`,
        headers: { authorization: `Bearer ${TOKEN}` },
        payload: { mode: 'add', text },
      });
    expect((await send('/preview', 'www 60 A 192.0.2.1\n')).json()).toMatchObject({ serial: 1, added: [{ name: 'www' }] });
    expect((await send('', 'www 60 A 192.0.2.1\n')).json()).toMatchObject({ serial: 2, added: [{ name: 'www' }] });
    expect((await operate('GET', '/otter1/zone/file')).body).toContain('192.0.2.1');
    expect((await visitor.request('GET', '/api/history')).json()).toMatchObject({
      edits: [{ kind: 'paste', key: '@operator' }],
    });
    await operate('POST', '/otter1/suspend');
    expect((await send('', 'ftp 60 A 192.0.2.1\n')).json()).toMatchObject({ error: { code: 'suspended' } });
    expect(house.zoneSet.closest(name(`www.${visitor.zone}`))).toBeNull();
    expect((await operate('GET', '/otter1/zone/file')).body).not.toContain('ftp');
  });

  it('shows the records, and deletes with all that belongs to it', async () => {
    await add({ name: 'www', type: 'A', address: '192.0.2.1' });
    house.arrive(visitor, 2);
    const shown = (await operate('GET', '/OTTER1')).json<AccountRecordsJson>();
    expect(shown.records.map(({ type }) => type)).toEqual(['NS', 'SOA', 'A']);
    expect((await operate('DELETE', '/otter1')).statusCode).toBe(204);
    expect((await operate('GET', '/otter1')).statusCode).toBe(404);
    expect([house.zoneSet.size, house.log.queries]).toEqual([0, []]);
    expect((await visitor.request('GET', '/api/records')).statusCode).toBe(401);
  });
});
