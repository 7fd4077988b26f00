import { parseAddress } from '../wire/address.ts';
import { CLASS, OPTION, TYPE, typeFromText } from '../wire/codes.ts';
import { FLAG } from '../wire/header.ts';
import { toAsciiName } from '../wire/idn.ts';
import { Name } from '../wire/name.ts';
import { Writer } from '../wire/writer.ts';
import type { Fault } from '../zone/check.ts';
import { refuseQuestion } from './errors.ts';
import type { QuestionJson } from './asking-protocol.ts';

const MAX_QUERY = 512;
const DNSSEC_OK = 0x8000;

interface Subnet {
  readonly address: Uint8Array;
  readonly prefix: number;
}

/** The octets of the query that somebody describes, with message id `id`; or everything that is wrong with the description. */
export function encodeQuestion(json: Readonly<Record<keyof QuestionJson, unknown>>, id: number): Uint8Array | Fault[] {
  const faults: Fault[] = [];
  const take = <V>(value: V | Fault): V | null => {
    if (!isFault(value)) return value;
    faults.push(value);
    return null;
  };
  const name = take(readName(String(json.name ?? '')));
  const type = take(readType(String(json.type ?? '')));
  const udpSize = take(readUdpSize(json.udpSize));
  const subnet = take(readSubnet(String(json.subnet ?? '').trim()));
  if (faults.length > 0) return faults;
  const writer = new Writer(new Uint8Array(MAX_QUERY));
  const flags = (json.recursionDesired === true ? FLAG.RD : 0) | (json.checkingDisabled === true ? FLAG.CD : 0);
  for (const number of [id, flags, 1, 0, 0, udpSize === null ? 0 : 1]) writer.u16(number);
  writer.bytes(name!.octets);
  writer.u16(type!);
  writer.u16(CLASS.IN);
  if (udpSize !== null) writeOpt(writer, udpSize, json.dnssecOk === true, subnet);
  return writer.octets.slice(0, writer.position);
}

/** A name and a type to ask for; refuses what is none, with everything that is wrong. */
export function readNameAndType(name: unknown, type: unknown): { qname: Name; qtype: number } {
  const qname = readName(String(name ?? ''));
  const qtype = readType(String(type ?? ''));
  if (!isFault(qname) && !isFault(qtype)) return { qname, qtype };
  throw refuseQuestion([qname, qtype].filter(isFault));
}

/** RFC 6891 §6.1.2, with a client subnet as RFC 7871 §6 wants it: no octet or bit beyond the prefix. */
function writeOpt(writer: Writer, udpSize: number, dnssecOk: boolean, subnet: Subnet | null): void {
  writer.u8(0);
  writer.u16(TYPE.OPT);
  writer.u16(udpSize);
  writer.u16(0);
  writer.u16(dnssecOk ? DNSSEC_OK : 0);
  if (subnet === null) {
    writer.u16(0);
    return;
  }
  const octets = subnet.address.slice(0, Math.ceil(subnet.prefix / 8));
  if (subnet.prefix % 8 !== 0) octets[octets.length - 1]! &= 0xff << (8 - (subnet.prefix % 8));
  writer.u16(8 + octets.length);
  writer.u16(OPTION.CLIENT_SUBNET);
  writer.u16(4 + octets.length);
  writer.u16(subnet.address.length === 4 ? 1 : 2);
  writer.u8(subnet.prefix);
  writer.u8(0);
  writer.bytes(octets);
}

function readName(text: string): Name | Fault {
  const trimmed = text.trim();
  if (trimmed === '') return fault('name', 'missing', 'Give the name to ask for.');
  const ascii = toAsciiName(trimmed);
  const name = ascii === null ? null : Name.fromText(ascii);
  return name instanceof Name
    ? name
    : fault(
        'name',
        'bad_name',
        `“${trimmed}” is no domain name: labels of at most 63 octets, dots between, 255 octets in all.`,
      );
}

function readType(text: string): number | Fault {
  const type = typeFromText(text.trim());
  return type ?? fault('type', 'bad_type', `“${text}” is no type: a mnemonic such as AAAA, or TYPE and a number.`);
}

function readUdpSize(value: unknown): number | null | Fault {
  if (value === null || value === undefined) return null;
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff) return Number(value);
  return fault('udpSize', 'out_of_range', 'The EDNS size is a whole number from 0 to 65535: it travels in 16 bits.');
}

/** Without a prefix as much of the address as resolvers commonly tell, RFC 7871 §11.1. */
function readSubnet(text: string): Subnet | null | Fault {
  if (text === '') return null;
  const [address, length, ...rest] = text.split('/');
  const octets = parseAddress(address!);
  const wrong = fault('subnet', 'bad_subnet', `“${text}” is no network: an address such as 192.0.2.0/24 or 2001:db8::/56.`);
  if (octets === null || rest.length > 0) return wrong;
  if (length === undefined) return { address: octets, prefix: octets.length === 4 ? 24 : 56 };
  return /^\d{1,3}$/.test(length) && Number(length) <= octets.length * 8 ? { address: octets, prefix: Number(length) } : wrong;
}

function fault(field: string, code: string, message: string): Fault {
  return { field, code, message };
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'field' in value && 'message' in value;
}
