import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { House, type HouseOptions, type Visitor } from '../../tests/support/http.ts';
import { until } from '../../tests/support/server.ts';
import type { LiveMessage } from './protocol.ts';

/** A page's end of the stream: collects what it is told. */
class Page {
  readonly messages: LiveMessage[] = [];
  readonly socket: WebSocket;
  /** Close code, once closed. */
  readonly closed: Promise<number>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (octets) => this.messages.push(JSON.parse((octets as Buffer).toString()) as LiveMessage));
    this.closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
  }

  get ids(): number[] {
    return this.messages.flatMap((message) => (message.kind === 'queries' ? message.queries.map(({ id }) => id) : []));
  }

  /** Waits until what the server has written so far is here. */
  async settle(): Promise<void> {
    const pong = new Promise((resolve) => {
      this.socket.once('pong', resolve);
    });
    this.socket.ping();
    await pong;
  }
}

let house: House;
let visitor: Visitor;
let host: string;

async function start(options: HouseOptions = {}): Promise<void> {
  house = new House(options);
  await house.app.listen({ host: '127.0.0.1', port: 0 });
  host = `127.0.0.1:${(house.app.server.address() as AddressInfo).port}`;
  visitor = await house.visitor();
}

beforeEach(() => start());
afterEach(() => house.close());

function dial(query = '', { cookie = visitor.cookie, origin = `http://${host}` as string | null } = {}): WebSocket {
  return new WebSocket(`ws://${host}/api/live${query}`, { headers: { cookie }, ...(origin !== null && { origin }) });
}

async function open(query = '', options = {}): Promise<Page> {
  const page = new Page(dial(query, options));
  await new Promise((resolve, reject) => {
    page.socket.on('open', resolve);
    page.socket.on('error', reject);
  });
  await page.settle();
  return page;
}

/** The status and error code with which an upgrade is refused. */
function refusal(socket: WebSocket): Promise<[number, string, string | undefined]> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => reject(new Error('was let in')));
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve([response.statusCode!, JSON.parse(body).error.code, response.headers['retry-after']]));
    });
  });
}

