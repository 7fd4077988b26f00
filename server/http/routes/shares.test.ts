import { afterEach, beforeEach, expect, it } from 'vitest';
import { House } from '../../../tests/support/http.ts';
import type { ErrorJson, NewShareJson, QueryDetailJson, SharesJson } from '../protocol.ts';

let house: House;

beforeEach(() => {
  house = new House({ limits: { sharesPerZone: 2 } });
});
afterEach(() => house.close());

it('a share shows one query to anybody, until it is taken back', async () => {
  const visitor = await house.visitor();
  const [id] = house.arrive(visitor);
  const made = await visitor.request('POST', `/api/queries/${id}/share`);
  expect(made.statusCode).toBe(201);
  const share = made.json<NewShareJson>();
  expect(share).toMatchObject({ query: { id, qtype: 'A' } });
  const token = /^q\/([\w-]{32})$/.exec(share.path)![1]!;

  const stranger = await house.app.inject(`/api/shared/${token}`);
  expect(stranger.json<QueryDetailJson>()).toMatchObject({ id, query: { flags: ['RD'] }, source: { address: '192.0.2.53' } });
  const list = await visitor.request('GET', '/api/shares');
  expect(list.json<SharesJson>().shares).toHaveLength(1);
  expect(list.body).not.toContain(token);

  expect((await visitor.request('DELETE', `/api/shares/${share.id}`)).statusCode).toBe(204);
  const gone = await house.app.inject(`/api/shared/${token}`);
  expect([gone.statusCode, gone.json<ErrorJson>().error.code]).toEqual([404, 'no_such_share']);
  expect((await visitor.request('DELETE', `/api/shares/${share.id}`)).statusCode).toBe(404);
});

it('a share goes with its query', async () => {
  const visitor = await house.visitor();
  const [id] = house.arrive(visitor);
  const { path } = (await visitor.request('POST', `/api/queries/${id}/share`)).json<NewShareJson>();
  await visitor.request('DELETE', '/api/queries');
  expect((await house.app.inject(`/api/shared/${path.slice(2)}`)).statusCode).toBe(404);
  expect((await visitor.request('GET', '/api/shares')).json<SharesJson>().shares).toEqual([]);
});

it("nobody shares or takes back what is another's", async () => {
  const [owner, other] = [await house.visitor(), await house.visitor()];
  const [id] = house.arrive(owner);
  expect((await other.request('POST', `/api/queries/${id}/share`)).statusCode).toBe(404);
  const share = (await owner.request('POST', `/api/queries/${id}/share`)).json<NewShareJson>();
  expect((await other.request('DELETE', `/api/shares/${share.id}`)).statusCode).toBe(404);
  expect((await other.request('GET', '/api/shares')).json<SharesJson>().shares).toEqual([]);
  expect((await house.app.inject({ method: 'POST', url: `/api/queries/${id}/share` })).statusCode).toBe(401);
});

it('there are only so many', async () => {
  const visitor = await house.visitor();
  const [id] = house.arrive(visitor);
  const codes = [];
  for (let i = 0; i < 3; i++) codes.push((await visitor.request('POST', `/api/queries/${id}/share`)).statusCode);
  expect(codes).toEqual([201, 201, 429]);
});

it.each(['x', 'a'.repeat(32), '%00', '..%2f..'])('a link that was guessed, %s, shows nothing', async (token) => {
  expect((await house.app.inject(`/api/shared/${token}`)).statusCode).toBe(404);
});

it('the page of a link is one page for all, and no search engine keeps it', async () => {
  const reply = await house.app.inject('/q/anything');
  expect([reply.statusCode, reply.headers['x-robots-tag'], reply.headers['referrer-policy']]).toEqual([
    200,
    'noindex',
    'no-referrer',
  ]);
  expect(reply.body).toContain('A query');
});
