import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { Counters } from '../../server/answer/counters.ts';
import { Exchange } from '../../server/answer/exchange.ts';
import { Responder } from '../../server/answer/responder.ts';
import { TRANSPORT } from '../../server/answer/transport.ts';
import { Desk } from '../../server/desk/desk.ts';
import { Journal } from '../../server/desk/journal.ts';
import { Keyring } from '../../server/desk/keyring.ts';
import { Transfers } from '../../server/desk/transfers.ts';
import { Updates } from '../../server/desk/updates.ts';
import type { Grant } from '../../server/keys/grant.ts';
import { Hub } from '../../server/querylog/hub.ts';
import { openDatabase } from '../../server/store/database.ts';
import { KeyStore, type StoredKey } from '../../server/store/keys.ts';
import { migrate } from '../../server/store/migrate.ts';
import { ZoneEdits } from '../../server/store/zone-edits.ts';
import { ZoneStore, type StoredZone } from '../../server/store/zones.ts';
import { Catalog } from '../../server/transfer/catalog.ts';
import { algorithmOf } from '../../server/tsig/algorithms.ts';
import { findTsig, type TsigRecord } from '../../server/tsig/record.ts';
import { Signer, verify, type TsigKey } from '../../server/tsig/signature.ts';
import { parseAddress } from '../../server/wire/address.ts';
import { CLASS, TYPE, typeFromText } from '../../server/wire/codes.ts';
import { decodeMessage, type DecodedMessage } from '../../server/wire/message.ts';
import { rdataFromText } from '../../server/wire/rdata.ts';
import { Writer } from '../../server/wire/writer.ts';
import { ZoneSet } from '../../server/zone/zone-set.ts';
import { Zone } from '../../server/zone/zone.ts';
import { CLOCKS, name, PLAIN } from './dns.ts';

/** What a key may when a test says nothing else. */
export const ANYTHING: Grant = {
  rights: ['update', 'transfer'],
  names: [],
  types: [],
  networks: [],
  expiresAt: null,
  idleMs: null,
};
export const FLEET_KEY: TsigKey = {
  name: name('fleet.test.'),
  algorithm: algorithmOf('hmac-sha256')!,
  secret: Buffer.from('the secret of the whole fleet..'),
};

/** A message to the desk as its sender sees it. */
export interface Sent {
  readonly octets: Uint8Array;
  readonly mac: Uint8Array;
}

/** What came back: the messages, read, and whether their signatures are right. */
export interface Reply {
  readonly messages: readonly DecodedMessage[];
  readonly octets: readonly Uint8Array[];
  readonly tsig: TsigRecord | null;
  /** Of the only message. */
  readonly rcode: string;
}

/** The desk with everything behind it, in memory; time stands still until a test moves it. */
export class Office {
  now = Date.UTC(2030, 0, 1);
  readonly zoneSet = new ZoneSet();
  readonly zones: ZoneStore;
  readonly keys: KeyStore;
  readonly edits: ZoneEdits;
  readonly catalog: Catalog;
  readonly desk: Desk;
  readonly transfers: Transfers;
  /** Zones and RCODEs of what was logged. */
  readonly logged: [zone: number, rcode: number][] = [];
  private readonly db = openDatabase(':memory:');

  constructor({ allowsMd5 = false, maxRecords = 50, maxCalls = 1000 } = {}) {
    migrate(this.db, fileURLToPath(new URL('../../db/migrations', import.meta.url)));
    const clock = { now: () => this.now };
    this.zones = new ZoneStore(this.db, name('digpit.test.'), ['otter']);
    this.keys = new KeyStore(this.db);
    this.edits = new ZoneEdits({ zones: this.zones, zoneSet: this.zoneSet, hub: new Hub(), clock });
    this.catalog = new Catalog(name('catalog.digpit.test.'), this.zoneSet, clock, () => {});
    const { zoneSet, zones, catalog } = this;
    this.transfers = new Transfers({ zoneSet, zones, catalog, journal: new Journal(zoneSet) });
    const responder = new Responder(this.zoneSet, new Counters(), PLAIN, CLOCKS);
    this.desk = new Desk({
      zones: this.zones,
      keys: this.keys,
      zoneSet: this.zoneSet,
      keyring: new Keyring(this.keys, { fleetKey: FLEET_KEY, allowsMd5 }),
      updates: new Updates({
        zones: this.zones,
        edits: this.edits,
        against: (_, __, after) => (after.length > maxRecords ? 'full' : null),
      }),
      transfers: this.transfers,
      respond: responder.respond.bind(responder),
      report: ({ zone, rcode }) => void this.logged.push([zone, rcode]),
      count: () => {},
      holdsBack: () => false,
      isTooOften: () => maxCalls-- <= 0,
      clock,
    });
  }

  /** A visitor's zone with lines such as `www 60 A 192.0.2.1`. */
  makeZone(...lines: string[]): StoredZone {
    const seed = { nameservers: [name('ns1.digpit.test.')], hostmaster: name('hostmaster.digpit.test.'), now: this.now };
    const { zone, records } = this.zones.create({ keyHash: randomBytes(32), ...seed, random: randomBytes });
    this.zoneSet.set(Zone.of(zone.id, zone.origin, records));
    if (lines.length > 0)
      this.edits.apply(zone, { kind: 'add', key: null }, { insert: lines.map((line) => recordOf(line, zone)) });
    return zone;
  }

