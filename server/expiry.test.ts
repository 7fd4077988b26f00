import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { House, type Visitor } from '../tests/support/http.ts';
import { name } from '../tests/support/dns.ts';
import { Expiry } from './expiry.ts';

const DAY = 86_400_000;
let house: House;
let visitor: Visitor;
let expiry: Expiry;
/** What the time of day has jumped by. */
let jumped = 0;

function begin(zoneMaxAge: number): void {
  const { zones, sessions, zoneSet } = house.deps;
  const stores = { zones, sessions, zoneSet, queryLog: house.log as never };
  expiry = new Expiry(
    stores,
    zoneMaxAge,
    { now: () => house.now, monotonic: () => house.now - jumped },
    pino({ level: 'silent' }),
  );
}

beforeEach(async () => {
  house = new House();
  visitor = await house.visitor();
});

afterEach(async () => {
  jumped = 0;
  expiry.stop();
  await house.close();
});

it('a zone that nobody came back for goes with its records, sessions and log, and its name is not given again', async () => {
  begin(60 * DAY);
  const other = await house.visitor();
  house.arrive(visitor, 3);
  house.now += 29 * DAY;
  await other.request('GET', '/api/session');
  house.now += 29 * DAY;
  await other.request('GET', '/api/records');
  expiry.run();
  expect(house.zoneSet.closest(name(visitor.zone))).not.toBeNull();
  house.now += 3 * DAY;
  expiry.run();
  expect(house.zoneSet.closest(name(visitor.zone))).toBeNull();
  expect(house.log.queries).toEqual([]);
  expect(house.deps.zones.read(visitor.zoneId)).toEqual([]);
  expect((await house.app.inject({ method: 'POST', url: '/api/session', payload: { key: visitor.key } })).statusCode).toBe(401);
  expect((await other.request('GET', '/api/records')).statusCode).toBe(200);
  expect((await house.visitor()).zone).toBe('otter3.digpit.test.');
});

it('many go in steps', async () => {
  begin(DAY);
  for (let i = 0; i < 45; i++) await house.visitor();
  house.now += 2 * DAY;
  expiry.run();
  await expect.poll(() => house.zoneSet.size).toBe(0);
});

it('zones stay for ever where they shall', () => {
  begin(0);
  house.now += 10_000 * DAY;
  expiry.run();
  expect(house.zoneSet.size).toBe(1);
});

it('a clock that jumps deletes nothing until a day is over', async () => {
  begin(60 * DAY);
  const there = () => house.zoneSet.closest(name(visitor.zone)) !== null;
  expiry.run();
  jumped = 5000 * DAY;
  house.now += jumped;
  expiry.run();
  house.now += DAY / 2;
  expiry.run();
  expect(there()).toBe(true);
  house.now += DAY;
  expiry.run();
  expect(there()).toBe(false);
});

it('a clock that was wrong and is put right deletes nothing', async () => {
  begin(60 * DAY);
  jumped = -5000 * DAY;
  house.now += jumped;
  expiry.run();
  house.now -= jumped;
  jumped = 0;
  expiry.run();
  house.now += 2 * DAY;
  expiry.run();
  expect(house.zoneSet.closest(name(visitor.zone))).not.toBeNull();
});

it('after a long absence owners have a day to come by', async () => {
  house.deps.zones.noteAlive(house.now);
  house.now += 100 * DAY;
  begin(60 * DAY);
  expiry.run();
  await visitor.request('POST', '/api/session', { key: visitor.key });
  house.now += 2 * DAY;
  expiry.run();
  expect(house.zoneSet.closest(name(visitor.zone))).not.toBeNull();
});
