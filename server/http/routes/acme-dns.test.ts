import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { KeysJson, NewKeyJson } from '../key-protocol.ts';
import type { RecordsJson } from '../protocol.ts';

interface Account {
  username: string;
  password: string;
  fulldomain: string;
  subdomain: string;
  allowfrom: string[];
}

let house: House;
let visitor: Visitor;
let base: string;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
  base = await makeBase({});
});
afterEach(() => house.close());

async function makeBase(limits: object): Promise<string> {
  const reply = await visitor.request('POST', '/api/keys', { kind: 'token', label: 'acme', ...limits });
  return `/acme-dns/${reply.json<NewKeyJson>().secret}`;
}

const register = (payload?: object | string, headers = {}) =>
  house.app.inject({ method: 'POST', url: `${base}/register`, headers, ...(payload !== undefined && { payload }) });
const update = ({ username, password, subdomain }: Account, txt: unknown, change = {}, headers = {}) =>
  house.app.inject({
    method: 'POST',
    url: `${base}/update`,
    // As curl -d sends it, which is how acme.sh does.
    headers: { 'x-api-user': username, 'x-api-key': password, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: JSON.stringify({ subdomain, txt, ...change }),
  });
const txt = (letter: string) => letter.repeat(43);
const texts = async () => {
  const { records } = (await visitor.request('GET', '/api/records')).json<RecordsJson>();
  return records.filter(({ type }) => type === 'TXT').map(({ name, content }) => `${name} ${content}`);
};

describe('an account of acme-dns', () => {
  it('is made with nothing, and answers challenges, the last two of them', async () => {
    const reply = await register();
    expect(reply.statusCode).toBe(201);
    const account = reply.json<Account>();
    expect(Object.keys(account)).toEqual(['username', 'password', 'fulldomain', 'subdomain', 'allowfrom']);
    expect(account.fulldomain).toBe(`${account.subdomain}.${visitor.zone.slice(0, -1)}`);
    const done = await update(account, txt('a'));
    expect([done.statusCode, done.json()]).toEqual([200, { txt: txt('a') }]);
    for (const letter of ['b', 'b', 'c']) await update(account, txt(letter));
    expect(await texts()).toEqual([`${account.subdomain} "${txt('b')}"`, `${account.subdomain} "${txt('c')}"`]);
  });

  it('is for its own name, with its own password', async () => {
    const [one, two] = [(await register()).json<Account>(), (await register({})).json<Account>()];
    for (const reply of [
      await update(one, txt('a'), { subdomain: two.subdomain }),
      await update({ ...one, username: two.username }, txt('a')),
      await update({ ...one, password: `${one.password}x` }, txt('a')),
      await update({ ...one, password: base.split('/')[2]! }, txt('a')),
    ]) {
      expect([reply.statusCode, reply.json()]).toMatchObject([401, { error: 'forbidden' }]);
    }
    const { keys } = (await visitor.request('GET', '/api/keys')).json<KeysJson>();
    expect(keys.map(({ refused }) => refused?.why)).toEqual([undefined, 'name', undefined]);
    const elsewhere = { authorization: `Bearer ${one.password}` };
    expect((await house.app.inject({ url: '/api/records', headers: elsewhere })).statusCode).toBe(401);
    expect(await texts()).toEqual([]);
  });

  it.each(['', 'short', txt('a').slice(1), `${txt('a')}a`, `${txt('a').slice(1)}"`, 7])(
    'takes no challenge %j',
    async (wrong) => {
      const reply = await update((await register()).json<Account>(), wrong);
      expect([reply.statusCode, reply.json()]).toMatchObject([400, { error: 'bad_txt' }]);
    },
  );

  it('is used from its own networks only', async () => {
    const reply = await register({ allowfrom: ['192.0.2.0/24'] });
    expect(reply.json<Account>().allowfrom).toEqual(['192.0.2.0/24']);
    expect((await update(reply.json<Account>(), txt('a'))).statusCode).toBe(401);
    expect((await register({ allowfrom: ['x'] })).json()).toMatchObject({ error: 'invalid_allowfrom_cidr' });
    expect((await register('{', { 'content-type': 'text/plain' })).json()).toMatchObject({ error: 'malformed_json_payload' });
  });

  it('has the limits of the token that made it', async () => {
    base = await makeBase({ label: 'here', networks: ['127.0.0.0/8'], expires: 60, idle: 30 });
    const account = (await register({ allowfrom: ['192.0.2.0/24'] })).json<Account>();
    expect(account.allowfrom).toEqual(['127.0.0.0/8']);
    const { keys } = (await visitor.request('GET', '/api/keys')).json<KeysJson>();
    expect(keys.at(-1)).toMatchObject({ networks: ['127.0.0.0/8'], expiresAt: house.now + 60_000, idle: 30 });
  });

  it('is among the keys of the zone, and revoked like any', async () => {
    const account = (await register()).json<Account>();
    const { keys } = (await visitor.request('GET', '/api/keys')).json<KeysJson>();
    expect(keys[1]).toMatchObject({ kind: 'acme-dns', names: [account.subdomain], types: ['TXT'], rights: ['write'] });
    await visitor.request('DELETE', `/api/keys/${keys[1]!.id}`);
    expect((await update(account, txt('a'))).statusCode).toBe(401);
  });

  it('is not made by a token that may not write such records, or by nobody', async () => {
    base = await makeBase({ label: 'reader', rights: ['read'] });
    expect((await register()).statusCode).toBe(401);
    base = await makeBase({ label: 'other', types: ['A'] });
    expect((await register()).statusCode).toBe(401);
    base = '/acme-dns/digpit_x';
    expect((await register()).statusCode).toBe(401);
  });
});
