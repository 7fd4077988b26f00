import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { exampleTable, recordQuery } from '../../tests/support/querylog.ts';
import { decodeMessage } from '../wire/message.ts';
import { FRAME } from '../querylog/event.ts';
import { Pump } from '../querylog/pump.ts';
import { Recorder } from '../querylog/recorder.ts';
import { Ring } from '../querylog/ring.ts';
import { termsOfName } from '../querylog/summary.ts';
import { openDatabase, type Database } from './database.ts';
import { attachLog } from './log-file.ts';
import { migrate } from './migrate.ts';
import { LogWriter } from './log-writer.ts';
import { QueryLog } from './query-log.ts';

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname;
const cleanUp: (() => void)[] = [];

afterEach(() => {
  for (const step of cleanUp.splice(0).reverse()) step();
});

/** A log with zones 1 and 2, and a way to put queries in: each call to `log` becomes one batch. */
function setUp(path = ':memory:', maxFresh?: number) {
  const db = openDatabase(path);
  cleanUp.push(() => db.close());
  migrate(db, MIGRATIONS);
  attachLog(db, path === ':memory:' ? path : `${path}.log`);
  for (const id of [1, 2]) {
    db.prepare('INSERT OR IGNORE INTO zones (id, label, key_hash, created_at) VALUES (?, ?, ?, 0)').run(
      id,
      `z${id}`,
      Buffer.alloc(32, id),
    );
  }
  const writer = new LogWriter(db, maxFresh);
  const store = new QueryLog(db);
  let now = 0;
  const log = (zone: number, ...qnames: string[]) => {
    const ring = new Ring(1 << 20);
    const pump = new Pump(
      [ring],
      exampleTable,
      writer,
      () => {},
      (fault) => {
        throw fault;
      },
    );
    const recorder = new Recorder(ring, () => {}, { now: () => now });
    for (const qname of qnames) recordQuery(recorder, zone, qname);
    pump.drain();
  };
  return { db, store, writer, log, setTime: (time: number) => (now = time) };
}

/** Frames with these ids and nothing in them. */
function framesOf(...ids: number[]): Uint8Array {
  const octets = new Uint8Array(ids.length * FRAME.HEADER);
  const view = new DataView(octets.buffer);
  for (const [i, id] of ids.entries()) {
    view.setUint32(i * FRAME.HEADER + FRAME.LENGTH, FRAME.HEADER);
    view.setFloat64(i * FRAME.HEADER + FRAME.ID, id);
  }
  return octets;
}

const names = (queries: { id: number; query: Uint8Array }[]) =>
  queries.map(({ id, query }) => `${id} ${decodeMessage(query).question[0]!.name}`);

