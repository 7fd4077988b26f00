import Database from 'better-sqlite3';
import { existsSync, linkSync, rmSync } from 'node:fs';
import { COMPANIONS, put } from './backup.ts';

/**
 * Puts a sound database file in the place of another, which stays beside it as `<to>.before`, with what SQLite kept next to it.
 * `fresh` is on the same file system, and gone afterwards. Whoever is killed here leaves the old database or the new one under
 * its name, never none and never a mixture. Nobody else may have either open.
 */
export function exchangeDatabase(fresh: string, to: string): void {
  setAside(to);
  // A write-ahead log is believed whatever database it lies beside.
  for (const end of COMPANIONS) rmSync(to + end, { force: true });
  put(fresh, to);
}

/** Gives a database a second name, `<path>.before`, in place of what had that name. */
export function setAside(path: string): void {
  for (const end of ['', ...COMPANIONS]) {
    rmSync(`${path}.before${end}`, { force: true });
    if (existsSync(path + end)) linkSync(path + end, `${path}.before${end}`);
  }
}

/** Brings a database into a single file when nobody uses it. Returns what it is: damaged ones stay as they are. */
export function settleDatabase(path: string): 'sound' | 'damaged' | 'in use' {
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
    db.pragma('journal_mode = DELETE');
    return db.pragma('quick_check(1)', { simple: true }) === 'ok' ? 'sound' : 'damaged';
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED' ? 'in use' : 'damaged';
  } finally {
    db.close();
  }
}

/**
 * Lets what must never be given twice (subdomains, ids of zones, edits and queries) go on in `fresh` from where `old` had come to,
 * which may know of later ones. Both have the newest schema.
 */
export function carryCounters(fresh: string, old: string): void {
  const db = new Database(fresh, { fileMustExist: true });
  try {
    db.prepare('ATTACH ? AS old').run(old);
    db.transaction(() => db.exec(CARRY))();
  } finally {
    db.close();
  }
}

/** Lets a log that is older than the records beside it go on with ids that no query ever had. */
export function carryQueryIds(log: string, records: string): void {
  const db = new Database(log, { fileMustExist: true });
  try {
    db.prepare('ATTACH ? AS records').run(records);
    db.exec('UPDATE state SET next_id = max(next_id, (SELECT next_id FROM records.query_log_state))');
  } finally {
    db.close();
  }
}

const CARRY = `
INSERT INTO labels SELECT word, next FROM old.labels WHERE true
  ON CONFLICT DO UPDATE SET next = max(labels.next, excluded.next);
UPDATE query_log_state SET next_id = max(next_id, (SELECT next_id FROM old.query_log_state));
UPDATE sqlite_sequence SET seq = max(sqlite_sequence.seq, o.seq) FROM old.sqlite_sequence AS o WHERE o.name = sqlite_sequence.name;
INSERT INTO sqlite_sequence SELECT name, seq FROM old.sqlite_sequence WHERE name NOT IN (SELECT name FROM sqlite_sequence);
`;
