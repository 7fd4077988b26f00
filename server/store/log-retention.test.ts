import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FRAME } from '../querylog/event.ts';
import { openDatabase, type Database } from './database.ts';
import { LogClearing } from './log-clearing.ts';
import { attachLog } from './log-file.ts';
import { LogWriter } from './log-writer.ts';
import { migrate } from './migrate.ts';
import { QueryLog } from './query-log.ts';
import { ZoneShares } from './zone-shares.ts';

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname;
const ZONES = 40;

let db: Database;
let writer: LogWriter;

beforeEach(begin);
afterEach(() => db.close());

function begin(): void {
  db = openDatabase(':memory:');
  migrate(db, MIGRATIONS);
  attachLog(db, ':memory:');
  const insert = db.prepare('INSERT INTO zones (id, label, key_hash, created_at) VALUES (?, ?, ?, 0)');
  for (let id = 1; id <= ZONES; id++) insert.run(id, `z${id}`, Buffer.alloc(32, id));
  writer = new LogWriter(db, 50);
}

/** One run with a batch of one query for each of these. */
function keep(batches: readonly { zone: number; octets: number }[], time = 0): void {
  const first = writer.nextId;
  const sorted = batches.toSorted((a, b) => a.zone - b.zone);
  const made = sorted.map(({ zone, octets: length }, i) => {
    const octets = new Uint8Array(Math.max(length, FRAME.HEADER));
    const view = new DataView(octets.buffer);
    view.setUint32(FRAME.LENGTH, octets.length);
    view.setFloat64(FRAME.ID, first + i);
    return { zone, lastId: first + i, lastTime: time, count: 1, octets, summary: new Uint8Array(16) };
  });
  writer.append(made, first + made.length);
}

function pruneAll(maxBytes: number, oldest = 0): void {
  for (let more = true; more || writer.byteLength > maxBytes;) {
    const before = writer.byteLength;
    more = writer.prune(maxBytes, oldest);
    if (!more && writer.byteLength === before) break;
  }
}

const idsOf = (zone: number) =>
  db.prepare<[number], number>('SELECT last_id FROM log.query_batches WHERE zone_id = ? ORDER BY seq').pluck().all(zone);
const sizesOf = (zone: number) =>
  db.prepare<[number], number>('SELECT length(frames) FROM log.query_batches WHERE zone_id = ?').pluck().all(zone);
const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
const octetsOf = (zone: number) => sum(sizesOf(zone));
/** What was counted is what is there. */
function expectCounted(shares = writer.shares): void {
  while (!shares.count(writer.nextId));
  for (let zone = 1; zone <= ZONES; zone++)
    expect([zone, shares.octetsOf(zone)]).toEqual([zone, sum(sizesOf(zone).map((size) => ZoneShares.sizeOf(size)))]);
}

