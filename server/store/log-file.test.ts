import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FRAME } from '../querylog/event.ts';
import { termsOfName } from '../querylog/summary.ts';
import { openDatabase, type Database } from './database.ts';
import { attachLog, attachLogForWriting, leaveLog } from './log-file.ts';
import { LogClearing } from './log-clearing.ts';
import { LogWriter } from './log-writer.ts';
import { migrate } from './migrate.ts';
import { QueryLog } from './query-log.ts';

let dir: string;
let open: Database[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-log-'));
});
afterEach(() => {
  for (const db of open.splice(0)) db.close();
  rmSync(dir, { recursive: true });
});

function start(): { db: Database; problem: string | null; log: LogWriter } {
  const db = openDatabase(join(dir, 'digpit.sqlite'));
  open.push(db);
  migrate(db, fileURLToPath(new URL('../../db/migrations', import.meta.url)));
  db.exec("INSERT OR IGNORE INTO zones (id, label, key_hash, created_at) VALUES (1, 'z1', zeroblob(32), 0)");
  return { db, problem: attachLog(db, join(dir, 'log.sqlite')), log: new LogWriter(db) };
}

function stop(): void {
  for (const db of open.splice(0)) db.close();
}

const batch = (id: number) => ({
  zone: 1,
  lastId: id,
  lastTime: 0,
  count: 1,
  octets: new Uint8Array(100),
  summary: new Uint8Array(16),
});

describe('the file of the query log', () => {
  it('is beside the records, and is not waited for', () => {
    const { db } = start();
    expect([db.pragma('synchronous', { simple: true }), db.pragma('log.synchronous', { simple: true })]).toEqual([1, 0]);
    expect(db.pragma('log.journal_mode', { simple: true })).toBe('persist');
  });

  it.each([
    [
      'is no database',
      (path: string) => writeFileSync(path, 'this is no database, but it is long enough to be looked at. '.repeat(200)),
    ],
    [
      'was damaged when the machine went down',
      (path: string) => {
        const octets = readFileSync(path);
        octets.fill(0xab, 4096, 16_384);
        writeFileSync(path, octets);
      },
    ],
  ])('is put aside when it %s, and ids go on where none was ever given', (_, damage) => {
    const path = join(dir, 'log.sqlite');
    const before = start();
    before.log.append([batch(1), batch(2)], 3);
    stop();
    damage(path);
    const { problem, log } = start();
    expect(problem).toContain('put aside');
    expect(existsSync(`${path}.damaged`)).toBe(true);
    expect(log.nextId).toBeGreaterThan(1000);
    log.append([batch(log.nextId)], log.nextId + 1);
    stop();
    expect(start().problem).toBeNull();
  });

  it('is read over one connection while it is written to over another, which sees at once what was deleted', () => {
    const { db, log } = start();
    const other = openDatabase(join(dir, 'digpit.sqlite'));
    open.push(other);
    attachLogForWriting(other, join(dir, 'log.sqlite'));
    const writer = new LogWriter(other);
    writer.append([batch(log.nextId)], log.nextId + 1);
    const rows = () => db.prepare('SELECT count(*) FROM log.query_batches').pluck().get();
    expect(rows()).toBe(1);
    new QueryLog(db).clear(1);
    expect([new LogClearing(other, writer.fresh, writer.shares).step(), rows(), writer.prune(0, 0)]).toEqual([false, 0, false]);
  });

  it('from before there were summaries is taken over, and its batches may hold anything', () => {
    const old = new Sqlite(join(dir, 'log.sqlite'));
    old.exec(`CREATE TABLE query_batches (seq INTEGER PRIMARY KEY, zone_id INTEGER NOT NULL, first_id INTEGER NOT NULL,
        last_id INTEGER NOT NULL, last_time INTEGER NOT NULL, frames BLOB NOT NULL) STRICT;
      CREATE INDEX query_batches_by_zone ON query_batches (zone_id, last_id);`);
    const frame = new Uint8Array(FRAME.HEADER);
    new DataView(frame.buffer).setUint32(FRAME.LENGTH, FRAME.HEADER);
    new DataView(frame.buffer).setFloat64(FRAME.ID, 7);
    old.prepare('INSERT INTO query_batches VALUES (1, 1, 7, 7, 0, ?)').run(frame);
    old.close();
    const { db, problem } = start();
    const found = new QueryLog(db).search(1, undefined, [[termsOfName('anything')]], 10);
    expect([problem, found.queries.map(({ id }) => id)]).toEqual([null, [7]]);
  });

  it('says whether it was left in order', () => {
    const { db } = start();
    const says = () => db.pragma('log.user_version', { simple: true });
    expect(says()).not.toBe(0);
    leaveLog(db);
    expect(says()).toBe(0);
  });

  it.runIf(process.platform === 'linux')(
    'is looked through when the system went down, and not when only the server did',
    () => {
      const path = join(dir, 'log.sqlite');
      const { log } = start();
      for (let id = 1; id < 500; id++) log.append([batch(id)], id + 1);
      stop();
      // Only who looks at every page sees this: nothing that the start reads lies there.
      const octets = readFileSync(path);
      octets.fill(0xab, octets.length - 2 * 8192 - 4000, octets.length - 8192);
      writeFileSync(path, octets);
      expect(start().problem).toBeNull();
      stop();
      const db = new Sqlite(path);
      db.pragma('user_version = 77');
      db.close();
      expect(start().problem).toContain('put aside');
    },
  );

  it('takes up where it was', () => {
    const before = start();
    before.log.append([batch(1)], 2);
    leaveLog(before.db);
    stop();
    const { problem, log } = start();
    expect([problem, log.nextId]).toEqual([null, 2]);
  });
});
