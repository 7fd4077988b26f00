import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { TYPE } from '../wire/codes.ts';
import { Name } from '../wire/name.ts';
import { rdataFromText, rdataToText } from '../wire/rdata.ts';
import { serialOf, withSerial } from '../zone/apex.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import { Zone } from '../zone/zone.ts';
import { openDatabase, type Database } from './database.ts';
import { migrate } from './migrate.ts';
import type { StoredRecord, ZoneChange } from './zone-change.ts';
import { isRudeNumber, readWords, ZoneStore, type LoadedZone } from './zones.ts';

const repository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const name = (text: string) => Name.fromText(text) as Name;
const BASE = name('digpit.test.');
const FIRST_WORD = () => new Uint8Array(4);

let db: Database;
let zones: ZoneStore;
let created: number;

beforeEach(() => {
  db = openDatabase(':memory:');
  migrate(db, repository('db/migrations'));
  zones = new ZoneStore(db, BASE, ['otter', 'plum']);
  created = 0;
});

function create(random: (count: number) => Uint8Array = FIRST_WORD): LoadedZone {
  const keyHash = createHash('sha256').update(String(created++)).digest();
  const nameservers = [name('ns1.digpit.test.'), name('ns2.digpit.test.')];
  return zones.create({ keyHash, nameservers, hostmaster: name('hostmaster.digpit.test.'), now: 1234, random });
}

function record(owner: string, type: keyof typeof TYPE, ttl: number, content: string): ZoneRecord {
  const context = { origin: name('otter1.digpit.test.'), style: 'zone-file' } as const;
  const rdata = rdataFromText(TYPE[type], content, context) as Uint8Array;
  return { owner: name(owner), type: TYPE[type], ttl, rdata };
}

const change = (zoneId: number, edit: ZoneChange) => zones.change(zoneId, edit, { kind: 'add', key: null, time: 5 });

const text = ({ owner, type, ttl, rdata }: ZoneRecord) => `${owner.toText()} ${ttl} ${type} ${rdataToText(type, rdata)}`;
const soaOf = (records: readonly StoredRecord[]) => records.find(({ type }) => type === TYPE.SOA)!;
const serial = (records: readonly StoredRecord[]) => serialOf(soaOf(records).rdata);

describe('ZoneStore.create', () => {
  it('makes a zone below the base domain with the SOA and NS records that every zone needs', () => {
    const { zone, records } = create();
    expect(zone).toMatchObject({ createdAt: 1234, origin: { octets: name('otter1.digpit.test.').octets } });
    expect(records.map(text)).toEqual([
      'otter1.digpit.test. 300 6 ns1.digpit.test. hostmaster.digpit.test. 1 3600 600 604800 60',
      'otter1.digpit.test. 300 2 ns1.digpit.test.',
      'otter1.digpit.test. 300 2 ns2.digpit.test.',
    ]);
    expect(zones.read(zone.id)).toEqual(records);
    expect(zones.find(zone.id)).toEqual(zone);
  });

  it('counts from 1 for each word', () => {
    const second = () => Uint8Array.of(0, 0, 0, 1);
    const origins = [create(), create(second), create(), create(second)].map(({ zone }) => zone.origin.toText());
    expect(origins).toEqual(['otter1.digpit.test.', 'plum1.digpit.test.', 'otter2.digpit.test.', 'plum2.digpit.test.']);
  });

  it('never gives a label away twice, not even when its zone is gone', () => {
    create();
    db.exec('DELETE FROM zones');
    expect(create().zone.origin.toText()).toBe('otter2.digpit.test.');
  });

  it('never gives a zone id away twice either', () => {
    const { zone } = create();
    db.exec('DELETE FROM zones');
    expect(create().zone.id).toBeGreaterThan(zone.id);
  });

  it('leaves out numbers that are rude or hateful', () => {
    const labels = Array.from({ length: 100 }, () => create().zone.origin.toRelativeText(BASE));
    expect(labels.slice(0, 15).at(-1)).toBe('otter16');
    for (const rude of ['otter14', 'otter18', 'otter28', 'otter69', 'otter88']) expect(labels).not.toContain(rude);
    expect(labels).toContain('otter105');
    expect([420, 666, 1488, 8814, 1690, 1312, 80085].filter((number) => !isRudeNumber(number))).toEqual([]);
    expect([1, 42, 140, 180, 1000].filter(isRudeNumber)).toEqual([]);
  });

  it('makes nothing at all when it cannot make everything', () => {
    create();
    created = 0;
    expect(() => create()).toThrow('UNIQUE');
    expect(db.prepare('SELECT count(*) FROM records').pluck().get()).toBe(3);
    expect(create().zone.origin.toText()).toBe('otter2.digpit.test.');
  });

  it('finds a zone by the hash of its key, and no zone by another', () => {
    const { zone } = create();
    expect(zones.findByKey(createHash('sha256').update('0').digest())).toEqual(zone);
    expect(zones.findByKey(randomBytes(32))).toBeUndefined();
  });
});

