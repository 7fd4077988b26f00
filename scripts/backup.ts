/**
 * `npm run backup -- DIR [--log]`: copies the records, the accounts and the secrets of DIGPIT_DATA_DIR to DIR, while the server
 * runs or not; with --log the query log as well. Every copy is looked through before it takes the place of the one from before,
 * so that DIR always holds a whole backup. Exit code 1 when it could not be made. See docs/backup.md.
 */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyDatabase, copyLog, Damage, put, removeDatabase, type Contents } from '../server/store/backup.ts';
import { LOG_FILE, RECORDS_FILE, SECRET_FILES } from '../server/store/files.ts';
import { takeLock } from '../server/store/lock.ts';
import { loadSettings, run, Stop } from './settings.ts';

const USAGE = 'usage: npm run backup -- DIR [--log]';
/** The least that the system knows, so that answers go first. */
const LOWEST_PRIORITY = 19;

await run(async () => {
  const { values, positionals } = parseArgs({ options: { log: { type: 'boolean' } }, allowPositionals: true });
  if (positionals.length !== 1) throw new Stop(USAGE);
  const { dataDir } = loadSettings();
  const dir = resolve(positionals[0]!);
  if (dir === dataDir) throw new Stop(`${dir} is DIGPIT_DATA_DIR itself: name another folder for the backup`);
  setPriority(LOWEST_PRIORITY);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const lock = takeLock(join(dir, 'lock'));
  if (lock === null) throw new Stop(`another backup is at work in ${dir}: let it end first`);
  try {
    await backUp(dataDir, dir, values.log === true);
  } finally {
    lock.release();
  }
});

/** The log before the records: then every zone that it speaks of was there, or is gone for good. */
async function backUp(dataDir: string, dir: string, withLog: boolean): Promise<void> {
  const started = performance.now();
  if (!existsSync(join(dataDir, RECORDS_FILE)))
    throw new Stop(`there is no ${RECORDS_FILE} in ${dataDir}: set DIGPIT_DATA_DIR`);
  if (withLog) await copy(dataDir, dir, LOG_FILE);
  // A log of another day would be of other zones.
  else removeDatabase(join(dir, LOG_FILE));
  for (const file of SECRET_FILES) {
    if (!existsSync(join(dataDir, file))) continue;
    copyFileSync(join(dataDir, file), join(dir, `${file}.part`));
    put(join(dir, `${file}.part`), join(dir, file));
  }
  const { rows, schema, octets } = await copy(dataDir, dir, RECORDS_FILE);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const counts = `${rows.get('zones')} subdomains with ${rows.get('records')} records`;
  console.log(`${dir} holds ${counts}, schema ${schema}, ${octets} octets, looked through; it took ${seconds} s`);
}

async function copy(dataDir: string, dir: string, file: string): Promise<Contents> {
  try {
    return await (file === LOG_FILE ? copyLog : copyDatabase)(join(dataDir, file), join(dir, file));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (error instanceof Damage) {
      throw new Stop(
        `the copy of ${file} is not sound (${message}); the backup from before stays. Look for damage in ${dataDir}.`,
      );
    }
    if (code === 'SQLITE_FULL' || code === 'ENOSPC')
      throw new Stop(`there is no room for the backup in ${dir}; the one from before stays`);
    throw new Stop(`${file} could not be copied (${message}); the backup from before stays`);
  }
}
