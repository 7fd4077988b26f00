import { existsSync, renameSync } from 'node:fs';
import type { Database } from './database.ts';

/**
 * Of one zone each, rising by id: frames of server/querylog/event.ts one behind the other, and their summary (server/querylog/summary.ts).
 * Rows are numbered by age, so that the oldest are found without an index; the index finds a page of one zone's log, from any query
 * backwards or forwards, and which batches may hold what is sought, without a look at them.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS log.query_batches (
  seq       INTEGER PRIMARY KEY,
  zone_id   INTEGER NOT NULL,
  first_id  INTEGER NOT NULL,
  last_id   INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  frames    BLOB NOT NULL,
  summary   BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS log.query_batches_by_zone ON query_batches (zone_id, last_id, summary);
CREATE TABLE IF NOT EXISTS log.state (
  only    INTEGER PRIMARY KEY CHECK (only = 1),
  next_id INTEGER NOT NULL
) STRICT;
`;

/** For a file from before there were summaries. */
const ADD_SUMMARY = `
DROP INDEX log.query_batches_by_zone;
ALTER TABLE log.query_batches ADD COLUMN summary BLOB NOT NULL DEFAULT x'';
`;

/** Octets of a page: a batch of a flood takes few of them, and a tick of ordinary days dirties few more than it fills. */
const PAGE_SIZE = 8192;
/** Pages that a writer keeps in memory, in KiB: the ends of what a thousand zones have in the index. */
const CACHE_KIB = 4096;
/** Those that a reader keeps: they are good until the next batch is written, and the system has them in memory anyway. */
const READER_CACHE_KIB = 512;
/** The journal is cut back to this size after a transaction that made it longer. */
const JOURNAL_LIMIT_OCTETS = 1 << 20;
/** What `user_version` of the file says while a server writes to it, and after that server took its leave. */
const IN_USE = 1;
const LEFT = 0;

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
    const wasLeft = db.pragma('log.user_version', { simple: true }) === LEFT;
    const state = wasLeft ? 'ok' : db.pragma('log.quick_check(1)', { simple: true });
    db.pragma(`log.user_version = ${IN_USE}`);
    if (state === 'ok') return null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'SQLITE_CORRUPT' && code !== 'SQLITE_NOTADB') throw error;
  }
  if ((db.pragma('database_list') as { name: string }[]).some(({ name }) => name === 'log')) db.exec('DETACH log');
  for (const end of ['', '-journal']) if (existsSync(path + end)) renameSync(path + end, `${path}.damaged${end}`);
  attach(db, path, READER_CACHE_KIB);
  db.pragma(`log.user_version = ${IN_USE}`);
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
  if (hasRowsWithoutSummary(db)) db.exec(ADD_SUMMARY);
  db.exec(SCHEMA);
}

function hasRowsWithoutSummary(db: Database): boolean {
  const columns = db.pragma('log.table_info(query_batches)') as { name: string }[];
  return columns.length > 0 && columns.every(({ name }) => name !== 'summary');
}