describe('the live stream', () => {
  it('brings each query as it arrives', async () => {
    const page = await open();
    expect(page.messages).toEqual([]);
    house.arrive(visitor, 2);
    house.arrive(visitor, 1);
    await until(() => (page.ids.length === 3 ? true : undefined));
    expect(page.messages).toMatchObject([
      {
        kind: 'queries',
        reset: false,
        queries: [{ id: 1, qname: `q1.${visitor.zone}`, source: { name: 'EXAMPLE-NET' } }, { id: 2 }],
      },
      { kind: 'queries', reset: false, queries: [{ id: 3 }] },
    ]);
  });

  it('goes on after the query that the page has seen', async () => {
    house.arrive(visitor, 5);
    const page = await open('?after=3');
    house.arrive(visitor, 1);
    await page.settle();
    expect(page.ids).toEqual([4, 5, 6]);
    expect(page.messages.every((message) => message.kind === 'queries' && !message.reset)).toBe(true);
  });

  it('brings every query once and in order, over reconnects at any moment, with two pages and another zone in between', async () => {
    const stranger = await house.visitor();
    const steady = await open();
    const expected: number[] = [];
    const seen: number[] = [];
    for (let round = 0; round < 8; round++) {
      const dialling = open(`?after=${seen.at(-1) ?? 0}`);
      for (let burst = 0; burst < 10; burst++) {
        expected.push(...house.arrive(visitor, 1 + (burst % 3)));
        house.arrive(stranger, 1);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
      const page = await dialling;
      if (round % 2 === 0) await page.settle();
      page.socket.terminate();
      await page.closed;
      expected.push(...house.arrive(visitor, 3));
      seen.push(...page.ids);
    }
    seen.push(...(await open(`?after=${seen.at(-1)}`)).ids);
    await until(() => (steady.ids.length >= expected.length ? true : undefined));
    expect(seen).toEqual(expected);
    expect(steady.ids).toEqual(expected);
  });

  it('begins anew when more was missed than is sent', async () => {
    const ids = house.arrive(visitor, 600);
    const page = await open('?after=10');
    expect(page.messages).toMatchObject([{ kind: 'queries', reset: true }]);
    expect(page.ids).toEqual(ids.slice(-500));
  });

  it('begins anew when the query that the page saw last is gone, be it for good', async () => {
    house.arrive(visitor, 5);
    house.log.clear(visitor.zoneId);
    expect((await open('?after=5')).messages).toEqual([{ kind: 'queries', queries: [], reset: true }]);
    const page = await open('?after=999');
    house.arrive(visitor, 1);
    await page.settle();
    expect(page.ids).toEqual([6]);
  });

  it('says when records change, in whatever tab, and when the log is cleared', async () => {
    const page = await open();
    await visitor.request('POST', '/api/records', { name: 'www', type: 'A', ttl: 60, address: '192.0.2.1' });
    await visitor.request('DELETE', '/api/records');
    await visitor.request('DELETE', '/api/queries');
    await page.settle();
    expect(page.messages).toEqual([{ kind: 'records', serial: 2 }, { kind: 'records', serial: 3 }, { kind: 'cleared' }]);
  });

  it('says when queries were dropped, at once and when it gets worse', async () => {
    house.dropped = 3;
    const page = await open();
    house.dropped = 8;
    await expect
      .poll(() => page.messages)
      .toEqual([
        { kind: 'dropped', count: 3 },
        { kind: 'dropped', count: 8 },
      ]);
  });

  it('brings nothing of another zone', async () => {
    const stranger = await house.visitor();
    house.arrive(visitor, 2);
    const page = await open('', { cookie: stranger.cookie });
    house.arrive(visitor, 2);
    await visitor.request('DELETE', '/api/records');
    await visitor.request('DELETE', '/api/queries');
    await page.settle();
    expect(page.messages).toEqual([]);
  });

  it('reads nothing: a page that talks is not answered, one that talks much is shown out', async () => {
    const page = await open();
    page.socket.send('hello');
    await page.settle();
    expect(page.messages).toEqual([]);
    page.socket.send('x'.repeat(2000));
    expect(await page.closed).toBe(1009);
  });
});

describe('the end of the stream', () => {
  it('comes with the end of the session, on every page of it and no other', async () => {
    const again = await house.app.inject({ method: 'POST', url: '/api/session', payload: { key: visitor.key } });
    const other = `digpit_session=${encodeURIComponent(again.cookies[0]!.value)}`;
    const pages = [await open(), await open()];
    const elsewhere = await open('', { cookie: other });
    await visitor.request('DELETE', '/api/session');
    expect(await Promise.all(pages.map((page) => page.closed))).toEqual([4401, 4401]);
    house.arrive(visitor, 1);
    await elsewhere.settle();
    expect(elsewhere.ids).toEqual([1]);
    expect(pages.flatMap((page) => page.ids)).toEqual([]);
  });

  it('comes when the browser begins another session', async () => {
    const page = await open();
    await visitor.request('POST', '/api/session', {});
    expect(await page.closed).toBe(4401);
  });

  it('leaves nobody behind', async () => {
    const page = await open();
    expect(house.hub.size).toBe(1);
    page.socket.close();
    await page.closed;
    await expect.poll(() => house.hub.size).toBe(0);
  });

  it('comes when the server stops, even for a page that does not say goodbye', async () => {
    const page = await open();
    const deaf = await open();
    deaf.socket.pause();
    await house.app.close();
    expect(await page.closed).toBe(1001);
    deaf.socket.terminate();
  });
});

describe('a stream is refused', () => {
  it.each([
    ['from another site', { origin: 'https://evil.example' }],
    ['from another port of our host', { origin: 'http://127.0.0.1:1' }],
    ['without an Origin', { origin: null }],
    ['from a page that hides where it is from', { origin: 'null' }],
  ])('%s', async (_, options) => {
    expect(await refusal(dial('', options))).toEqual([403, 'foreign_origin', undefined]);
  });

  it('without a session, and with one that has ended', async () => {
    expect(await refusal(dial('', { cookie: '' }))).toEqual([401, 'no_session', undefined]);
    await visitor.request('DELETE', '/api/session');
    expect(await refusal(dial())).toEqual([401, 'no_session', undefined]);
  });

  it.each(['?after=x', '?after=-1', '?after=1&after=2'])('with %s', async (query) => {
    expect(await refusal(dial(query))).toEqual([400, 'bad_parameter', undefined]);
  });

  it.each(['/', '/api/records', '/api/session', '/api/nothing'])('at %s', async (path) => {
    const socket = new WebSocket(`ws://${host}${path}`, { headers: { cookie: visitor.cookie }, origin: `http://${host}` });
    expect(await refusal(socket)).toEqual([404, 'not_found', undefined]);
  });

  it('to one that speaks no WebSocket', async () => {
    const reply = await visitor.request('GET', '/api/live');
    expect([reply.statusCode, reply.headers['upgrade']]).toEqual([426, 'websocket']);
  });

  it('when a zone has too many already, until one of them goes', async () => {
    await house.close();
    await start({ limits: { viewersPerZone: 2 } });
    const [first] = [await open(), await open()];
    expect(await refusal(dial())).toEqual([429, 'too_many_viewers', '25']);
    const stranger = await house.visitor();
    await open('', { cookie: stranger.cookie });
    first.socket.close();
    await expect.poll(() => house.hub.size).toBe(2);
    await open();
  });

  it('when the server has too many already', async () => {
    await house.close();
    await start({ limits: { viewers: 1 } });
    await open();
    const stranger = await house.visitor();
    expect(await refusal(dial('', { cookie: stranger.cookie }))).toEqual([429, 'too_many_viewers', '25']);
  });
});
