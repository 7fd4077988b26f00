import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { FreshEntries } from './fresh-entries.ts';
import { attachLog } from './log-file.ts';

const NOTHING = new Uint8Array(0);

let db: Database;
let fresh: FreshEntries;
let seq = 0;

beforeEach(() => {
  db = openDatabase(':memory:');
  attachLog(db, ':memory:');
  fresh = new FreshEntries(db, 6);
  seq = 0;
});
afterEach(() => db.close());

/** One entry for each of these zones, as one transaction brings them. */
function tick(...zones: number[]): void {
  for (const zone of zones) fresh.add(zone, ++seq, seq, NOTHING);
  fresh.settle();
}

const idsOf = (table: string) =>
  db.prepare(`SELECT zone_id, last_id FROM log.${table} ORDER BY zone_id, last_id`).raw().all() as [number, number][];

it('gather until there are too many, and go zone by zone, round and round', () => {
  tick(1, 2, 3);
  tick(1, 2, 3);
  expect(idsOf('zone_batches')).toEqual([]);
  tick(2, 3);
  expect(idsOf('zone_batches')).toEqual([
    [1, 1],
    [1, 4],
  ]);
  tick(1, 2, 3);
  expect(idsOf('zone_batches').filter(([zone]) => zone === 2)).toEqual([
    [2, 2],
    [2, 5],
    [2, 7],
    [2, 10],
  ]);
  // Beyond the last zone comes the first again, with what came meanwhile.
  for (let i = 0; i < 20; i++) tick(1, 2, 3);
  expect(idsOf('fresh_batches').length).toBeLessThanOrEqual(6);
  expect([...idsOf('zone_batches'), ...idsOf('fresh_batches')].length).toBe(seq);
});

it('are newer than all of the zone that is in its place', () => {
  for (let i = 0; i < 60; i++) tick(...[1, 2, 3, 4, 5].filter((zone) => (i * 7 + zone * 3) % 5 < 3));
  for (const zone of [1, 2, 3, 4, 5]) {
    const ids = (table: string) => idsOf(table).flatMap(([of, id]) => (of === zone ? [id] : []));
    expect(Math.max(0, ...ids('zone_batches'))).toBeLessThan(Math.min(Infinity, ...ids('fresh_batches')));
  }
});

it('go to their places for one zone, and are counted again by who starts', () => {
  tick(1, 2, 1);
  fresh.settleZone(1);
  expect([idsOf('zone_batches').length, idsOf('fresh_batches')]).toEqual([2, [[2, 2]]]);
  fresh = new FreshEntries(db, 0);
  fresh.settle();
  expect(idsOf('fresh_batches')).toEqual([]);
});

it('are as many as before when taking them to their places fails, however often', () => {
  tick(1, 1, 2, 2);
  db.exec("CREATE TEMP TRIGGER full BEFORE DELETE ON log.fresh_batches BEGIN SELECT RAISE(ABORT, 'full'); END");
  for (let i = 0; i < 5; i++) expect(() => fresh.settleZone(1)).toThrow('full');
  db.exec('DROP TRIGGER temp.full');
  expect([idsOf('zone_batches').length, idsOf('fresh_batches').length]).toEqual([0, 4]);
  for (let i = 0; i < 5; i++) tick(1, 2);
  expect(idsOf('fresh_batches').length).toBeLessThanOrEqual(6);
});