  makeKey(
    zone: StoredZone,
    { label = 'laptop', algorithm = 'hmac-sha256', ...limits }: Partial<Grant> & { label?: string; algorithm?: string } = {},
  ): StoredKey {
    const tsig = { name: name(label, zone.origin), algorithm: algorithmOf(algorithm)!, secret: randomBytes(32) };
    return this.keys.createTsig({ zoneId: zone.id, label, grant: { ...ANYTHING, ...limits }, now: this.now }, tsig)!;
  }

  get seconds(): number {
    return this.now / 1000;
  }

  sign(message: Uint8Array, key: TsigKey, time = this.seconds): Sent {
    const signer = new Signer(key);
    const octets = signer.sign(message, time);
    return { octets, mac: signer.mac };
  }

  /** Hands a message to the desk. A signed answer is checked with `key`. */
  send(
    { octets, mac }: Sent,
    key: TsigKey | null,
    {
      transport = TRANSPORT.UDP,
      from = '192.0.2.7',
      port = 4242,
    }: { transport?: 0 | 1 | 2; from?: string; port?: number } = {},
  ): Reply {
    const exchange = new Exchange();
    const address = parseAddress(from)!;
    exchange.transport = transport;
    exchange.address.set(address);
    exchange.addressLength = address.length;
    exchange.port = port;
    const answers = [...this.desk.handle(octets, exchange)].map((answer) => answer.slice());
    const [tsig] = answers.map(findTsig);
    if (tsig === 'malformed' || tsig === undefined) throw new Error('no answer that can be read');
    if (tsig !== null && tsig.mac.length > 0) checkSignatures(answers, key!, mac, tsig.time);
    const messages = answers.map((answer) => decodeMessage(answer));
    return { messages, octets: answers, tsig, rcode: messages[0]!.rcode };
  }

  /** `name ttl TYPE content` of every record of a zone but its SOA and NS, sorted. */
  contents(zone: StoredZone): string[] {
    const message = decodeMessage(this.transferOctets(zone));
    return message.answer
      .filter(({ type }) => type !== 'SOA' && type !== 'NS')
      .map(
        (record) =>
          `${record.name.replace(`.${zone.origin.toText()}`, '').replace(zone.origin.toText(), '@')} ${record.ttl} ${record.type} ${record.content}`,
      )
      .sort();
  }

  serial(zone: StoredZone): number {
    return this.zoneSet.closest(zone.origin)!.serial;
  }

  close(): void {
    this.catalog.stop();
    this.db.close();
  }

  private transferOctets(zone: StoredZone): Uint8Array {
    const writer = new Writer(new Uint8Array(65_535));
    const records = this.zones.read(zone.id);
    for (const number of [0, 0x8400, 0, records.length, 0, 0]) writer.u16(number);
    for (const { owner, type, ttl, rdata } of records) {
      writer.bytes(owner.octets);
      writer.u16(type);
      writer.u16(1);
      writer.u32(ttl);
      writer.u16(rdata.length);
      writer.bytes(rdata);
    }
    return writer.octets.slice(0, writer.position);
  }
}

function checkSignatures(answers: readonly Uint8Array[], key: TsigKey, requestMac: Uint8Array, time: number): void {
  // The twin signs what came in the way that the other side is to have signed it.
  const signer = new Signer(key, requestMac);
  for (const answer of answers) {
    const tsig = findTsig(answer) as TsigRecord;
    const bare = answer.slice(0, tsig.at);
    bare[11]!--;
    const again = signer.sign(bare, time, tsig.error, tsig.other);
    if (Buffer.compare(again, answer) !== 0) throw new Error('an answer that is not signed as it has to be');
  }
  const first = findTsig(answers[0]!) as TsigRecord;
  if (verify(answers[0]!, first, { key, prior: requestMac, now: first.time }) !== 0) throw new Error('a wrong signature');
}

function recordOf(line: string, { origin }: StoredZone) {
  const [owner, ttl, type, ...content] = line.split(' ');
  const code = typeFromText(type!)!;
  const rdata = rdataFromText(code, content.join(' '), { origin, style: 'zone-file' }) as Uint8Array;
  return { owner: name(owner!, origin), type: code, ttl: Number(ttl), rdata };
}

/** The octets of an update. Each line is `CLASS owner ttl TYPE content`, prerequisites first and then what is to be done. */
export function makeUpdate(
  zone: StoredZone,
  prerequisites: readonly string[],
  updates: readonly string[],
  id = 0x1234,
): Uint8Array {
  const writer = new Writer(new Uint8Array(65_535));
  for (const number of [id, 0x2800, 1, prerequisites.length, updates.length, 0]) writer.u16(number);
  writer.bytes(zone.origin.octets);
  writer.u16(TYPE.SOA);
  writer.u16(CLASS.IN);
  for (const line of [...prerequisites, ...updates]) writeLine(writer, line, zone);
  return writer.octets.slice(0, writer.position);
}

function writeLine(writer: Writer, line: string, { origin }: StoredZone): void {
  const [rrclass, owner, ttl, type, ...content] = line.split(' ');
  const code = typeFromText(type!)!;
  const rdata =
    content.length === 0 ? new Uint8Array(0) : rdataFromText(code, content.join(' '), { origin, style: 'zone-file' });
  if (Array.isArray(rdata)) throw new Error(`${line}: ${rdata[0]!.fault.message}`);
  writer.bytes(name(owner!, origin).octets);
  writer.u16(code);
  writer.u16(CLASS[rrclass as keyof typeof CLASS]);
  writer.u32(Number(ttl));
  writer.u16(rdata.length);
  writer.bytes(rdata);
}
