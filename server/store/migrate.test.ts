import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { migrate } from './migrate.ts';

let dir: string;
let db: Database;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-migrate-'));
  db = openDatabase(':memory:');
});

afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

const write = (file: string, sql: string) => writeFileSync(join(dir, file), sql);
const version = () => db.pragma('user_version', { simple: true });
const tables = () => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

describe('migrate', () => {
  it('applies each file once, in the order of the numbers', () => {
    write('0002_more.sql', 'ALTER TABLE t ADD COLUMN b TEXT;');
    write('0001_first.sql', 'CREATE TABLE t (a TEXT) STRICT;');
    write('notes.txt', 'not a migration');
    expect(migrate(db, dir)).toEqual(['0001_first.sql', '0002_more.sql']);
    expect(version()).toBe(2);
    expect(migrate(db, dir)).toEqual([]);
  });

  it('continues where an earlier program stopped and keeps the data', () => {
    write('0001_first.sql', 'CREATE TABLE t (a TEXT) STRICT;');
    migrate(db, dir);
    db.exec("INSERT INTO t VALUES ('kept')");
    write('0002_more.sql', "ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'new';");
    expect(migrate(db, dir)).toEqual(['0002_more.sql']);
    expect(db.prepare('SELECT * FROM t').all()).toEqual([{ a: 'kept', b: 'new' }]);
  });

  it('undoes a file that fails, names it, and keeps those before it', () => {
    write('0001_first.sql', 'CREATE TABLE t (a TEXT) STRICT;');
    write('0002_broken.sql', 'CREATE TABLE u (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);');
    expect(() => migrate(db, dir)).toThrow('0002_broken.sql failed and was undone: no such table: nowhere');
    expect(tables()).toEqual(['t']);
    expect(version()).toBe(1);
  });

  it('refuses a database that a newer program has made', () => {
    write('0001_first.sql', 'CREATE TABLE t (a TEXT) STRICT;');
    db.pragma('user_version = 7');
    expect(() => migrate(db, dir)).toThrow('the database has schema 7, and this program knows schemas up to 1');
    expect(tables()).toEqual([]);
  });

  it('refuses a gap and a doubled number', () => {
    write('0001_first.sql', '');
    write('0003_third.sql', '');
    expect(() => migrate(db, dir)).toThrow('there is 0003_third.sql');
    write('0002_one.sql', '');
    write('0002_two.sql', '');
    expect(() => migrate(db, dir)).toThrow('there is 0002_two.sql');
  });

  it('brings a new database to our newest schema, every table strict', () => {
    const ours = fileURLToPath(new URL('../../db/migrations', import.meta.url));
    expect(migrate(db, ours)[0]).toBe('0001_zones_and_sessions.sql');
    expect(tables()).toEqual(expect.arrayContaining(['labels', 'meta', 'records', 'sessions', 'zones']));
    const loose = db.prepare("SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite_%'").pluck();
    expect(loose.all()).toEqual([]);
  });
});