describe('a log that is full', () => {
  const MAX = 1 << 20;

  it('loses the oldest of the zone that is flooded, and nothing of the others', () => {
    for (let zone = 2; zone <= ZONES; zone++) keep(Array.from({ length: 4 }, () => ({ zone, octets: 500 })));
    const before = Array.from({ length: ZONES - 1 }, (_, i) => idsOf(i + 2));
    for (let i = 0; i < 100; i++) {
      keep([{ zone: 1, octets: 30_000 }]);
      pruneAll(MAX);
      expect(writer.byteLength).toBeLessThanOrEqual(MAX);
    }
    expect(before).toEqual(Array.from({ length: ZONES - 1 }, (_, i) => idsOf(i + 2)));
    expect(idsOf(1).at(-1)).toBe(writer.nextId - 1);
    expect(octetsOf(1)).toBeGreaterThan(MAX / 2);
    expectCounted();
  });

  it('gives one zone all of it while no other has anything', () => {
    for (let i = 0; i < 100; i++) keep([{ zone: 1, octets: 30_000 }]);
    pruneAll(MAX);
    expect(octetsOf(1)).toBeGreaterThan(MAX * 0.8);
  });

  it('lets the oldest go of all that hold much, whosever it is', () => {
    for (let i = 0; i < 400; i++) keep([{ zone: 1, octets: 3000 }]);
    for (let i = 0; i < 800; i++) {
      keep([2, 3].map((zone) => ({ zone, octets: 2500 })));
      pruneAll(MAX);
    }
    // Of an eighth of the log, shared by three: a zone of which nothing comes any more keeps that.
    const [first, ...others] = [1, 2, 3].map((zone) => writer.shares.octetsOf(zone));
    expect(first).toBeGreaterThan((MAX / 8 / 3) * 0.7);
    expect(first).toBeLessThan((MAX / 8 / 3) * 1.3);
    for (const octets of others) expect(octets).toBeGreaterThan(MAX * 0.35);
    expectCounted();
  });

  it('takes from what it passed over, the oldest first, once that zone holds too much', () => {
    keep([{ zone: 2, octets: 30_000 }]);
    for (let i = 0; i < 60; i++) {
      keep([{ zone: 1, octets: 30_000 }]);
      pruneAll(MAX);
    }
    expect(idsOf(2)).toEqual([1]);
    for (let i = 0; i < 60; i++) {
      keep([{ zone: 2, octets: 30_000 }]);
      pruneAll(MAX);
      const ids = idsOf(2);
      // Nothing is missing between the oldest that is left and the newest.
      expect(ids).toEqual(
        Array.from({ length: ids.length }, (_, at) => writer.nextId - ids.length + at).map((id) => (id < 62 ? 1 : id)),
      );
    }
    expect(idsOf(2)).not.toContain(1);
    expectCounted();
  });

  it('forgets what is too old of all zones alike', () => {
    keep(
      [1, 2, 3].map((zone) => ({ zone, octets: 400 })),
      1000,
    );
    keep(
      [2, 3].map((zone) => ({ zone, octets: 400 })),
      2000,
    );
    pruneAll(MAX, 1500);
    expect([1, 2, 3].map((zone) => idsOf(zone).length)).toEqual([0, 1, 1]);
    expectCounted();
  });

  it('loses no queries of a page in between: what is left is read whole', () => {
    for (let i = 0; i < 60; i++) {
      keep([
        { zone: 1, octets: 30_000 },
        { zone: 2, octets: 300 },
      ]);
      pruneAll(MAX);
    }
    const log = new QueryLog(db);
    for (const zone of [1, 2]) {
      expect(log.page(zone, undefined, 1000).map(({ id }) => id)).toEqual(idsOf(zone).reverse());
      expect(log.search(zone, undefined, [], 1000).queries.map(({ id }) => id)).toEqual(idsOf(zone).reverse());
    }
  });
});

describe('what zones hold is known', () => {
  const MAX = 1 << 19;
  const fill = () => {
    for (let i = 0; i < 50; i++) {
      keep([
        { zone: 1, octets: 20_000 },
        { zone: 2 + (i % 30), octets: 400 },
      ]);
      pruneAll(MAX);
    }
  };

  it('after a start without a last word, by what was written down and what came since', () => {
    fill();
    keep([{ zone: 5, octets: 700 }]);
    expectCounted(new ZoneShares(db));
    db.exec('UPDATE log.query_batches SET zone_id = 39 WHERE zone_id = 7');
    const known = new ZoneShares(db);
    while (!known.count(writer.nextId));
    // The log itself was not read for it.
    expect([known.octetsOf(7) > 0, known.octetsOf(39)]).toEqual([true, 0]);
  });

  it('of a file from before, and of one in which a version from before deleted', () => {
    fill();
    db.exec('DELETE FROM log.query_batches WHERE seq <= (SELECT min(seq) FROM log.query_batches)');
    expectCounted(new ZoneShares(db));
    db.exec('DROP TABLE log.zone_octets');
    attachLogAgain();
    expectCounted(new ZoneShares(db));
  });

  it('of a file in which what was written down is damaged', () => {
    fill();
    db.exec("UPDATE log.zone_octets SET octets = x'00' WHERE id = 0");
    expectCounted(new ZoneShares(db));
  });

  it('and takes no room for zones of which there is nothing any more', () => {
    fill();
    const ids = () => db.prepare('SELECT id FROM log.zone_octets ORDER BY id').pluck().all();
    expect(ids()).toEqual([-1, 0]);
    pruneAll(MAX, 1);
    expect(ids()).toEqual([-1]);
    keep([{ zone: 3, octets: 500 }]);
    expectCounted();
    expectCounted(new ZoneShares(db));
  });

  it('when a log is cleared, before all is counted as well', () => {
    fill();
    const other = new LogWriter(db, 50);
    new QueryLog(db).clear(1);
    while (new LogClearing(db, other.fresh, other.shares).step());
    expect(octetsOf(1)).toBe(0);
    expectCounted(other.shares);
    expectCounted(new ZoneShares(db));
  });

  it('when the disk is full in the middle of it: nothing is gone, and nothing is forgotten', () => {
    fill();
    const before = idsOf(1);
    keep([{ zone: 1, octets: 60_000 }]);
    db.exec("CREATE TEMP TRIGGER full BEFORE UPDATE ON log.zone_octets BEGIN SELECT RAISE(ABORT, 'full'); END");
    expect(() => writer.prune(MAX, 0)).toThrow('full');
    expect(idsOf(1).slice(0, -1)).toEqual(before);
    db.exec('DROP TRIGGER temp.full');
    pruneAll(MAX);
    expect(writer.byteLength).toBeLessThanOrEqual(MAX);
    expectCounted();
  });

  function attachLogAgain(): void {
    db.exec('CREATE TABLE log.zone_octets (id INTEGER PRIMARY KEY, octets BLOB NOT NULL) STRICT');
  }
});

