import { Packet, type Resource } from 'dns2';
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Counters } from '../../server/answer/counters.ts';
import { Exchange } from '../../server/answer/exchange.ts';
import { Responder } from '../../server/answer/responder.ts';
import { Recorder } from '../../server/querylog/recorder.ts';
import { Ring } from '../../server/querylog/ring.ts';
import { decodeMessage } from '../../server/wire/message.ts';
import { CLOCKS, makeQuery, makeZone, PLAIN, zoneSet } from '../support/dns.ts';

/** Far below the smallest object, which has 12: nothing is made for a query. */
const MOST_OCTETS = 2;
/** How much faster than the twin at least: on a quiet machine it is ten times and more. */
const LEAST_RATIO = 2;
const ROUNDS = 4000;
const TWIN_ROUNDS = 50;
const TRIES = 15;

const zones = zoneSet(
  makeZone(
    'otter1.digpit.test.',
    `www 60 A 192.0.2.1
     www 60 A 192.0.2.2
     mail 60 CNAME www`,
  ),
);

/** Answers a query as the server does, and leaves it in the ring as it does. */
function makePath(preparedSize: number): (query: Uint8Array) => number {
  const settings = { ...PLAIN, cookieSecret: new Uint8Array(16), preparedSize };
  const responder = new Responder(zones, new Counters(), settings, CLOCKS);
  const ring = new Ring(1 << 20);
  const recorder = new Recorder(ring, () => {}, CLOCKS);
  const exchange = new Exchange();
  exchange.addressLength = 4;
  const out = new Uint8Array(1232);
  return (query) => {
    const length = responder.respond(query, query.length, out, exchange);
    recorder.record(exchange, query, query.length, out, length);
    if (ring.used > ring.size / 2) ring.release(ring.peek(ring.size));
    return length;
  };
}

/** The slow, obvious way: names as text, records as objects, one list that is searched from end to end. */
const RECORDS: object[] = [
  { name: 'www.otter1.digpit.test', type: Packet.TYPE.A, class: 1, ttl: 60, address: '192.0.2.1' },
  { name: 'www.otter1.digpit.test', type: Packet.TYPE.A, class: 1, ttl: 60, address: '192.0.2.2' },
  { name: 'mail.otter1.digpit.test', type: Packet.TYPE.CNAME, class: 1, ttl: 60, domain: 'www.otter1.digpit.test' },
];
function twin(query: Uint8Array): Buffer {
  const request = Packet.parse(Buffer.from(query));
  const response = Packet.createResponseFromRequest(request);
  const { name, type } = request.questions[0] as { name: string; type: number };
  response.answers = (RECORDS as Resource[]).filter((record) => record.name === name && record.type === type);
  return response.toBuffer() as Buffer;
}

const QUERIES = {
  'a record, prepared': [makeQuery('www.otter1.digpit.test.', 'A'), 1 << 20],
  'a record, from the zone': [makeQuery('www.otter1.digpit.test.', 'A'), 0],
  'an alias': [makeQuery('mail.otter1.digpit.test.', 'A'), 0],
  'a name that is not there': [makeQuery('nope.otter1.digpit.test.', 'A'), 1 << 20],
} as const;

interface Cost {
  readonly nanoseconds: number;
  readonly octets: number;
}

/** The least time of several tries, and the octets of the heap in the middle one of those in which nothing was collected. */
async function measure(rounds: number, run: () => unknown): Promise<Cost> {
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  observer.observe({ entryTypes: ['gc'] });
  const times: number[] = [];
  const octets: number[] = [];
  for (let i = 0; i < rounds; i++) run();
  for (let i = 0; i < TRIES; i++) {
    await setImmediate();
    collections = 0;
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    for (let round = 0; round < rounds; round++) run();
    times.push(((performance.now() - start) / rounds) * 1e6);
    const grown = process.memoryUsage().heapUsed - before;
    // What the observer saw comes in a turn of its own.
    await setImmediate();
    if (collections === 0 && grown >= 0) octets.push(grown / rounds);
  }
  observer.disconnect();
  return { nanoseconds: Math.min(...times), octets: octets.toSorted((a, b) => a - b)[octets.length >> 1]! };
}

describe('the way of a query from the socket to the ring', () => {
  it.each(Object.entries(QUERIES))(
    '%s: makes no object, and is many times faster than the obvious way',
    async (label, [query, preparedSize]) => {
      const path = makePath(preparedSize);
      expect(path(query)).toBeGreaterThan(query.length);
      const own = await measure(ROUNDS, () => path(query));
      const other = await measure(TWIN_ROUNDS, () => twin(query));
      if (process.env['SHOW'] === '1') {
        const say = ({ nanoseconds, octets }: Cost) => `${Math.round(nanoseconds)} ns and ${octets.toFixed(2)} octets`;
        process.stdout.write(`${label}: ${say(own)}; the obvious way ${say(other)}\n`);
      }
      expect(own.octets).toBeLessThan(MOST_OCTETS);
      expect(other.octets).toBeGreaterThan(100 * MOST_OCTETS);
      expect(other.nanoseconds / own.nanoseconds).toBeGreaterThan(LEAST_RATIO);
    },
  );

  it('is compared with one that says the same', () => {
    const said = decodeMessage(twin(QUERIES['a record, prepared'][0]));
    expect(said.answer.map(({ content }) => content)).toEqual(['192.0.2.1', '192.0.2.2']);
  });
});
