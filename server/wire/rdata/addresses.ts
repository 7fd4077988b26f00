import { formatIpv6, isMappedIpv4, parseIpv4, parseIpv6 } from '../address.ts';
import { FieldFault, plainField, type Field } from './field.ts';

const FOR_AAAA = 'An A record has room for four octets only; IPv6 addresses go into AAAA.';
const FOR_A = 'An AAAA record holds the sixteen octets of IPv6; IPv4 addresses go into A.';

/** The four octets of an IPv4 address. `elsewhere` says what to do with one of IPv6. */
export function ipv4(key: string, elsewhere = FOR_AAAA): Field<Uint8Array> {
  return address(key, 4, ipv4Text, (text) => readIpv4(text, elsewhere));
}

/** The sixteen octets of an IPv6 address. */
export function ipv6(key: string): Field<Uint8Array> {
  return address(key, 16, ipv6Text, (text) => readIpv6(text, FOR_A));
}

function address(
  key: string,
  length: number,
  format: (octets: Uint8Array) => string,
  read: (text: string) => Uint8Array | FieldFault,
): Field<Uint8Array> {
  return plainField(key, {
    parse: (text) => (text === '' ? new FieldFault('missing', `Give the ${key}.`) : read(text)),
    format,
    encode: (octets, writer) => writer.bytes(octets),
    decode: (reader) => reader.bytes(length),
  });
}

export function readIpv4(text: string, elsewhere: string): Uint8Array | FieldFault {
  const fault = () =>
    parseIpv6(text) === null
      ? `“${text}” is not an IPv4 address. Write four numbers from 0 to 255 with dots between, such as 192.0.2.1.`
      : `“${text}” is an IPv6 address. ${elsewhere}`;
  return parseIpv4(text) ?? new FieldFault('bad_address', fault());
}

export function readIpv6(text: string, elsewhere: string): Uint8Array | FieldFault {
  const fault = () =>
    parseIpv4(text) === null
      ? `“${text}” is not an IPv6 address. Write up to eight groups of hex digits with colons between, such as 2001:db8::1.`
      : `“${text}” is an IPv4 address. ${elsewhere}`;
  return parseIpv6(text) ?? new FieldFault('bad_address', fault());
}

export function ipv4Text(octets: Uint8Array): string {
  return octets.join('.');
}

/** Twelve zero octets and two that are not, the deprecated form of RFC 4291 §2.5.5.1. */
function isCompatibleIpv4(octets: Uint8Array): boolean {
  return octets.subarray(0, 12).every((octet) => octet === 0) && (octets[12] !== 0 || octets[13] !== 0);
}

/** As `dig` writes it: RFC 5952 §4, the last four octets dotted in addresses that carry one of IPv4 (RFC 5952 §5). */
export function ipv6Text(octets: Uint8Array): string {
  const dotted = ipv4Text(octets.subarray(12));
  if (isMappedIpv4(octets)) return `::ffff:${dotted}`;
  return isCompatibleIpv4(octets) ? `::${dotted}` : formatIpv6(octets);
}
