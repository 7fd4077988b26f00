import Database from 'better-sqlite3';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { attachLogForWriting, columnsOf } from './log-file.ts';

/** Pages that are copied before other work has its turn. */
const STEP_PAGES = 64;
/** Rows of the log that are copied at one go: meanwhile nothing can be added to it. */
const STEP_ROWS = 16;
/** Pages kept in memory of a file that is read once, in KiB. */
const CACHE_KIB = 512;
/** What SQLite may leave beside a file. */
export const COMPANIONS = ['-journal', '-wal', '-shm'];

/** What a sound database holds. */
export interface Contents {
  readonly schema: number;
  readonly octets: number;
  /** Rows by table, in the order of their names. */
  readonly rows: ReadonlyMap<string, number>;
}

/** A database that is not sound, or is none: what is wrong with it, in words. */
export class Damage extends Error {}

/**
 * Copies a database that may be in use into the file `to`, page by page at its place, so that what did not change is the same
 * octets again. What is copied is the moment at which the copy began: a reader of a write-ahead log goes on seeing that.
 *
 * The copy is made beside `to` and looked through before it takes its name, so that whoever is killed here leaves the copy from
 * before. Throws `Damage` when what was copied is not sound.
 */
export async function copyDatabase(from: string, to: string): Promise<Contents> {
  const part = `${to}.part`;
  removeDatabase(part);
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    source.pragma(`cache_size = -${CACHE_KIB}`);
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(part, { progress: () => STEP_PAGES });
  } finally {
    source.close();
  }
  return finish(part, to);
}

/**
 * Copies the query log, row by row: a reader of all of it at once would keep the server from writing for as long. Rows never change,
 * and what comes or goes meanwhile may be in the copy or not. The rest is as for `copyDatabase`.
 */
export async function copyLog(from: string, to: string): Promise<Contents> {
  const part = `${to}.part`;
  removeDatabase(part);
  // To attach a file that is not there would make one.
  if (!existsSync(from)) throw new Error('it is not there');
  const db = new Database(':memory:');
  try {
    attachLogForWriting(db, part);
    db.prepare('ATTACH ? AS source').run(from);
    db.pragma(`source.cache_size = -${CACHE_KIB}`);
    // A file from before is copied as it is: whoever opens it takes it over.
    if (columnsOf(db, 'fresh_batches', 'source').length === 0) return await copyDatabase(from, to);
    const copyBatches = db.prepare(
      `INSERT INTO log.query_batches SELECT * FROM source.query_batches WHERE seq > ? ORDER BY seq LIMIT ${STEP_ROWS}`,
    );
    const copyEntries = db.prepare(
      `INSERT INTO log.zone_batches ${['zone_batches', 'fresh_batches']
        .map(
          (table) => `SELECT theirs.* FROM log.query_batches AS ours JOIN source.${table} AS theirs
            USING (zone_id, last_id) WHERE ours.seq > @last`,
        )
        .join(' UNION ALL ')}`,
    );
    let last = 0;
    for (let copied = STEP_ROWS; copied === STEP_ROWS; await setImmediate()) {
      const { changes, lastInsertRowid } = copyBatches.run(last);
      copyEntries.run({ last });
      copied = changes;
      last = Number(lastInsertRowid);
    }
    db.exec('INSERT INTO log.state SELECT * FROM source.state');
    // What is cleared and gone from the file while this copies may be in this copy; it is not in the next.
    if (columnsOf(db, 'cleared', 'source').length > 0) db.exec('INSERT INTO log.cleared SELECT * FROM source.cleared');
  } finally {
    db.close();
  }
  return finish(part, to);
}

/** Gives a copy its name when it is sound. */
function finish(part: string, to: string): Contents {
  standAlone(part);
  const contents = checkDatabase(part);
  // A journal of no more use: a database that needs one does not pass.
  for (const end of COMPANIONS) rmSync(part + end, { force: true });
  put(part, to);
  return contents;
}

/** Looks through a whole database file that nobody else has open. Throws `Damage`. */
export function checkDatabase(path: string): Contents {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      db.pragma(`cache_size = -${CACHE_KIB}`);
      const fault = db.pragma('integrity_check(1)', { simple: true });
      if (fault !== 'ok') throw new Damage(String(fault));
      return contentsOf(db);
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Damage) throw error;
    throw new Damage((error as Error).message);
  }
}

function contentsOf(db: Database.Database): Contents {
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  const numberOf = (pragma: string) => db.pragma(pragma, { simple: true }) as number;
  return {
    schema: numberOf('user_version'),
    octets: numberOf('page_count') * numberOf('page_size'),
    rows: new Map(tables.map((name) => [name, db.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get()!])),
  };
}

/** Makes a file of its own of a copy, which would otherwise begin a write-ahead log as soon as somebody looks at it. */
function standAlone(path: string): void {
  const db = new Database(path, { fileMustExist: true });
  db.pragma('journal_mode = DELETE');
  db.close();
}

/** Gives a file its name in one step, and sees to it that a power cut does not undo that. */
export function put(part: string, to: string): void {
  sync(part);
  renameSync(part, to);
  sync(dirname(to));
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Deletes a database file and what SQLite left beside it. */
export function removeDatabase(path: string): void {
  for (const end of ['', ...COMPANIONS]) rmSync(path + end, { force: true });
}
