import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export type { Database } from 'better-sqlite3';

/**
 * How long a statement waits for another program to let go of the file. A backup never holds it; whoever does so for longer would
 * otherwise hold up everything that this thread does.
 */
const BUSY_TIMEOUT_MS = 250;
/** Pages kept in memory, in KiB. Answers come from the zone set, so what is read here is read seldom. */
const CACHE_KIB = 4096;
/** The write-ahead log is cut back to this size at a checkpoint; without a limit it keeps the size of its worst day. */
const WAL_LIMIT_OCTETS = 16 * 1024 * 1024;
/** Pages in the write-ahead log that bring about a checkpoint: as many as fit that. */
const CHECKPOINT_PAGES = WAL_LIMIT_OCTETS / 4096;

/**
 * Opens the database file, making it and its folder when they are not there. `:memory:` gives one that goes with the process.
 *
 * With a write-ahead log and synchronous=NORMAL a transaction is in the kernel's hands when it returns: it survives the death
 * of this process, kill -9 included. Power loss or a kernel crash may take back the transactions since the last checkpoint,
 * always the newest and always whole ones; the file stays sound. FULL would keep them at the price of an fsync for each edit
 * and each batch of logged queries.
 */
export function openDatabase(path: string): Database.Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  // Before anything is written: the first page fixes whether pages of deleted rows can be given back to the file system.
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${WAL_LIMIT_OCTETS}`);
  return db;
}
