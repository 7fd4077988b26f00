import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';

interface Migration {
  readonly version: number;
  readonly file: string;
}

/**
 * Brings the schema up to the newest `NNNN_name.sql` in `dir`, each file in a transaction of its own; `PRAGMA user_version`
 * is the number of the last one. Returns the files that were applied now. Refuses a database that a newer program has made,
 * and a folder with a gap or a doubled number.
 */
export function migrate(db: Database, dir: string): string[] {
  const migrations = listMigrations(dir);
  const found = versionOf(db);
  if (found > migrations.length) {
    throw new Error(
      `the database has schema ${found}, and this program knows schemas up to ${migrations.length}: it was written by a newer version. Start that version, or restore a backup made by this one.`,
    );
  }
  return migrations.filter((migration) => apply(db, dir, migration)).map(({ file }) => file);
}

/** Looks at the version again inside the transaction, for another process may have been quicker. */
function apply(db: Database, dir: string, { version, file }: Migration): boolean {
  const run = db.transaction(() => {
    if (versionOf(db) >= version) return false;
    db.exec(readFileSync(join(dir, file), 'utf8'));
    db.pragma(`user_version = ${version}`);
    return true;
  });
  try {
    return run.immediate();
  } catch (cause) {
    throw new Error(`migration ${file} failed and was undone: ${(cause as Error).message}`, { cause });
  }
}

function listMigrations(dir: string): Migration[] {
  const files = readdirSync(dir).filter((file) => /^\d{4}_[a-z\d_]+\.sql$/.test(file));
  const migrations = files.sort().map((file) => ({ version: Number(file.slice(0, 4)), file }));
  const wrong = migrations.findIndex(({ version }, i) => version !== i + 1);
  if (wrong !== -1) throw new Error(`migrations in ${dir} must be numbered 0001, 0002, … but there is ${files[wrong]}`);
  return migrations;
}

function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}
