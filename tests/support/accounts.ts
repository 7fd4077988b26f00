import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../server/store/database.ts';
import { RECORDS_FILE } from '../../server/store/files.ts';
import { migrate } from '../../server/store/migrate.ts';
import { ZoneStore } from '../../server/store/zones.ts';
import { name } from './dns.ts';
import { ROOT } from './script.ts';

/** Makes a database of many accounts with a few records each, as if people had been there for a while. */
export function fillDatabase(dataDir: string, accounts: number, recordsEach = 10): void {
  withDatabase(dataDir, (db) => {
    const zones = new ZoneStore(db, name('digpit.test.'), ['otter', 'heron', 'badger']);
    const seed = {
      nameservers: [name('ns1.digpit.test.')],
      hostmaster: name('hostmaster.digpit.test.'),
      now: Date.now(),
      random: randomBytes,
    };
    for (let i = 0; i < accounts; i++) {
      const { zone } = zones.create({ ...seed, keyHash: randomBytes(32) });
      const insert = Array.from({ length: recordsEach }, (_, n) => ({
        owner: name(`n${n}.${zone.origin.toText()}`),
        type: 16,
        ttl: 60,
        rdata: Uint8Array.of(100, ...randomBytes(100)),
      }));
      zones.change(zone.id, { insert }, { kind: 'paste', key: null, time: Date.now() });
    }
  });
}

/** Does something to the records' file of a data folder. */
export function withDatabase<T>(dataDir: string, act: (db: Database) => T): T {
  const db = openDatabase(join(dataDir, RECORDS_FILE));
  try {
    migrate(db, join(ROOT, 'db/migrations'));
    return db.transaction(() => act(db))();
  } finally {
    db.close();
  }
}