describe('ZoneStore.change', () => {
  let zoneId: number;
  let first: StoredRecord[];

  beforeEach(() => {
    ({
      zone: { id: zoneId },
      records: first,
    } = create());
  });

  it('inserts, updates and removes, and returns what it has stored', () => {
    const added = change(zoneId, {
      insert: [record('www.otter1.digpit.test.', 'A', 60, '192.0.2.1'), record('old.otter1.digpit.test.', 'TXT', 60, '"x"')],
    });
    const [www, old] = added.slice(3) as [StoredRecord, StoredRecord];
    const after = change(zoneId, {
      insert: [record('new.otter1.digpit.test.', 'MX', 60, '10 mail')],
      update: [{ ...record('WWW.otter1.digpit.test.', 'AAAA', 90, '2001:db8::1'), id: www.id }],
      remove: [old.id],
    });
    expect(after.slice(3).map(text)).toEqual([
      'WWW.otter1.digpit.test. 90 28 2001:db8::1',
      'new.otter1.digpit.test. 60 15 10 mail.otter1.digpit.test.',
    ]);
    expect(after[3]!.id).toBe(www.id);
    expect(zones.read(zoneId)).toEqual(after);
  });

  it('counts the serial up with every edit, in the database too', () => {
    const edit = () => change(zoneId, { insert: [record('otter1.digpit.test.', 'TXT', 60, `"${Math.random()}"`)] });
    expect([serial(first), serial(edit()), serial(edit())]).toEqual([1, 2, 3]);
    expect(serial(zones.read(zoneId))).toBe(3);
  });

  it('leaves the octets of the records that it was read from alone', () => {
    const before = zones.read(zoneId);
    change(zoneId, {});
    expect(serial(before)).toBe(1);
    expect(serial(first)).toBe(1);
  });

  it.each([
    ['takes the serial that the edit brings', 1, 2030010100, 2030010100],
    ['counts on when that is no increase', 50, 20, 51],
    ['counts on when it is the same', 50, 50, 51],
    ['takes one that has gone round, RFC 1982 §3.2', 4294967295, 5, 5],
    ['goes round itself', 4294967295, 4294967295, 0],
  ])('%s', (_, current, wanted, expected) => {
    const soa = soaOf(first);
    db.prepare('UPDATE records SET rdata = ? WHERE id = ?').run(withSerial(soa.rdata, current), soa.id);
    const after = change(zoneId, { update: [{ ...soa, rdata: withSerial(soa.rdata, wanted) }] });
    expect(serial(after)).toBe(expected);
    expect(serial(zones.read(zoneId))).toBe(expected);
  });

  it('gives a TTL set on one record to its RRset, whatever the case of the owner, and to nothing else', () => {
    const insert = ['1', '2'].map((octet) => record('www.otter1.digpit.test.', 'A', 60, `192.0.2.${octet}`));
    change(zoneId, { insert: [...insert, record('www.otter1.digpit.test.', 'TXT', 60, '"x"')] });
    const after = change(zoneId, { insert: [record('WWW.otter1.digpit.test.', 'A', 3600, '192.0.2.3')] });
    expect(after.slice(3).map(({ type, ttl }) => [type, ttl])).toEqual([
      [TYPE.A, 3600],
      [TYPE.A, 3600],
      [TYPE.TXT, 60],
      [TYPE.A, 3600],
    ]);
    expect(zones.read(zoneId)).toEqual(after);
  });

  it('never uses the id of a removed record again', () => {
    const { id } = change(zoneId, { insert: [record('otter1.digpit.test.', 'TXT', 60, '"x"')] }).at(-1)!;
    change(zoneId, { remove: [id] });
    const again = change(zoneId, { insert: [record('otter1.digpit.test.', 'TXT', 60, '"y"')] }).at(-1)!;
    expect(again.id).toBeGreaterThan(id);
  });

  it('replaces all records in one edit and counts on from the SOA that went', () => {
    change(zoneId, {});
    const soa = soaOf(first);
    const after = change(zoneId, { remove: first.map(({ id }) => id), insert: [soa] });
    expect(after).toHaveLength(1);
    expect(serial(after)).toBe(3);
  });

  it('touches no other zone and does nothing by halves', () => {
    const other = create();
    const [mine] = zones.read(zoneId);
    const insert = [record('otter1.digpit.test.', 'TXT', 60, '"x"')];
    expect(() => change(other.zone.id, { insert, update: [mine!] })).toThrow(`has no record ${mine!.id}`);
    expect(() => change(other.zone.id, { insert, remove: [mine!.id] })).toThrow(`has no record ${mine!.id}`);
    expect(() => change(zoneId, { insert, remove: [soaOf(first).id] })).toThrow('without an SOA');
    expect(zones.read(zoneId)).toEqual(first);
    expect(zones.read(other.zone.id)).toEqual(other.records);
  });
});