describe('beside the rule as it is said: the oldest of a zone goes that holds more than is safe', () => {
  /** So much is safe that all zones together hold an eighth of `octets` below it. */
  function safeOf(sizes: readonly number[], octets: number): number {
    let safe = 0;
    while (sum(sizes.map((size) => Math.min(size, safe + 64))) < octets / 8 && safe < octets) safe += 64;
    return safe;
  }

  /** What is left of each zone when these batches, one after the other, may take no more than `octets`. */
  function whatIsLeft(batches: readonly { zone: number; octets: number }[], octets: number): Map<number, number> {
    const left: { zone: number; octets: number }[] = [];
    const sizes = new Map<number, number>();
    const grow = (zone: number, by: number) => sizes.set(zone, (sizes.get(zone) ?? 0) + by);
    for (const batch of batches) {
      left.push(batch);
      grow(batch.zone, batch.octets);
      while (sum([...sizes.values()]) > octets) {
        const safe = safeOf([...sizes.values()], octets);
        const [gone] = left.splice(
          left.findIndex(({ zone }) => sizes.get(zone)! > safe),
          1,
        );
        grow(gone!.zone, -gone!.octets);
      }
    }
    return sizes;
  }

  const MAX = 1 << 18;
  const batch = fc.record({
    zone: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 1, max: ZONES })),
    octets: fc.oneof(fc.integer({ min: 200, max: 1000 }), fc.integer({ min: 200, max: 8000 })),
  });
  const runs = fc.array(fc.array(batch, { minLength: 1, maxLength: 12 }), { minLength: 30, maxLength: 60 });

  it('each keeps what it keeps there, but for a batch and what comes between two looks, and of each it is the oldest that is gone', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 0, max: 30 }), (all, restart) => {
        db.close();
        begin();
        const came = new Map<number, number[]>();
        for (const [i, run] of all.entries()) {
          if (i === restart) writer = new LogWriter(db, 50);
          const first = writer.nextId;
          keep(run);
          for (const [at, { zone }] of run.toSorted((a, b) => a.zone - b.zone).entries())
            came.set(zone, [...(came.get(zone) ?? []), first + at]);
          pruneAll(MAX);
          expect(writer.byteLength).toBeLessThanOrEqual(MAX);
        }
        const held = new Map(Array.from(came.keys(), (zone) => [zone, writer.shares.octetsOf(zone)]));
        const counted = sum([...held.values()]);
        const batches = all
          .flatMap((run) => run.toSorted((a, b) => a.zone - b.zone))
          .map(({ zone, octets }) => ({ zone, octets: ZoneShares.sizeOf(Math.max(octets, FRAME.HEADER)) }));
        const twin = whatIsLeft(batches, counted);
        for (const [zone, ids] of came) {
          const left = idsOf(zone);
          expect(left).toEqual(ids.slice(ids.length - left.length));
          const difference = Math.abs(held.get(zone)! - twin.get(zone)!);
          expect(difference).toBeLessThanOrEqual(8192 + counted / 16);
        }
        expectCounted();
      }),
      { numRuns: 25 },
    );
  });
});
