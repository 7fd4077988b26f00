import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { ErrorJson, QueriesJson, QueryDetailJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});

afterEach(() => house.close());

async function page(query = '', of = visitor): Promise<{ ids: number[]; more: boolean }> {
  const { queries, more } = (await of.request('GET', `/api/queries${query}`)).json<QueriesJson>();
  return { ids: queries.map(({ id }) => id), more };
}

describe('GET /api/queries', () => {
  it('shows the newest first, a hundred at a time', async () => {
    const ids = house.arrive(visitor, 250).toReversed();
    expect(await page()).toEqual({ ids: ids.slice(0, 100), more: true });
    expect(await page(`?before=${ids[99]}`)).toEqual({ ids: ids.slice(100, 200), more: true });
    expect(await page(`?before=${ids[199]}`)).toEqual({ ids: ids.slice(200), more: false });
    expect(await page(`?before=${ids[249]}`)).toEqual({ ids: [], more: false });
  });

  it('shows as many as are asked for, and says whether there are more exactly then', async () => {
    const ids = house.arrive(visitor, 3).toReversed();
    expect(await page('?limit=2')).toEqual({ ids: ids.slice(0, 2), more: true });
    expect(await page('?limit=3')).toEqual({ ids, more: false });
    expect(await page('?limit=500')).toEqual({ ids, more: false });
  });

  it('shows fewer when they are large, and loses none', async () => {
    const ids = (await house.arriveLarge(visitor, 80)).toReversed();
    const first = await page('?limit=80');
    expect(first.more).toBe(true);
    expect(first.ids.length).toBeGreaterThan(10);
    const second = await page(`?limit=80&before=${first.ids.at(-1)}`);
    const third = await page(`?limit=80&before=${second.ids.at(-1)}`);
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual(ids);
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'limit=', 'limit=1&limit=2', 'before=0', 'before=-5', 'before=1e3'])(
    'refuses %s',
    async (query) => {
      const reply = await visitor.request('GET', `/api/queries?${query}`);
      expect([reply.statusCode, reply.json<ErrorJson>().error]).toMatchObject([
        400,
        { code: 'bad_parameter', field: query.split('=')[0] },
      ]);
    },
  );
});

describe('GET /api/queries/:id', () => {
  it('shows one with every octet', async () => {
    const [id] = house.arrive(visitor, 1, { qname: visitor.zone });
    const detail = (await visitor.request('GET', `/api/queries/${id}`)).json<QueryDetailJson>();
    expect(detail).toMatchObject({
      id,
      qname: visitor.zone,
      query: { flags: ['RD'] },
      response: { flags: ['QR', 'AA', 'RD'] },
    });
    expect(detail.query.octets).toBe(Buffer.from(house.log.queries[0]!.query).toString('hex'));
  });

  it.each(['999', '0', 'x', '-1'])('knows no query %s', async (id) => {
    house.arrive(visitor);
    const reply = await visitor.request('GET', `/api/queries/${id}`);
    expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([404, 'no_such_query']);
  });
});

describe('DELETE /api/queries', () => {
  it('clears the log', async () => {
    house.arrive(visitor, 3);
    expect((await visitor.request('DELETE', '/api/queries')).statusCode).toBe(204);
    expect(await page()).toEqual({ ids: [], more: false });
  });
});

describe('all of them', () => {
  it('need a session', async () => {
    for (const [method, url] of [
      ['GET', '/api/queries'],
      ['GET', '/api/queries/1'],
      ['DELETE', '/api/queries'],
    ] as const) {
      expect((await house.app.inject({ method, url })).statusCode).toBe(401);
    }
  });

  it('show and clear the own log only', async () => {
    const stranger = await house.visitor();
    const [id] = house.arrive(visitor);
    expect(await page('', stranger)).toEqual({ ids: [], more: false });
    const reply = await stranger.request('GET', `/api/queries/${id}`);
    expect([reply.statusCode, reply.json<ErrorJson>().error.code]).toEqual([404, 'no_such_query']);
    await stranger.request('DELETE', '/api/queries');
    expect(await page()).toEqual({ ids: [id], more: false });
  });
});
