import { parseIpv4, parseIpv6 } from '../address.ts';
import type { Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
import { ipv4Text, ipv6Text } from './addresses.ts';
import { FieldFault, plainField, type Field } from './field.ts';

/** One item of an address prefix list, RFC 3123 §4. */
interface Prefix {
  readonly negated: boolean;
  readonly family: number;
  readonly length: number;
  /** All octets of the address. */
  readonly address: Uint8Array;
}

/** Address families, RFC 3123 §4.1 and §4.2. Nobody has said how others are written. */
const FAMILIES: Readonly<Record<number, { octets: number; parse: (text: string) => Uint8Array | null }>> = {
  1: { octets: 4, parse: parseIpv4 },
  2: { octets: 16, parse: parseIpv6 },
};

/** Address prefixes up to the end of the RDATA, possibly none. */
export function prefixes(key: string): Field<Prefix[]> {
  return plainField<Prefix[]>(key, {
    rest: true,
    parse: (text) => {
      const parsed = text
        .split(/\s+/)
        .filter((word) => word !== '')
        .map(parsePrefix);
      return parsed.find((prefix) => prefix instanceof FieldFault) ?? (parsed as Prefix[]);
    },
    format: (list) => list.map(formatPrefix).join(' '),
    encode: (list, writer) => {
      for (const prefix of list) writePrefix(prefix, writer);
    },
    decode: (reader) => {
      const list: Prefix[] = [];
      while (reader.remaining > 0) {
        const prefix = readPrefix(reader);
        if (prefix === null) return null;
        list.push(prefix);
      }
      return list;
    },
  });
}

function parsePrefix(text: string): Prefix | FieldFault {
  const parts = /^(!?)([12]):(.+)\/(\d{1,3})$/.exec(text);
  const family = parts === null ? 0 : Number(parts[2]);
  const address = parts === null ? null : FAMILIES[family]!.parse(parts[3]!);
  if (parts === null || address === null) {
    const message = `“${text}” is no prefix. Write 1: before an IPv4 prefix and 2: before one of IPv6, with ! in front to exclude it, such as 1:192.0.2.0/24 or !2:2001:db8::/32.`;
    return new FieldFault('bad_prefix', message);
  }
  const length = Number(parts[4]);
  if (length <= address.length * 8) return { negated: parts[1] === '!', family, length, address };
  return new FieldFault('out_of_range', `/${length} is too long: such an address has ${address.length * 8} bits.`);
}

function formatPrefix({ negated, family, length, address }: Prefix): string {
  return `${negated ? '!' : ''}${family}:${address.length === 4 ? ipv4Text(address) : ipv6Text(address)}/${length}`;
}

/** Without the zero octets at the end of the address, RFC 3123 §4. */
function writePrefix({ negated, family, length, address }: Prefix, writer: Writer): void {
  const octets = address.findLastIndex((octet) => octet !== 0) + 1;
  writer.u16(family);
  writer.u8(length);
  writer.u8((negated ? 0x80 : 0) | octets);
  writer.range(address, 0, octets);
}

function readPrefix(reader: Reader): Prefix | null {
  const family = reader.u16();
  const length = reader.u8();
  const head = reader.u8();
  const octets = reader.bytes(head & 0x7f);
  const width = FAMILIES[family]?.octets ?? 0;
  if (reader.fault !== null || octets.length > width || octets.at(-1) === 0 || length > width * 8) return null;
  if (width === 0) return null;
  const address = new Uint8Array(width);
  address.set(octets);
  return { negated: head > 0x7f, family, length, address };
}