describe.each([
  { where: 'are fresh', maxFresh: 1000 },
  { where: 'are in their places', maxFresh: 0 },
  { where: 'are here and there', maxFresh: 2 },
])('reading the query log whose entries $where', ({ maxFresh }) => {
  it('pages backwards through batches of any size, each query once', () => {
    const { store, log } = setUp(':memory:', maxFresh);
    log(1, 'a.', 'b.', 'c.');
    log(2, 'other.');
    log(1, 'd.');
    log(1, 'e.', 'f.');
    const all = ['7 f.', '6 e.', '5 d.', '3 c.', '2 b.', '1 a.'];
    expect(names(store.page(1, undefined, 100))).toEqual(all);
    for (const limit of [1, 2, 3, 4]) {
      const seen: string[] = [];
      let before: number | undefined;
      for (let page = store.page(1, before, limit); page.length > 0; page = store.page(1, before, limit)) {
        seen.push(...names(page));
        before = page.at(-1)!.id;
      }
      expect(seen).toEqual(all);
    }
  });

  it('gives what came after an id, oldest first, and says when there was more', () => {
    const { store, log } = setUp(':memory:', maxFresh);
    log(1, 'a.', 'b.', 'c.', 'd.');
    expect(names(store.after(1, 2, 10).queries)).toEqual(['3 c.', '4 d.']);
    expect(store.after(1, 0, 3)).toMatchObject({ more: true });
    expect(names(store.after(1, 0, 3).queries)).toEqual(['2 b.', '3 c.', '4 d.']);
    expect(store.after(1, 4, 3)).toEqual({ queries: [], more: false });
  });

  it('reads any part of a batch, at its ends too', () => {
    const { store, log } = setUp(':memory:', maxFresh);
    log(1, ...Array.from({ length: 50 }, (_, i) => `n${i}.`));
    const ids = (before: number, limit: number) => store.page(1, before, limit).map(({ id }) => id);
    expect([ids(51, 2), ids(50, 2), ids(3, 5), ids(1, 5)]).toEqual([[50, 49], [49, 48], [2, 1], []]);
    expect(names(store.page(1, 31, 1))).toEqual(['30 n29.']);
  });

  it('finds a page of long ago as fast as the newest', () => {
    const { db, store } = setUp(':memory:', maxFresh);
    const insertBatch = db.prepare('INSERT INTO log.query_batches VALUES (?, 1, ?, 0, ?)');
    const insertEntry = db.prepare('INSERT INTO log.zone_batches VALUES (1, ?, ?, zeroblob(0))');
    db.transaction(() => {
      for (let id = 1; id <= 40_000; id += 2) {
        insertBatch.run(id, id + 1, framesOf(id, id + 1));
        insertEntry.run(id + 1, id);
      }
    })();
    const time = (before: number | undefined) => {
      const times = Array.from({ length: 9 }, () => {
        const start = performance.now();
        expect(store.page(1, before, 20)).toHaveLength(20);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    expect(store.page(1, 30, 3).map(({ id }) => id)).toEqual([29, 28, 27]);
    expect(time(30)).toBeLessThan(10 * time(undefined));
  });

  it('searches only batches that may hold what is sought, and says where to go on', () => {
    const { store, log } = setUp(':memory:', maxFresh);
    for (let i = 0; i < 30; i++) log(1, `n${i}.test.`, `m${i}.test.`);
    log(1, 'needle.test.', 'hay.test.');
    for (let i = 0; i < 30; i++) log(1, `n${i}.test.`);
    const sought = [[termsOfName('needle')]];
    expect(names(store.search(1, undefined, sought, 10).queries)).toEqual(['62 hay.test.', '61 needle.test.']);
    expect(store.search(1, 61, sought, 10)).toEqual({ queries: [] });
    expect(store.search(2, undefined, sought, 10)).toEqual({ queries: [] });
    const first = store.search(1, undefined, [], 3);
    expect([names(first.queries), first.next]).toEqual([['92 n29.test.', '91 n28.test.', '90 n27.test.'], 90]);
    const all: string[] = [];
    for (let next: number | undefined = 1000; next !== undefined;) {
      const part = store.search(1, next, [], 7);
      all.push(...names(part.queries));
      next = part.next;
    }
    expect(all).toEqual(names(store.page(1, undefined, 100)));
  });

  it('finds one query, in its own zone only', () => {
    const { store, log } = setUp(':memory:', maxFresh);
    log(1, 'a.', 'b.');
    log(2, 'c.');
    expect(names([store.find(1, 2)!])).toEqual(['2 b.']);
    expect([store.find(2, 2), store.find(1, 3), store.find(1, 99), store.find(1, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('never gives an id again, also after everything was deleted and the program started anew', () => {
    const dir = mkdtempSync(join(tmpdir(), 'digpit-'));
    cleanUp.push(() => rmSync(dir, { recursive: true }));
    const first = setUp(join(dir, 'db'));
    first.log(1, 'a.', 'b.');
    first.store.clear(1);
    first.db.close();
    const second = setUp(join(dir, 'db'));
    second.log(1, 'c.');
    expect(names(second.store.page(1, undefined, 10))).toEqual(['3 c.']);
  });

  it('passes over queries of a zone that is gone', () => {
    const { db, store, log } = setUp(':memory:', maxFresh);
    db.prepare('DELETE FROM zones WHERE id = 2').run();
    log(2, 'late.');
    log(1, 'a.');
    expect(store.page(2, undefined, 10)).toEqual([]);
    expect(names(store.page(1, undefined, 10))).toEqual(['2 a.']);
  });
});

describe('keeping the log within its bounds', () => {
  const rows = (db: Database) => db.prepare('SELECT count(*) FROM query_batches').pluck().get();

  it('deletes the oldest batches, a few at a time, until the size fits', () => {
    const { db, store, writer, log } = setUp();
    for (let i = 0; i < 100; i++) log(1 + (i % 2), `n${i}.`, ...Array.from({ length: 30 }, () => 'a.'));
    const all = writer.byteLength;
    expect(writer.prune(all, 0)).toBe(false);
    expect(rows(db)).toBe(100);
    writer.prune(all / 2, 0);
    expect(writer.byteLength).toBeLessThanOrEqual(all / 2);
    expect(writer.byteLength).toBeGreaterThan(all / 4);
    const newest = names(store.page(1, undefined, 31)).at(-1);
    expect(newest).toMatch(/ n98\.$/);
  });

  it('deletes what is too old', () => {
    const { store, writer, log, setTime } = setUp();
    setTime(1000);
    log(1, 'old.');
    setTime(2000);
    log(1, 'new.');
    writer.prune(Infinity, 1500);
    expect(names(store.page(1, undefined, 10))).toEqual(['2 new.']);
  });

  it('works in steps and says when there is more to do', () => {
    const { db, writer, log } = setUp();
    for (let i = 0; i < 1500; i++) log(1, 'a.');
    expect([writer.prune(0, 0), rows(db)]).toEqual([true, 1500 - 512]);
    expect([writer.prune(0, 0), writer.prune(0, 0), rows(db)]).toEqual([true, false, 0]);
  });

  it('takes the entries of what it deleted out of the index, sooner or later, and shows nothing of them meanwhile', () => {
    const { db, store, writer, log } = setUp(':memory:', 0);
    const countOf = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM log.${table}`).pluck().get()!;
    const entries = () => countOf('zone_batches') + countOf('fresh_batches');
    for (let i = 0; i < 40; i++) log(1 + (i % 2), `n${i}.`);
    while (writer.prune(0, 0));
    expect([rows(db), entries()]).toEqual([0, 0]);
    // Not at once: it was done just now.
    for (let i = 0; i < 40; i++) log(1 + (i % 2), `n${i}.`);
    while (writer.prune(0, 0));
    expect([rows(db), entries()]).toEqual([0, 40]);
    expect(store.page(1, undefined, 10)).toEqual([]);
    expect(store.search(1, undefined, [[termsOfName('n2.')]], 10)).toEqual({ queries: [] });
    log(1, 'later.');
    expect(names(store.page(1, undefined, 10))).toEqual(['81 later.']);
    // Who starts knows of none, and so looks.
    const after = new LogWriter(db, 0);
    while (after.prune(Infinity, 0));
    expect([rows(db), entries()]).toEqual([1, 1]);
  });

  it('counts the same after a start as before, and gives the space back to the file system', () => {
    const dir = mkdtempSync(join(tmpdir(), 'digpit-'));
    cleanUp.push(() => rmSync(dir, { recursive: true }));
    const path = join(dir, 'db');
    const { db, writer, log } = setUp(path);
    for (let i = 0; i < 60; i++) log(1, ...Array.from({ length: 300 }, (_, j) => `name-${i}-${j}.test.`));
    db.pragma('wal_checkpoint(TRUNCATE)');
    const large = statSync(`${path}.log`).size;
    expect(new LogWriter(db).byteLength).toBe(writer.byteLength);
    while (writer.prune(0, 0));
    for (let i = 0; i < 50; i++) writer.prune(0, 0);
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(statSync(`${path}.log`).size).toBeLessThan(large / 10);
  });
});

it('a batch is kept whole or not at all', () => {
  const { db, store, writer, log } = setUp();
  log(1, 'a.');
  db.exec("CREATE TRIGGER log.full BEFORE INSERT ON query_batches BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  expect(() => log(1, 'b.', 'c.')).toThrow('disk full');
  expect([writer.nextId, store.page(1, undefined, 10).length]).toEqual([2, 1]);
});

describe('writing the query log', () => {
  it.each([0, 5, 1000])('keeps each query once when a long run fails in the middle and comes again, %i fresh', (maxFresh) => {
    const { db, writer } = setUp(':memory:', maxFresh);
    const batches = Array.from({ length: 150 }, (_, i) => {
      return {
        zone: 1,
        lastId: i + 1,
        lastTime: i,
        count: 1,
        octets: new Uint8Array(100),
        summary: new Uint8Array(16),
      };
    });
    db.exec(`CREATE TEMP TRIGGER full BEFORE INSERT ON log.query_batches WHEN new.last_id = 100
      BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(() => writer.append(batches, 151)).toThrow('full');
    expect(writer.nextId).toBe(1);
    db.exec('DROP TRIGGER temp.full');
    writer.append(batches, 151);
    const both = '(SELECT * FROM log.zone_batches UNION ALL SELECT * FROM log.fresh_batches)';
    for (const table of ['log.query_batches', both]) {
      const ids = db.prepare(`SELECT last_id FROM ${table} ORDER BY seq`).pluck().all();
      expect(ids).toEqual(batches.map(({ lastId }) => lastId));
    }
    expect(writer.nextId).toBe(151);
  });
});
