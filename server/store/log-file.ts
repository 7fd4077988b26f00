import { existsSync, readFileSync, renameSync } from 'node:fs';
import type { Database } from './database.ts';

/** One entry for each batch of a zone, wherever it stands. */
const ENTRIES = `(
  zone_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  summary BLOB NOT NULL,
  PRIMARY KEY (zone_id, last_id)
) STRICT, WITHOUT ROWID`;

/**
 * A batch has frames of one zone, rising by id, as of server/querylog/event.ts one behind the other. Batches are numbered by age, with
 * numbers that never come back: the oldest are found, and deleted, without an index. `zone_batches` finds a page of one zone's log,
 * from any query backwards or forwards, and by its summaries (server/querylog/summary.ts) which batches may hold what is sought,
 * without a look at them; what is newest stands in `fresh_batches` instead (server/store/fresh-entries.ts). It is no index of SQLite
 * because it may lag behind: entries of batches that were deleted for their age stay for a while, and go many at a time. `cleared` says up
 * to which id a zone's log was cleared: who reads passes over that, until it is gone from the file. `zone_octets` says what
 * zones hold (server/store/zone-shares.ts).
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS log.query_batches (
  seq       INTEGER PRIMARY KEY,
  zone_id   INTEGER NOT NULL,
  last_id   INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  frames    BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS log.zone_batches ${ENTRIES};
CREATE TABLE IF NOT EXISTS log.fresh_batches ${ENTRIES};
CREATE TABLE IF NOT EXISTS log.cleared (
  zone_id INTEGER PRIMARY KEY,
  until   INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS log.zone_octets (
  id     INTEGER PRIMARY KEY,
  octets BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS log.state (
  only    INTEGER PRIMARY KEY CHECK (only = 1),
  next_id INTEGER NOT NULL
) STRICT;
`;

/** Octets of a page: a batch of a flood takes few of them, and a tick of ordinary days dirties few more than it fills. */
export const PAGE_SIZE = 8192;
/** Pages that a writer keeps in memory, in KiB: all entries that are fresh, and what a tick does to others. */
const CACHE_KIB = 1024;
/** Those that a reader keeps: they are good until the next batch is written, and the system has them in memory anyway. */
const READER_CACHE_KIB = 512;
/** The journal is cut back to this size after a transaction that made it longer. */
const JOURNAL_LIMIT_OCTETS = 1 << 20;
/**
 * What `user_version` of the file says after the server took its leave. While one writes it is the mark of this run of the system: who is
 * killed leaves a sound file behind, and only where the system went down too has the next start to look through it.
 */
const LEFT = 0;

/** Linux gives every run of the system a number. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';
const UNKNOWN_BOOT = 1;

/** A number, neither of the two above, for this run of the system; null where there is none to be had. */
function markOfBoot(): number | null {
  try {
    return (Number.parseInt(readFileSync(BOOT_ID, 'latin1').slice(0, 7), 16) + 2) | 0;
  } catch {
    return null;
  }
}

/**
 * Attaches the file of the query log as the schema `log`, for reading, and makes it when it is not there. Returns what was wrong
 * with it, in words, or null.
 *
 * The log has a file of its own because it may be lost and records may not: here nothing ever waits for the disk. What was
 * written survives the death of this process. After a power cut the file may be damaged; then it is put aside, and a new one
 * begins.
 */
export function attachLog(db: Database, path: string): string | null {
  try {
    attach(db, path, READER_CACHE_KIB);
    const mark = db.pragma('log.user_version', { simple: true });
    const isSound = mark === LEFT || mark === markOfBoot();
    const state = isSound ? 'ok' : db.pragma('log.quick_check(1)', { simple: true });
    db.pragma(`log.user_version = ${markOfBoot() ?? UNKNOWN_BOOT}`);
    if (state === 'ok') return null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'SQLITE_CORRUPT' && code !== 'SQLITE_NOTADB') throw error;
  }
  if ((db.pragma('database_list') as { name: string }[]).some(({ name }) => name === 'log')) db.exec('DETACH log');
  for (const end of ['', '-journal']) if (existsSync(path + end)) renameSync(path + end, `${path}.damaged${end}`);
  attach(db, path, READER_CACHE_KIB);
  db.pragma(`log.user_version = ${markOfBoot() ?? UNKNOWN_BOOT}`);
  return `the query log was damaged, as a power cut may do; it is put aside as ${path}.damaged, and a new one begins`;
}

/**
 * Attaches the file for the one who writes to it, after `attachLog` found it sound.
 *
 * It has a rollback journal and no write-ahead log: nearly every page is new and so is not in the journal, and a page is written
 * once. Through a write-ahead log it would be summed up and written, read, and written again, thousands of pages in one go, and
 * answers on the same core wait for that. Readers are kept out while a transaction ends, which takes less than a millisecond.
 */
export function attachLogForWriting(db: Database, path: string): void {
  attach(db, path, CACHE_KIB);
}

/** Says in the file that it was left in order, so that the next start need not look through it. To be followed by the closing. */
export function leaveLog(db: Database): void {
  db.pragma(`log.user_version = ${LEFT}`);
}

function attach(db: Database, path: string, cacheKib: number): void {
  db.prepare('ATTACH ? AS log').run(path);
  // Before anything is written: the first page fixes these two.
  db.pragma(`log.page_size = ${PAGE_SIZE}`);
  db.pragma('log.auto_vacuum = INCREMENTAL');
  db.pragma('log.journal_mode = PERSIST');
  db.pragma(`log.journal_size_limit = ${JOURNAL_LIMIT_OCTETS}`);
  db.pragma('log.synchronous = OFF');
  db.pragma(`log.cache_size = -${cacheKib}`);
  const old = columnsOf(db, 'query_batches');
  db.exec(SCHEMA);
  if (old.includes('first_id')) db.transaction(() => takeOver(db, old.includes('summary')))();
}

/** Takes over a file from before entries of zones lay in a table of their own, or from before there were summaries. */
function takeOver(db: Database, hasSummary: boolean): void {
  const summary = hasSummary ? 'summary' : "x''";
  db.exec(`
    INSERT INTO log.zone_batches SELECT zone_id, last_id, seq, ${summary} FROM log.query_batches;
    DROP INDEX log.query_batches_by_zone;
    ALTER TABLE log.query_batches DROP COLUMN first_id;`);
  if (hasSummary) db.exec('ALTER TABLE log.query_batches DROP COLUMN summary');
}

/** The columns of a table of an attached file, none when it is not there. */
export function columnsOf(db: Database, table: string, schema = 'log'): string[] {
  return (db.pragma(`${schema}.table_info(${table})`) as { name: string }[]).map(({ name }) => name);
}
