import { formatIpv6 } from './address.ts';
import { classToText, opcodeToText, OPTION, optionToText, rcodeToText, TYPE, typeToText } from './codes.ts';
import { AT, FLAG, OPCODE_MASK, OPCODE_SHIFT, RCODE_MASK, u16At } from './header.ts';
import { HEADER_SIZE } from './limits.ts';
import { nameToText } from './name.ts';
import { rdataToText } from './rdata.ts';
import { Reader } from './reader.ts';

/** A whole message for people: everything in presentation form. For the answering path see query.ts. */
export interface DecodedMessage {
  id: number;
  opcode: string;
  /** With the upper bits that OPT carries, RFC 6891 §6.1.3. */
  rcode: string;
  flags: string[];
  question: { name: string; type: string; class: string }[];
  answer: DecodedRecord[];
  authority: DecodedRecord[];
  /** Without OPT, which is no record but `edns`. */
  additional: DecodedRecord[];
  edns?: DecodedEdns;
  /** Where reading stopped, when the octets are not a whole message. */
  fault?: string;
}

export interface DecodedRecord {
  name: string;
  type: string;
  class: string;
  ttl: number;
  content: string;
}

export interface DecodedEdns {
  udpSize: number;
  version: number;
  dnssecOk: boolean;
  options: { code: number; name: string; value: string }[];
  clientSubnet?: ClientSubnet;
}

/** EDNS Client Subnet, RFC 7871 §6: the address has all its octets, those beyond the prefix being zero. */
export interface ClientSubnet {
  address: Uint8Array;
  prefix: number;
}

const FAULTS = { short: 'ends too early', label: 'label type', pointer: 'compression pointer', name: 'name too long' };

export type SectionName = 'question' | 'answer' | 'authority' | 'additional';

/** Where one question or record lies: its name from `start`, its fixed fields up to `rdata`, its RDATA up to `end`. */
export interface EntryPlace {
  readonly section: SectionName;
  readonly start: number;
  /** For a question the same as `end`. */
  readonly rdata: number;
  readonly end: number;
}

/**
 * Reads as far as the octets make sense; never throws, whatever they are. `onEntry` hears where every question and record lies,
 * OPT too.
 */
export function decodeMessage(octets: Uint8Array, onEntry?: (place: EntryPlace) => void): DecodedMessage {
  const reader = new Reader(octets, Math.min(HEADER_SIZE, octets.length));
  if (octets.length < HEADER_SIZE) reader.fault = 'short';
  const bits = octets.length < HEADER_SIZE ? 0 : u16At(octets, AT.FLAGS);
  const message: DecodedMessage = {
    id: octets.length < 2 ? 0 : u16At(octets, AT.ID),
    opcode: opcodeToText((bits & OPCODE_MASK) >> OPCODE_SHIFT),
    rcode: rcodeToText(bits & RCODE_MASK),
    flags: Object.entries(FLAG).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name])),
    question: [],
    answer: [],
    authority: [],
    additional: [],
  };
  const count = (at: number) => (reader.fault === null ? u16At(octets, at) : 0);
  for (let n = count(AT.QDCOUNT); n > 0 && reader.fault === null; n--) readQuestion(reader, message, onEntry);
  for (const [at, section] of RECORD_SECTIONS) {
    for (let n = count(at); n > 0 && reader.fault === null; n--) readRecord(reader, message, section, onEntry);
  }
  if (reader.fault !== null) message.fault = `${FAULTS[reader.fault]} at octet ${reader.position}`;
  else if (reader.remaining > 0) message.fault = `${reader.remaining} octets after the end`;
  return message;
}

const RECORD_SECTIONS = [
  [AT.ANCOUNT, 'answer'],
  [AT.NSCOUNT, 'authority'],
  [AT.ARCOUNT, 'additional'],
] as const;

type OnEntry = ((place: EntryPlace) => void) | undefined;

function readQuestion(reader: Reader, message: DecodedMessage, onEntry: OnEntry): void {
  const start = reader.position;
  const name = nameToText(reader.name());
  const type = reader.u16();
  const qclass = reader.u16();
  if (reader.fault !== null) return;
  message.question.push({ name, type: typeToText(type), class: classToText(qclass) });
  onEntry?.({ section: 'question', start, rdata: reader.position, end: reader.position });
}

type RecordSection = (typeof RECORD_SECTIONS)[number][1];

function readRecord(reader: Reader, message: DecodedMessage, section: RecordSection, onEntry: OnEntry): void {
  const begin = reader.position;
  const name = nameToText(reader.name());
  const type = reader.u16();
  const rrclass = reader.u16();
  const ttl = reader.u32();
  const start = reader.position + 2;
  const rdata = reader.bytes(reader.u16());
  if (reader.fault !== null) return;
  onEntry?.({ section, start: begin, rdata: start, end: reader.position });
  if (type === TYPE.OPT) {
    message.edns = decodeEdns(rrclass, ttl, rdata);
    const low = message.rcode;
    const high = Math.floor(ttl / 0x1000000);
    message.rcode = high === 0 ? low : rcodeToText((high << 4) | (u16At(reader.octets, AT.FLAGS) & RCODE_MASK));
    return;
  }
  const content = rdataToText(type, reader.octets, start, start + rdata.length);
  message[section].push({ name, type: typeToText(type), class: classToText(rrclass), ttl, content });
}

/** OPT keeps the UDP size where records have their class, and the version and DO where they have their TTL, RFC 6891 §6.1.2. */
function decodeEdns(udpSize: number, ttl: number, rdata: Uint8Array): DecodedEdns {
  const edns: DecodedEdns = { udpSize, version: (ttl >>> 16) & 0xff, dnssecOk: (ttl & 0x8000) !== 0, options: [] };
  const reader = new Reader(rdata);
  while (reader.remaining > 0) {
    const code = reader.u16();
    const value = reader.bytes(reader.u16());
    if (reader.fault !== null) break;
    const subnet = code === OPTION.CLIENT_SUBNET ? decodeClientSubnet(value) : null;
    if (subnet !== null) edns.clientSubnet = subnet;
    const text = subnet === null ? Buffer.from(value).toString('hex') : subnetToText(subnet);
    edns.options.push({ code, name: optionToText(code), value: text });
  }
  return edns;
}

/** Null when the option is not as RFC 7871 §6 wants it: family, prefix and just as many octets as the prefix needs. */
export function decodeClientSubnet(value: Uint8Array): ClientSubnet | null {
  if (value.length < 4) return null;
  const size = ({ 1: 4, 2: 16 } as Record<number, number>)[u16At(value, 0)];
  const prefix = value[2]!;
  if (size === undefined || prefix > size * 8 || value.length !== 4 + Math.ceil(prefix / 8)) return null;
  const address = new Uint8Array(size);
  address.set(value.subarray(4));
  return { address, prefix };
}

/** `192.0.2.0/24`. */
export function subnetToText({ address, prefix }: ClientSubnet): string {
  return `${address.length === 4 ? address.join('.') : formatIpv6(address)}/${prefix}`;
}
