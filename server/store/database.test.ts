import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-store-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

describe('openDatabase', () => {
  it('makes the file and its folder, with a write-ahead log, foreign keys and space that can be given back', () => {
    const path = join(dir, 'new', 'folder', 'digpit.sqlite');
    openDatabase(path).close();
    const db = openDatabase(path);
    const pragmas = ['journal_mode', 'foreign_keys', 'synchronous', 'auto_vacuum', 'busy_timeout', 'cache_size'];
    expect(pragmas.map((pragma) => db.pragma(pragma, { simple: true }))).toEqual(['wal', 1, 1, 2, 250, -4096]);
    db.close();
  });

  it('gives space back to the file system when asked after a deletion', () => {
    const db = openDatabase(join(dir, 'digpit.sqlite'));
    db.exec('CREATE TABLE t (octets BLOB) STRICT');
    db.prepare('INSERT INTO t VALUES (zeroblob(1000000))').run();
    const pages = () => db.pragma('page_count', { simple: true }) as number;
    const full = pages();
    db.exec('DELETE FROM t');
    db.pragma('incremental_vacuum');
    expect(pages()).toBeLessThan(full / 2);
    db.close();
  });

  it('keeps what was committed when the process is killed at once', () => {
    const path = join(dir, 'digpit.sqlite');
    const db = openDatabase(path);
    db.exec('CREATE TABLE t (number INTEGER) STRICT');
    db.close();
    const program = `
      import Database from 'better-sqlite3';
      const db = new Database(process.argv[1]);
      db.pragma('synchronous = NORMAL');
      db.prepare('INSERT INTO t VALUES (42)').run();
      process.kill(process.pid, 'SIGKILL');`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program, path], { cwd: import.meta.dirname });
    expect(signal).toBe('SIGKILL');
    const again = openDatabase(path);
    expect(again.prepare('SELECT number FROM t').pluck().all()).toEqual([42]);
    again.close();
  });
});
