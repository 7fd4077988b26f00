import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { House, type Visitor } from '../../../tests/support/http.ts';
import type { NewKeyJson } from '../key-protocol.ts';
import type { QueryJson } from '../protocol.ts';

let house: House;
let visitor: Visitor;
let base: string;
let token: string;
let open: AbortController;

beforeEach(async () => {
  house = new House({ limits: { viewersPerZone: 3 } });
  visitor = await house.visitor();
  base = await house.app.listen({ port: 0, host: '127.0.0.1' });
  token = (await visitor.request('POST', '/api/keys', { kind: 'token', label: 'ci', rights: ['log'] })).json<NewKeyJson>()
    .secret;
  open = new AbortController();
});
afterEach(async () => {
  open.abort();
  await house.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers }, signal: open.signal });

/** What comes in a stream until it has `count` lines that say something. */
async function lines(response: Response, count: number): Promise<string[]> {
  let text = '';
  const complete = () =>
    text
      .split('\n')
      .slice(0, -1)
      .filter((line) => line !== '' && line !== ': ');
  for await (const piece of response.body!) {
    text += Buffer.from(piece).toString();
    if (complete().length >= count) return complete();
  }
  return complete();
}

/** Waits until so many look on. */
async function watched(viewers: number): Promise<void> {
  while ([...house.hub.viewersOf(visitor.zoneId)].length !== viewers) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Lets queries come once somebody looks on. */
async function arriveWhenWatched(count: number): Promise<number[]> {
  await watched(1);
  return house.arrive(visitor, count);
}

describe('the log as lines', () => {
  it('has every query that comes, as JSON, and those after the one that is known', async () => {
    const [first] = house.arrive(visitor, 3);
    const tail = await get(`/api/tail?after=${first}`);
    expect(tail.headers.get('content-type')).toContain('application/x-ndjson');
    const ids = await arriveWhenWatched(2);
    const got = (await lines(tail, 4)).map((line) => (JSON.parse(line) as QueryJson).id);
    expect(got).toEqual([first! + 1, first! + 2, ...ids]);
  });

  it('begins with what comes next, and is narrowed like the log', async () => {
    house.arrive(visitor, 3);
    const tail = await get('/api/tail?type=MX');
    await arriveWhenWatched(2);
    const [id] = house.arrive(visitor, 1, { qtype: 'MX' });
    expect((JSON.parse((await lines(tail, 1))[0]!) as QueryJson).id).toBe(id);
  });

  it('is a row of events for browsers, which go on where they were', async () => {
    const [first] = house.arrive(visitor, 2);
    const tail = await get('/api/tail', { accept: 'text/event-stream', 'last-event-id': `${first}` });
    expect(tail.headers.get('content-type')).toBe('text/event-stream');
    const [id, data] = await lines(tail, 2);
    expect([id, (JSON.parse(data!.slice(6)) as QueryJson).id]).toEqual([`id: ${first! + 1}`, first! + 1]);
  });

  it('says when more came than is told', async () => {
    const tail = await get('/api/tail?after=0');
    await arriveWhenWatched(600);
    const got = await lines(tail, 501);
    expect([got[0], got.length]).toEqual(['{"skipped":true}', 501]);
  });

  it('ends with the server', async () => {
    const tail = await get('/api/tail');
    await Promise.all([house.app.close(), tail.text()]);
  });
});

describe('GET /api/wait', () => {
  it('answers when a query comes that is wanted', async () => {
    const waiting = get(`/api/wait?name=hello&type=TXT&timeout=60`);
    await arriveWhenWatched(2);
    const [id] = house.arrive(visitor, 1, { qname: `hello.${visitor.zone}`, qtype: 'TXT' });
    const reply = await waiting;
    expect([reply.status, ((await reply.json()) as QueryJson).id]).toEqual([200, id]);
    expect([...house.hub.viewersOf(visitor.zoneId)]).toEqual([]);
  });

  it('answers at once with one that came after the one that is known', async () => {
    const [first] = house.arrive(visitor, 2);
    expect(((await (await get(`/api/wait?after=${first}`)).json()) as QueryJson).id).toBe(first! + 1);
  });

  it('says with 204 that none came', async () => {
    house.arrive(visitor, 1);
    expect((await get('/api/wait?timeout=1')).status).toBe(204);
  });

  it('lets go of who went away, and refuses one too many', async () => {
    const waiting = [1, 2, 3].map(() => get('/api/wait?timeout=60').catch(() => null));
    await watched(3);
    const refused = await get('/api/wait');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '25']);
    open.abort();
    await Promise.all(waiting);
    await watched(0);
  });

  it.each(['timeout=0', 'timeout=301', 'after=x', 'type=NOTHING!'])('refuses %s', async (query) => {
    expect((await get(`/api/wait?${query}`)).status).toBe(400);
  });

  it('is for tokens that may see the whole log', async () => {
    for (const limits of [{ rights: ['read'] }, { names: ['www'] }]) {
      const body = { kind: 'token', label: 'other', ...limits };
      const { secret } = (await visitor.request('POST', '/api/keys', body)).json<NewKeyJson>();
      expect((await get('/api/wait', { authorization: `Bearer ${secret}` })).status).toBe(403);
    }
  });
});
