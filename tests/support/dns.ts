import { Packet } from 'dns2';
import { Counters } from '../../server/answer/counters.ts';
import { Exchange } from '../../server/answer/exchange.ts';
import { Responder, type ResponderSettings } from '../../server/answer/responder.ts';
import { TRANSPORT } from '../../server/answer/transport.ts';
import { typeFromText } from '../../server/wire/codes.ts';
import { decodeMessage, type DecodedMessage } from '../../server/wire/message.ts';
import { Name } from '../../server/wire/name.ts';
import { rdataFromText } from '../../server/wire/rdata.ts';
import { Writer } from '../../server/wire/writer.ts';
import type { ZoneRecord } from '../../server/zone/rrset.ts';
import { ZoneSet } from '../../server/zone/zone-set.ts';
import { Zone } from '../../server/zone/zone.ts';

/** A name that the test knows to be right. */
export function name(text: string, origin?: Name): Name {
  const parsed = Name.fromText(text, origin);
  if (!(parsed instanceof Name)) throw new Error(`${text}: ${parsed}`);
  return parsed;
}

/** A record from a line such as `www 60 A 192.0.2.1`, names relative to the origin as in a zone file. */
export function record(line: string, origin: Name): ZoneRecord {
  const [owner, ttl, type, ...content] = line.trim().split(/\s+/);
  const code = typeFromText(type!)!;
  const rdata = rdataFromText(code, content.join(' '), { origin, style: 'zone-file' });
  if (Array.isArray(rdata)) throw new Error(`${line}: ${rdata[0]!.fault.message}`);
  return { owner: name(owner!, origin), type: code, ttl: Number(ttl), rdata };
}

/** A zone from lines; an SOA (TTL 3600, MINIMUM 900) and an NS are put before them when the lines have none. */
export function makeZone(origin: string, lines: string, id = 1): Zone {
  const apex = name(origin);
  const records = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => record(line, apex));
  if (!records.some(({ type }) => type === 6)) records.unshift(record('@ 3600 SOA ns1 hostmaster 1 7200 3600 86400 900', apex));
  if (!records.some(({ type, owner }) => type === 2 && owner.equals(apex))) records.push(record('@ 3600 NS ns1', apex));
  return Zone.of(id, apex, records);
}

export function zoneSet(...zones: Zone[]): ZoneSet {
  const set = new ZoneSet();
  for (const zone of zones) set.set(zone);
  return set;
}

const TRANSPORTS = { udp: TRANSPORT.UDP, tcp: TRANSPORT.TCP, https: TRANSPORT.DOH };
export type TransportName = keyof typeof TRANSPORTS;

export interface Ask {
  readonly id?: number;
  /** Second 16 bits of the header; RD by default, as stub resolvers send. */
  readonly flags?: number;
  readonly qclass?: number;
  /** EDNS: UDP size, and whatever else an OPT says. None when absent. */
  readonly edns?: { udpSize: number; version?: number; dnssecOk?: boolean; options?: Uint8Array };
  readonly transport?: TransportName;
  readonly settings?: Partial<ResponderSettings>;
}

/** The octets of a query. */
export function makeQuery(
  qname: string,
  qtype: string,
  { id = 0x1234, flags = 0x0100, qclass = 1, edns }: Ask = {},
): Uint8Array {
  const writer = new Writer(new Uint8Array(2048));
  for (const number of [id, flags, 1, 0, 0, edns === undefined ? 0 : 1]) writer.u16(number);
  writer.bytes(name(qname).octets);
  writer.u16(typeFromText(qtype)!);
  writer.u16(qclass);
  if (edns !== undefined) {
    writer.u8(0);
    writer.u16(41);
    writer.u16(edns.udpSize);
    writer.u8(0);
    writer.u8(edns.version ?? 0);
    writer.u16(edns.dnssecOk === true ? 0x8000 : 0);
    writer.u16(edns.options?.length ?? 0);
    writer.bytes(edns.options ?? new Uint8Array(0));
  }
  return writer.octets.slice(0, writer.position);
}

export const UDP_SIZE = 1232;

