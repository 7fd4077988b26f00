import { beforeEach, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { name } from '../../tests/support/dns.ts';
import { makeApexRecords, withSerial } from '../zone/apex.ts';
import { readMasterFile } from '../zone/master-file.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import { openDatabase, type Database } from './database.ts';
import { compareRecords, EditLog, identityOf, undoEdits } from './edits.ts';
import { migrate } from './migrate.ts';

const origin = name('example.');
const [soa] = makeApexRecords(origin, [name('ns1.test.')], name('h.test.'));
const read = (text: string) => readMasterFile(text, origin, { defaultTtl: 60 }).records.map(({ record }) => record);
const text = (records: readonly ZoneRecord[]) => records.map(identityOf).sort();

let db: Database;

beforeEach(() => {
  db = openDatabase(':memory:');
  migrate(db, fileURLToPath(new URL('../../db/migrations', import.meta.url)));
  for (const id of [1, 2]) {
    db.prepare('INSERT INTO zones (id, label, key_hash, created_at) VALUES (?, ?, ?, 0)').run(
      id,
      `z${id}`,
      Buffer.alloc(32, id),
    );
  }
});

const edit = (serial: number, removed: string, added: string) =>
  ({
    time: serial * 10,
    kind: 'add',
    key: serial % 2 === 0 ? null : 'laptop',
    serial,
    removed: read(removed),
    added: read(added),
  }) as const;

describe('the history of a zone', () => {
  it('gives back what was kept, octet for octet, newest first, and of no other zone', () => {
    const log = new EditLog(db);
    log.add(1, edit(2, '', '\\000x TXT "\\255"\nwww 300 A 192.0.2.1'));
    log.add(2, edit(9, '', 'b A 192.0.2.9'));
    log.add(1, edit(3, 'www 300 A 192.0.2.1', 'WWW 60 A 192.0.2.1'));
    const edits = log.read(1);
    expect(edits.map(({ serial, time, kind, key }) => [serial, time, kind, key])).toEqual([
      [3, 30, 'add', 'laptop'],
      [2, 20, 'add', null],
    ]);
    expect(text(edits[1]!.added)).toEqual(text(read('\\000x TXT "\\255"\nwww 300 A 192.0.2.1')));
    expect(log.read(1, edits[0]!.id).map(({ serial }) => serial)).toEqual([3]);
  });

  it('forgets the oldest beyond its bounds, and keeps the last however large it is', () => {
    const log = new EditLog(db, { count: 3, octets: 1000 });
    for (let serial = 1; serial <= 5; serial++) log.add(1, edit(serial, '', `a A 192.0.2.${serial}`));
    expect(log.read(1).map(({ serial }) => serial)).toEqual([5, 4, 3]);
    log.add(1, edit(6, '', `big TXT ${'"0123456789" '.repeat(200)}`));
    expect(log.read(1).map(({ serial }) => serial)).toEqual([6]);
    log.add(1, edit(7, '', 'a A 192.0.2.7'));
    expect(log.read(1).map(({ serial }) => serial)).toEqual([7]);
  });

  it('does not count what changed nothing, and goes with its zone', () => {
    const log = new EditLog(db);
    log.add(1, edit(1, '', ''));
    expect(log.read(1)).toEqual([]);
    log.add(1, edit(2, '', 'a A 192.0.2.1'));
    db.prepare('DELETE FROM zones WHERE id = 1').run();
    expect(log.read(1)).toEqual([]);
  });
});

describe('differences', () => {
  it('pass over a serial that only counted on', () => {
    const next = { ...soa!, rdata: withSerial(soa!.rdata, 7) };
    expect(compareRecords([soa!], [next])).toEqual({ removed: [], added: [] });
    expect(compareRecords([soa!], [{ ...next, ttl: 1 }])).toMatchObject({ removed: [{ ttl: 300 }], added: [{ ttl: 1 }] });
  });

  it('undone newest first, lead back to any moment', () => {
    const moments = ['a A 192.0.2.1', 'a A 192.0.2.1\nb A 192.0.2.2', 'b 5 A 192.0.2.2', 'c TXT "x"'].map(read);
    const log = new EditLog(db);
    for (let i = 1; i < moments.length; i++) {
      log.add(1, { time: i, kind: 'text', key: null, serial: i, ...compareRecords(moments[i - 1]!, moments[i]!) });
    }
    const edits = log.read(1);
    for (let back = 0; back < moments.length; back++) {
      expect(text(undoEdits(moments[3]!, edits.slice(0, back)))).toEqual(text(moments[3 - back]!));
    }
  });
});
