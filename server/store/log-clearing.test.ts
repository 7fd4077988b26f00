import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FRAME } from '../querylog/event.ts';
import { termsOfName } from '../querylog/summary.ts';
import { copyLog } from './backup.ts';
import { openDatabase, type Database } from './database.ts';
import { LogClearing } from './log-clearing.ts';
import { attachLog } from './log-file.ts';
import { LogWriter } from './log-writer.ts';
import { migrate } from './migrate.ts';
import { QueryLog } from './query-log.ts';

const MIGRATIONS = new URL('../../db/migrations', import.meta.url).pathname;
/** More than one step takes away. */
const MANY = 2000;

let dir: string;
let db: Database;
let writer: LogWriter;
let log: QueryLog;
let told = 0;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-clearing-'));
  db = openDatabase(join(dir, 'records'));
  migrate(db, MIGRATIONS);
  attachLog(db, join(dir, 'log'));
  for (const id of [1, 2]) {
    db.prepare('INSERT INTO zones (id, label, key_hash, created_at) VALUES (?, ?, ?, 0)').run(
      id,
      `z${id}`,
      Buffer.alloc(32, id),
    );
  }
  writer = new LogWriter(db);
  told = 0;
  log = new QueryLog(db, () => told++);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

/** So many batches of one query each. */
function keep(zone: number, count: number): void {
  const first = writer.nextId;
  const batches = Array.from({ length: count }, (_, i) => {
    const octets = new Uint8Array(FRAME.HEADER);
    new DataView(octets.buffer).setUint32(FRAME.LENGTH, FRAME.HEADER);
    new DataView(octets.buffer).setFloat64(FRAME.ID, first + i);
    return { zone, firstId: first + i, lastId: first + i, lastTime: 0, count: 1, octets, summary: new Uint8Array(0) };
  });
  writer.append(batches, first + count);
}

const ids = (zone: number) => log.page(zone, undefined, 5).map(({ id }) => id);
const rows = (table: string) => db.prepare(`SELECT count(*) FROM log.${table}`).pluck().get();

it('hides a log at once, whichever way it is read, and takes it out of the file in steps', () => {
  keep(1, MANY);
  keep(2, 1);
  log.clear(1);
  expect([ids(1), log.after(1, 0, 5).queries, log.find(1, 7), told]).toEqual([[], [], undefined, 1]);
  expect(log.search(1, undefined, [[termsOfName('anything')]], 10)).toEqual({ queries: [] });
  expect(rows('query_batches')).toBe(MANY + 1);
  const clearing = new LogClearing(db, writer.fresh, writer.shares);
  expect([clearing.isNeeded, clearing.step()]).toEqual([true, true]);
  expect(rows('query_batches')).toBeGreaterThan(1);
  while (clearing.step());
  expect([rows('query_batches'), rows('zone_batches'), rows('fresh_batches'), rows('cleared')]).toEqual([1, 0, 1, 0]);
  expect(clearing.isNeeded).toBe(false);
  expect(ids(2)).toEqual([MANY + 1]);
});

it('leaves what comes afterwards, also when it is cleared once more in between', () => {
  keep(1, 20);
  log.clear(1);
  keep(1, 20);
  log.clear(1);
  keep(1, 2);
  expect(ids(1)).toEqual([42, 41]);
  while (new LogClearing(db, writer.fresh, writer.shares).step());
  expect([ids(1), rows('query_batches'), rows('cleared')]).toEqual([[42, 41], 2, 0]);
  log.clear(2);
  expect(told).toBe(2);
});

it('is cleared in a backup, too', async () => {
  keep(1, 20);
  log.clear(1);
  await copyLog(join(dir, 'log'), join(dir, 'copy'));
  db.exec('DETACH log');
  attachLog(db, join(dir, 'copy'));
  log = new QueryLog(db);
  expect([ids(1), new LogClearing(db, writer.fresh, writer.shares).isNeeded]).toEqual([[], true]);
});