/** A responder that says nothing of itself and limits nobody. */
export const PLAIN: ResponderSettings = {
  udpSize: UDP_SIZE,
  rrlPerSecond: 0,
  cookieSecret: null,
  rotate: false,
  preparedSize: 0,
  serverId: null,
  version: null,
  reportAgent: null,
};
/** Milliseconds that a TCP connection of the tests is kept. */
export const IDLE = 10_000;
export const CLOCKS = { now: () => 0, monotonic: () => 0 };

/** Octets of the answer to octets, or null when there is none. */
export function exchange(
  zones: ZoneSet,
  query: Uint8Array,
  transport: TransportName = 'udp',
  settings: ResponderSettings = PLAIN,
): Uint8Array | null {
  const responder = new Responder(zones, new Counters(), settings, CLOCKS);
  const source = new Exchange();
  source.transport = TRANSPORTS[transport];
  if (transport === 'tcp') source.idle = IDLE;
  const out = new Uint8Array(65535);
  const length = responder.respond(query, query.length, out, source);
  return length === 0 ? null : out.slice(0, length);
}

/** Asks, reads the answer with our reader and with dns2's, and fails where the two do not agree. */
export function ask(zones: ZoneSet, qname: string, qtype: string, options: Ask = {}): DecodedMessage & { octets: Uint8Array } {
  const octets = exchange(zones, makeQuery(qname, qtype, options), options.transport, { ...PLAIN, ...options.settings });
  if (octets === null) throw new Error('no answer');
  const message = decodeMessage(octets);
  compareWithDns2(message, octets);
  return { ...message, octets };
}

/** `name ttl TYPE content` of each record of a section. */
export function lines(records: DecodedMessage['answer']): string[] {
  return records.map(({ name: owner, ttl, type, content }) => `${owner} ${ttl} ${type} ${content}`);
}

interface Dns2Record {
  name: string;
  type: number;
  ttl: number;
  address?: string;
}

/** A second, independent reading of an answer. Throws where it differs from ours. */
export function compareWithDns2(ours: DecodedMessage, octets: Uint8Array): void {
  if (ours.fault !== undefined) throw new Error(`not a whole message: ${ours.fault}`);
  const theirs = Packet.parse(Buffer.from(octets)) as unknown as {
    header: { id: number; qr: number; aa: number; tc: number; rd: number; ra: number; rcode: number };
    answers: Dns2Record[];
    authorities: Dns2Record[];
    additionals: Dns2Record[];
  };
  const flags = {
    QR: theirs.header.qr,
    AA: theirs.header.aa,
    TC: theirs.header.tc,
    RD: theirs.header.rd,
    RA: theirs.header.ra,
  };
  for (const [flag, set] of Object.entries(flags)) {
    if (ours.flags.includes(flag) !== (set === 1)) throw new Error(`dns2 reads ${flag} as ${set}`);
  }
  const sections = [
    [ours.answer, theirs.answers],
    [ours.authority, theirs.authorities],
    [ours.additional, theirs.additionals.filter(({ type }) => type !== 41)],
  ] as const;
  for (const [mine, other] of sections) {
    const plain = other.map((rr) => `${rr.name}. ${rr.type} ${rr.ttl} ${rr.address ?? ''}`.replace(/^\.+/, '.'));
    const own = mine.map((rr) => {
      const address = rr.type === 'A' || rr.type === 'AAAA' ? rr.content : '';
      return `${rr.name.replaceAll('\\', '')} ${typeFromText(rr.type)} ${rr.ttl} ${address}`;
    });
    if (!sameRecords(own, plain)) throw new Error(`dns2 reads\n${plain.join('\n')}\nwhere we read\n${own.join('\n')}`);
  }
}

/** dns2 writes IPv6 addresses in a form of its own, so of those only the owner, type and TTL are compared. */
function sameRecords(ours: readonly string[], theirs: readonly string[]): boolean {
  const key = (line: string) => (/ 28 \d+ /.test(line) ? line.replace(/ \S*$/, '') : line);
  return ours.length === theirs.length && ours.every((line, i) => key(line) === key(theirs[i]!));
}
