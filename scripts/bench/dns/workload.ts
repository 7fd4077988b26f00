import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { readWords, ZoneStore } from '../../../server/store/zones.ts';
import { TYPE, typeToText } from '../../../server/wire/codes.ts';
import { Name } from '../../../server/wire/name.ts';
import { encodeQuery } from '../../../server/wire/query.ts';
import { rdataFromText, rdataToText } from '../../../server/wire/rdata.ts';
import type { ZoneRecord } from '../../../server/zone/rrset.ts';
import { seeded } from '../asn/random.ts';

const BASE = Name.fromText('digpit.test.') as Name;
const NAMESERVERS = [Name.fromText('ns1', BASE) as Name];
const HOSTMASTER = Name.fromText('hostmaster', BASE) as Name;

/** Ten records, such as people make. */
const RECORDS = [
  ['@', TYPE.A, '192.0.2.1'],
  ['@', TYPE.MX, '10 mail'],
  ['@', TYPE.TXT, '"v=spf1 mx -all"'],
  ['www', TYPE.A, '192.0.2.2'],
  ['www', TYPE.AAAA, '2001:db8::2'],
  ['mail', TYPE.A, '192.0.2.3'],
  ['blog', TYPE.CNAME, 'www'],
  ['_sip._tcp', TYPE.SRV, '10 5 5060 www'],
  ['api', TYPE.A, '192.0.2.4'],
  ['*.any', TYPE.A, '192.0.2.5'],
] as const;
/** Which of them a query is for, the likely ones more than once. */
const ASKED: readonly (readonly [string, number])[] = [
  ['www', TYPE.A],
  ['www', TYPE.A],
  ['www', TYPE.A],
  ['www', TYPE.AAAA],
  ['@', TYPE.A],
  ['@', TYPE.MX],
  ['@', TYPE.TXT],
  ['mail', TYPE.A],
  ['blog', TYPE.A],
  ['_sip._tcp', TYPE.SRV],
  ['api', TYPE.A],
  ['api', TYPE.AAAA],
];

export interface BenchZone {
  readonly origin: Name;
  readonly records: readonly ZoneRecord[];
}

/** Fills a new database with zones that people own, ten records in each. Returns them, for the other servers to have too. */
export function makeZones(dataDir: string, root: string, count: number): BenchZone[] {
  mkdirSync(dataDir, { recursive: true });
  const db = openDatabase(join(dataDir, 'digpit.sqlite'));
  migrate(db, join(root, 'db/migrations'));
  const store = new ZoneStore(db, BASE, readWords(join(root, 'db/words.txt')));
  const random = seeded(1);
  const octets = (size: number) => Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)));
  const zones = db.transaction(() =>
    Array.from({ length: count }, () => {
      const seed = { keyHash: octets(32), nameservers: NAMESERVERS, hostmaster: HOSTMASTER, now: Date.now(), random: octets };
      const { zone } = store.create(seed);
      const insert = RECORDS.map(([owner, type, text]) => makeRecord(zone.origin, owner, type, text));
      return { origin: zone.origin, records: store.change(zone.id, { insert }, { kind: 'add', key: null, time: Date.now() }) };
    }),
  )();
  db.close();
  return zones;
}

function makeRecord(origin: Name, owner: string, type: number, text: string): ZoneRecord {
  const rdata = rdataFromText(type, text, { origin, style: 'zone-file' });
  if (!(rdata instanceof Uint8Array)) throw new Error(`${text} is no RDATA of type ${type}`);
  return { owner: Name.fromText(owner, origin) as Name, type, ttl: 300, rdata };
}

/** A zone as a master file. */
export function zoneFileText({ records }: BenchZone): string {
  const line = ({ owner, type, ttl, rdata }: ZoneRecord) =>
    `${owner.toText()} ${ttl} IN ${typeToText(type)} ${rdataToText(type, rdata)}\n`;
  return records.map(line).join('');
}

/** What people and resolvers ask: zones by Zipf's law, a tenth of the names made up and so not there. */
export function writeSkewed(path: string, zones: readonly BenchZone[], count: number): void {
  const random = seeded(2);
  const pick = zipf(zones.length, random);
  write(path, count, () => {
    const { origin } = zones[pick()]!;
    if (random() < 0.1) return [Name.fromText(randomLabel(random), origin) as Name, TYPE.A];
    const [owner, type] = ASKED[Math.floor(random() * ASKED.length)]!;
    return [Name.fromText(owner, origin) as Name, type];
  });
}

/** The same, one query in ten being for the `www` of zones that somebody watches. */
export function writeWatched(path: string, zones: readonly BenchZone[], watched: readonly Name[], count: number): void {
  const random = seeded(4);
  const pick = zipf(zones.length, random);
  write(path, count, () => {
    const isWatched = random() < 0.1;
    const origin = isWatched ? watched[Math.floor(random() * watched.length)]! : zones[pick()]!.origin;
    return [Name.fromText('www', origin) as Name, TYPE.A];
  });
}

/** No name twice: every one is made from a wildcard, of any zone as likely as of any other. */
export function writeDistinct(path: string, zones: readonly BenchZone[], count: number): void {
  const random = seeded(3);
  let serial = 0;
  write(path, count, () => {
    const { origin } = zones[Math.floor(random() * zones.length)]!;
    return [Name.fromText(`${(serial++).toString(36)}.any`, origin) as Name, TYPE.A];
  });
}

function randomLabel(random: () => number): string {
  return Math.floor(random() * 36 ** 8).toString(36);
}

/** The first of `count` half as often again as the second, and so on: rank k in proportion to 1 / k. */
function zipf(count: number, random: () => number): () => number {
  const sums: number[] = [];
  for (let rank = 1, sum = 0; rank <= count; rank++) sums.push((sum += 1 / rank));
  return () => {
    const target = random() * sums.at(-1)!;
    let low = 0;
    for (let high = count - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** EDNS with 1232 octets, as resolvers send it, RFC 6891 §6.1.2. */
const OPT = Uint8Array.of(0, 0, TYPE.OPT, 4, 208, 0, 0, 0, 0, 0, 0);

/** Queries each behind two octets of length, for load.c. */
function write(path: string, count: number, next: () => [qname: Name, qtype: number]): void {
  const pieces = Array.from({ length: count }, () => {
    const [qname, qtype] = next();
    const plain = encodeQuery(0, qname, qtype);
    plain[11] = 1;
    const length = plain.length + OPT.length;
    return Buffer.from([length >> 8, length & 0xff, ...plain, ...OPT]);
  });
  writeFileSync(path, Buffer.concat(pieces));
}

export const BENCH_BASE = BASE;
/** The zone above, which delegates nothing; the others have to be told of it as well. */
export const BASE_ZONE_TEXT = `${BASE.toText()} 3600 IN SOA ns1.digpit.test. hostmaster.digpit.test. 1 3600 600 604800 60
${BASE.toText()} 3600 IN NS ns1.digpit.test.
ns1.digpit.test. 3600 IN A 127.0.0.1
`;
