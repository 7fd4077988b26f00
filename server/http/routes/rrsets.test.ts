import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { NewKeyJson } from '../key-protocol.ts';
import type { ErrorJson, HistoryJson, RrsetJson, RrsetsJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});
afterEach(() => house.close());

const put = (rrsets: unknown, more = {}) => visitor.request('PUT', '/api/rrsets', { rrsets, ...more });
const page = async (query = '') => (await visitor.request('GET', `/api/rrsets${query}`)).json<RrsetsJson>();
const own = async () => (await page()).rrsets.filter(({ name }) => name !== '@');
const www: RrsetJson = { name: 'www', type: 'A', ttl: 60, records: ['192.0.2.1', '192.0.2.2'] };
const text: RrsetJson = { name: 'a.b', type: 'TXT', ttl: 300, records: ['"x y"'] };

describe('many RRsets at once', () => {
  it('are made what they are to be, in one edit', async () => {
    const { serial } = await page();
    const made = await put([www, text], { serial });
    expect([made.statusCode, made.json()]).toEqual([200, { serial: serial + 1, rrsets: [text, www] }]);
    const next = { ...www, type: 'CNAME', records: [`a.b.${visitor.zone}`] };
    expect((await put([{ name: 'www', type: 'A', records: [] }, next])).statusCode).toBe(200);
    expect(await own()).toEqual([text, next]);
    const { edits } = (await visitor.request('GET', '/api/history')).json<HistoryJson>();
    expect(edits.map(({ kind, removed, added }) => [kind, removed, added])).toEqual([
      ['update', 2, 1],
      ['update', 0, 3],
    ]);
    expect((await put([next])).json<RrsetsJson>().serial).toBe(serial + 2);
  });

  it('are not done in part: every fault is told with its place', async () => {
    const wrong = { ...text, name: 'x..y', records: ['"x"'] };
    const reply = await put([
      www,
      wrong,
      { ...text, ttl: undefined, records: ['"x"', '"y"'] },
      { ...www, records: ['1'] },
      www,
    ]);
    const { faults } = reply.json<ErrorJson>().error;
    expect([reply.statusCode, faults!.map(({ field }) => field)]).toEqual([
      422,
      ['rrsets.1.name', 'rrsets.2.ttl', 'rrsets.3.records.0', 'rrsets.4.name'],
    ]);
    const beside = await put([www, { ...www, type: 'CNAME', records: ['example.org.'] }]);
    expect([beside.statusCode, beside.json<ErrorJson>().error.field]).toEqual([422, 'rrsets.1.records.0']);
    expect((await put([{ name: '@', type: 'NS', records: [] }])).statusCode).toBe(422);
    for (const none of ['x', [7], [{ ...www, records: 'x' }]]) expect((await put(none)).statusCode).toBe(400);
    expect((await put([www], { serial: 9 })).json<ErrorJson>().error.code).toBe('zone_changed');
    expect(await own()).toEqual([]);
  });

  it('are no more than there is room for', async () => {
    await house.close();
    house = new House({ limits: { recordsPerZone: 4 } });
    visitor = await house.visitor();
    const full = await put([www, text]);
    expect([full.statusCode, full.headers['retry-after']]).toEqual([429, '3600']);
    expect((await put([www])).statusCode).toBe(200);
  });
});

describe('one RRset', () => {
  it('is read, written and taken away', async () => {
    const url = '/api/rrsets/www/A';
    expect((await visitor.request('GET', url)).statusCode).toBe(404);
    const { ttl, records } = www;
    expect((await visitor.request('PUT', url, { ttl, records })).json()).toEqual(www);
    expect((await visitor.request('GET', url)).json()).toEqual(www);
    expect((await visitor.request('DELETE', url)).statusCode).toBe(204);
    expect((await visitor.request('DELETE', url)).statusCode).toBe(404);
    expect((await visitor.request('GET', '/api/rrsets/@/SOA')).json<RrsetJson>().type).toBe('SOA');
    expect((await visitor.request('PUT', '/api/rrsets/@/SOA', { ttl: 60, records: [] })).statusCode).toBe(422);
  });

  it('is seen and changed by a token that it is for', async () => {
    await put([www, text]);
    const limits = { kind: 'token', label: 'a', names: ['a.b'], types: ['TXT'] };
    const { secret } = (await visitor.request('POST', '/api/keys', limits)).json<NewKeyJson>();
    const headers = { authorization: `Bearer ${secret}` };
    const call = (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: object) =>
      house.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    expect((await call('GET', '/api/rrsets')).json<RrsetsJson>().rrsets).toEqual([text]);
    expect((await call('GET', '/api/rrsets/www/A')).statusCode).toBe(404);
    expect((await call('PUT', '/api/rrsets', { rrsets: [text, { ...www, ttl: 5 }] })).statusCode).toBe(403);
    expect((await call('DELETE', '/api/rrsets/a.b/TXT')).statusCode).toBe(204);
    expect(await own()).toEqual([www]);
  });
});

describe('pages of RRsets', () => {
  it('follow one another, whatever comes and goes in between', async () => {
    await put(['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...www, name })));
    const seen: string[] = [];
    let cursor = '';
    for (let n = 0; n < 4; n++) {
      const { rrsets, next } = await page(`?limit=2${cursor}`);
      seen.push(...rrsets.map(({ name, type }) => `${name} ${type}`));
      if (next === undefined) break;
      cursor = `&cursor=${next}`;
      if (n === 1)
        await put([
          { ...www, name: 'b', records: [] },
          { ...www, name: 'aa' },
        ]);
    }
    expect(seen).toEqual(['@ NS', '@ SOA', 'a A', 'b A', 'c A', 'd A', 'e A']);
  });

  it('are narrowed by name and type', async () => {
    await put([www, text, { ...text, name: 'www' }]);
    expect((await page('?name=www')).rrsets.length).toBe(2);
    expect((await page('?type=TXT')).rrsets.length).toBe(2);
    expect((await page('?name=www&type=TXT')).rrsets).toEqual([{ ...text, name: 'www' }]);
    for (const wrong of ['name=a..b', 'name=a&name=b', 'limit=0', 'cursor=x', 'cursor=']) {
      expect((await visitor.request('GET', `/api/rrsets?${wrong}`)).statusCode).toBe(400);
    }
  });
});
