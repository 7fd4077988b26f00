import { existsSync, renameSync, statSync } from 'node:fs';
import type { Database } from './database.ts';

/**
 * Of one zone each, rising by id: frames of server/querylog/event.ts one behind the other. Rows are numbered by age, so that the
 * oldest are found without an index; the index finds a page of one zone's log, from any query backwards or forwards.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS log.query_batches (
  seq       INTEGER PRIMARY KEY,
  zone_id   INTEGER NOT NULL,
  first_id  INTEGER NOT NULL,
  last_id   INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  frames    BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS log.query_batches_by_zone ON query_batches (zone_id, last_id);
CREATE TABLE IF NOT EXISTS log.state (
  only    INTEGER PRIMARY KEY CHECK (only = 1),
  next_id INTEGER NOT NULL
) STRICT;
`;

/**
 * Attaches the file of the query log as the schema `log`, and makes it when it is not there. Returns what was wrong with it, in
 * words, or null.
 *
 * The log has a file of its own because it may be lost and records may not: here nothing ever waits for the disk. What was
 * written survives the death of this process. After a power cut the file may be damaged; then it is put aside, and a new one
 * begins.
 */
export function attachLog(db: Database, path: string): string | null {
  const wasCutOff = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
  try {
    attach(db, path);
    const state = wasCutOff ? db.pragma('log.quick_check(1)', { simple: true }) : 'ok';
    if (state === 'ok') return null;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'SQLITE_CORRUPT' && code !== 'SQLITE_NOTADB') throw error;
  }
  if ((db.pragma('database_list') as { name: string }[]).some(({ name }) => name === 'log')) db.exec('DETACH log');
  for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, `${path}.damaged${end}`);
  attach(db, path);
  return `the query log was damaged, as a power cut may do; it is put aside as ${path}.damaged, and a new one begins`;
}

function attach(db: Database, path: string): void {
  db.prepare('ATTACH ? AS log').run(path);
  // Before anything is written: the first page fixes whether pages of deleted rows can be given back to the file system.
  db.pragma('log.auto_vacuum = INCREMENTAL');
  db.pragma('log.journal_mode = WAL');
  db.pragma('log.synchronous = OFF');
  db.exec(SCHEMA);
}
