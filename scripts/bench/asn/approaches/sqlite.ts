/** (3): SQLite with an index on the starts and one on the ends; asked with BETWEEN, and asked well. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Approach, Index, Source } from '../approach.ts';
import { wordAt } from '../columns.ts';
import type { Columns } from '../columns.ts';

function fill(database: Database.Database, columns: Columns): void {
  database.exec(`
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE network (id INTEGER PRIMARY KEY, asn INTEGER NOT NULL, country TEXT, name TEXT NOT NULL) STRICT;
    CREATE TABLE ipv4 (first INTEGER NOT NULL, last INTEGER NOT NULL, network INTEGER NOT NULL) STRICT;
    CREATE TABLE ipv6 (first BLOB NOT NULL, last BLOB NOT NULL, network INTEGER NOT NULL) STRICT;
  `);
  const network = database.prepare('INSERT INTO network VALUES (?, ?, ?, ?)');
  const ipv4 = database.prepare('INSERT INTO ipv4 VALUES (?, ?, ?)');
  const ipv6 = database.prepare('INSERT INTO ipv6 VALUES (?, ?, ?)');
  database.transaction(() => {
    for (const [id, name] of columns.names.entries()) network.run(id, columns.asn[id], String(columns.country[id]), name);
    const { ipv4: four, ipv6: six } = columns;
    for (let i = 0; i < four.count; i++) ipv4.run(wordAt(four.starts, i * 4), wordAt(four.ends, i * 4), four.network[i]);
    for (let i = 0; i < six.count; i++) {
      const at = i * 16;
      ipv6.run(Buffer.from(six.starts.subarray(at, at + 16)), Buffer.from(six.ends.subarray(at, at + 16)), six.network[i]);
    }
  })();
  for (const family of ['ipv4', 'ipv6']) {
    database.exec(`CREATE INDEX ${family}_first ON ${family} (first); CREATE INDEX ${family}_last ON ${family} (last);`);
  }
}

type Question = (family: string) => string;

function load(source: Source, name: string, question: Question): Index {
  const path = join(source.folder, name);
  const database = new Database(path);
  fill(database, source.columns());
  const ipv4 = database.prepare(question('ipv4')).pluck();
  const ipv6 = database.prepare(question('ipv6')).pluck();
  return {
    find4: (octets, at) => (ipv4.get({ address: wordAt(octets, at) }) as number | null | undefined) ?? 0,
    find6: (octets, at) => (ipv6.get({ address: Buffer.from(octets.subarray(at, at + 16)) }) as number | null | undefined) ?? 0,
    fileOctets: statSync(path).size,
    keep: database,
  };
}

/** A scalar, so that a range that is not routed is an answer (none) and not a reason to look further. */
const NUMBER = '(SELECT asn FROM network WHERE network.id = ranges.network)';

export const sqliteBetween: Approach = {
  key: '3a',
  title: 'SQLite, BETWEEN',
  load: (source) =>
    load(source, 'between.db', (family) => `SELECT ${NUMBER} FROM ${family} AS ranges WHERE @address BETWEEN first AND last`),
};

export const sqliteLast: Approach = {
  key: '3b',
  title: 'SQLite, the last start before',
  load: (source) =>
    load(
      source,
      'last.db',
      (family) =>
        `SELECT ${NUMBER} FROM (SELECT last, network FROM ${family} WHERE first <= @address ORDER BY first DESC LIMIT 1) AS ranges
         WHERE last >= @address`,
    ),
};
