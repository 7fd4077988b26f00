import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { name } from '../../tests/support/dns.ts';
import { openDatabase, type Database } from './database.ts';
import { migrate } from './migrate.ts';
import { hashKey } from './sessions.ts';
import { ZoneStore } from './zones.ts';

const OURS = fileURLToPath(new URL('../../db/migrations', import.meta.url));
const FILES = readdirSync(OURS).sort();
const KEY = '0000-1111-2222-3333-4444-5555-6666';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'digpit-upgrade-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A database as the version with so many migrations left it, with a subdomain that somebody has. */
function makeOld(count: number): Database {
  for (const file of FILES.slice(0, count)) copyFileSync(join(OURS, file), join(dir, file));
  const db = openDatabase(':memory:');
  migrate(db, dir);
  db.exec("INSERT INTO meta VALUES ('base_domain', 'digpit.test.'); INSERT INTO labels VALUES ('otter', 2)");
  db.prepare('INSERT INTO zones (label, key_hash, created_at) VALUES (?, ?, 5)').run('otter1', hashKey(KEY));
  const insert = db.prepare('INSERT INTO records (zone_id, owner, type, ttl, rdata) VALUES (1, ?, ?, 60, ?)');
  insert.run(
    name('otter1.digpit.test.').octets,
    6,
    Uint8Array.from([...name('a.').octets, ...name('b.').octets, ...new Uint8Array(20)]),
  );
  insert.run(name('www.otter1.digpit.test.').octets, 1, Uint8Array.of(192, 0, 2, 1));
  return db;
}

describe('a database of every version there was', () => {
  it.each(FILES.map((file, i) => [i + 1, file] as const))('schema %i (%s) is brought up with all that is in it', (count) => {
    const db = makeOld(count);
    expect(migrate(db, OURS)).toEqual(FILES.slice(count));
    const zones = new ZoneStore(db, name('digpit.test.'), ['otter']);
    const [loaded] = [...zones.loadAll()];
    expect(loaded!.zone).toMatchObject({ createdAt: 5, suspended: false });
    expect(loaded!.records.map(({ owner, type }) => [owner.toText(), type])).toEqual([
      ['otter1.digpit.test.', 6],
      ['www.otter1.digpit.test.', 1],
    ]);
    expect(zones.findByKey(hashKey(KEY)!)!.id).toBe(1);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.close();
  });

  it.each(FILES.slice(0, -1).map((file, i) => [i + 1, file] as const))(
    'a program that knows schema %i (%s) leaves ours as it is',
    (count) => {
      makeOld(count).close();
      const db = openDatabase(':memory:');
      migrate(db, OURS);
      const before = db.serialize();
      expect(() => migrate(db, dir)).toThrow('restore a backup made by this one');
      expect(db.serialize().equals(before)).toBe(true);
      db.close();
    },
  );
});