describe('ZoneStore.loadAll', () => {
  it('gives every zone with its records, ready to be built', () => {
    const made = [create(), create(), create()];
    change(made[0]!.zone.id, { insert: [record('www.otter1.digpit.test.', 'A', 60, '192.0.2.1')] });
    const loaded = [...zones.loadAll()];
    expect(loaded.map(({ zone }) => zone)).toEqual(made.map(({ zone }) => zone));
    expect(loaded.map(({ zone }) => zones.read(zone.id))).toEqual(loaded.map(({ records }) => records));
    expect(loaded[0]!.records).toHaveLength(4);
    for (const { zone, records } of loaded)
      expect(Zone.of(zone.id, zone.origin, records).origin.equals(zone.origin)).toBe(true);
  });

  it('gives octets as they are, whatever they mean as text', () => {
    const { zone } = create();
    const rdata = Uint8Array.of(255, ...Array.from({ length: 255 }, (_, i) => (i + 128) & 255));
    const octets = Uint8Array.of(4, 0, 0xc3, 0x28, 0xff, ...zone.origin.octets);
    change(zone.id, { insert: [{ owner: Name.fromOctets(octets), type: TYPE.TXT, ttl: 60, rdata }] });
    const [{ records }] = [...zones.loadAll()] as [LoadedZone];
    expect(records).toEqual(zones.read(zone.id));
    expect(records.at(-1)).toMatchObject({ rdata, owner: { octets } });
  });

  it('gives nothing when there is nothing, and lets go of the database when it is left early', () => {
    expect([...zones.loadAll()]).toEqual([]);
    create();
    create();
    for (const { zone } of zones.loadAll()) if (zone.id > 0) break;
    expect(create().zone.origin.toText()).toBe('otter3.digpit.test.');
  });

  it('shares one name among the records of an owner', () => {
    create();
    const [{ records }] = [...zones.loadAll()] as [LoadedZone];
    expect(records[1]!.owner).toBe(records[0]!.owner);
  });
});

describe('the base domain', () => {
  it('is remembered: a database made for another is refused, in a sentence that says what to do', () => {
    const other = name('other.example.');
    expect(() => new ZoneStore(db, other, ['otter'])).toThrow(
      'the database was made for the base domain digpit.test. and its zones cannot move to other.example.: set DIGPIT_BASE_DOMAIN to digpit.test. or give DIGPIT_DATA_DIR another folder',
    );
  });

  it('is the same in capitals', () => {
    expect(() => new ZoneStore(db, name('DigPit.TEST.'), ['otter'])).not.toThrow();
  });
});

describe('db/words.txt', () => {
  const words = readWords(repository('db/words.txt'));

  it('has hundreds of words of 3 to 8 letters', () => {
    expect(words.length).toBeGreaterThanOrEqual(400);
    expect(words.filter((word) => !/^[a-z]{3,8}$/.test(word))).toEqual([]);
  });

  it('is sorted and has no word twice', () => {
    expect(words).toEqual([...new Set(words)].toSorted());
  });

  it('has nothing that looks like infrastructure', () => {
    const reserved = /^(www|mail|smtp|imap|dns|ftp|api|app|web|test|admin|root|host|server|login|status|cdn|vpn|wpad|isatap)$/;
    expect(words.filter((word) => reserved.test(word))).toEqual([]);
  });
});
