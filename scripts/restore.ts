/**
 * `npm run restore -- DIR [--yes]`: puts the backup in DIR into DIGPIT_DATA_DIR, whose server must not be running. Without --yes it
 * looks the backup through and says what it would do. What is replaced stays beside, with .before behind its name. Exit code 1
 * when it could not be done. See docs/backup.md.
 */
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkDatabase, Damage, put, removeDatabase, type Contents } from '../server/store/backup.ts';
import { openDatabase } from '../server/store/database.ts';
import { IN_USE_FILE, LOG_FILE, RECORDS_FILE, SECRET_FILES } from '../server/store/files.ts';
import { takeLock } from '../server/store/lock.ts';
import { migrate } from '../server/store/migrate.ts';
import { carryCounters, carryQueryIds, exchangeDatabase, setAside, settleDatabase } from '../server/store/restore.ts';
import { root } from './environment.ts';
import { loadSettings, run, Stop } from './settings.ts';

const USAGE = 'usage: npm run restore -- DIR [--yes]';

await run(async () => {
  const { values, positionals } = parseArgs({ options: { yes: { type: 'boolean' } }, allowPositionals: true });
  if (positionals.length !== 1) throw new Stop(USAGE);
  const { dataDir } = loadSettings();
  const dir = resolve(positionals[0]!);
  if (!existsSync(join(dir, RECORDS_FILE)))
    throw new Stop(`there is no ${RECORDS_FILE} in ${dir}: name the folder of a backup`);
  const lock = takeLock(join(dir, 'lock'));
  if (lock === null) throw new Stop(`a backup is just being made in ${dir}: let it end first`);
  try {
    const { rows } = check(dir, RECORDS_FILE);
    const withLog = existsSync(join(dir, LOG_FILE));
    if (withLog) check(dir, LOG_FILE);
    const what = `${rows.get('zones')} subdomains with ${rows.get('records')} records, ${withLog ? 'and the query log' : 'no query log'}`;
    if (values.yes !== true)
      throw new Stop(`the backup is sound: ${what}. With --yes it takes the place of what is in ${dataDir}.`);
    const folder = holdFolder(dataDir);
    restore(dir, dataDir, withLog);
    folder.release();
    console.log(`${dataDir} holds ${what}, as they were in ${dir}; what was there before has .before behind its name`);
  } finally {
    lock.release();
  }
});

function check(dir: string, file: string): Contents {
  try {
    return checkDatabase(join(dir, file));
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw new Stop(`${file} in ${dir} is not sound (${error.message}); nothing was changed. Take an older backup.`);
  }
}

/** Keeps servers out; whatever ends this process gives the folder back. */
function holdFolder(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  const folder = takeLock(join(dataDir, IN_USE_FILE));
  if (folder === null) throw new Stop(`a server is at work in ${dataDir}: stop it first`);
  return folder;
}

function restore(dir: string, dataDir: string, withLog: boolean): void {
  const records = join(dataDir, RECORDS_FILE);
  const log = join(dataDir, LOG_FILE);
  const state = existsSync(records) ? settleDatabase(records) : 'none';
  if (state === 'in use') throw new Stop(`another program has ${RECORDS_FILE} in ${dataDir} open: end it first`);

  const fresh = copyAside(dir, dataDir, RECORDS_FILE);
  bringUp(fresh);
  if (state === 'sound') {
    bringUp(records);
    carryCounters(fresh, records);
  }
  // The log of zones that the restored records do not know by the same numbers would show somebody the queries of others.
  if (withLog) {
    const freshLog = copyAside(dir, dataDir, LOG_FILE);
    carryQueryIds(freshLog, fresh);
    exchangeDatabase(freshLog, log);
  } else if (state !== 'sound') {
    setAside(log);
    removeDatabase(log);
  }
  for (const file of SECRET_FILES) {
    if (existsSync(join(dir, file))) put(copyAside(dir, dataDir, file), join(dataDir, file));
  }
  exchangeDatabase(fresh, records);
}

function copyAside(dir: string, dataDir: string, file: string): string {
  const part = join(dataDir, `${file}.part`);
  removeDatabase(part);
  copyFileSync(join(dir, file), part);
  chmodSync(part, 0o600);
  // Root restores for a server that is somebody else, and that could not write what is root's.
  const { uid, gid } = statSync(dataDir);
  if (process.getuid?.() === 0) chownSync(part, uid, gid);
  return part;
}

/** To the schema of this program, in a single file; refuses one that a newer program made. */
function bringUp(path: string): void {
  const db = openDatabase(path);
  try {
    migrate(db, join(root, 'db/migrations'));
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    throw new Stop((error as Error).message);
  } finally {
    db.close();
  }
}
