import { formatIpv6, parseIpv4, parseIpv6 } from '../address.ts';
import { FieldFault, type Field } from './field.ts';

/** The four octets of an IPv4 address. */
export function ipv4(key: string): Field<Uint8Array> {
  return address(
    key,
    4,
    parseIpv4,
    (octets) => octets.join('.'),
    (text) =>
      parseIpv6(text) === null
        ? `“${text}” is not an IPv4 address. Write four numbers from 0 to 255 with dots between, such as 192.0.2.1.`
        : `“${text}” is an IPv6 address. An A record has room for four octets only; IPv6 addresses go into AAAA.`,
  );
}

/** The sixteen octets of an IPv6 address. */
export function ipv6(key: string): Field<Uint8Array> {
  return address(key, 16, parseIpv6, formatIpv6, (text) =>
    parseIpv4(text) === null
      ? `“${text}” is not an IPv6 address. Write up to eight groups of hex digits with colons between, such as 2001:db8::1.`
      : `“${text}” is an IPv4 address. An AAAA record holds the sixteen octets of IPv6; IPv4 addresses go into A.`,
  );
}

function address(
  key: string,
  length: number,
  parse: (text: string) => Uint8Array | null,
  format: (octets: Uint8Array) => string,
  refuse: (text: string) => string,
): Field<Uint8Array> {
  const fromText = (text: string) => {
    if (text === '') return new FieldFault('missing', 'Give the address.');
    return parse(text) ?? new FieldFault('bad_address', refuse(text));
  };
  return {
    key,
    rest: false,
    isName: false,
    fromText,
    fromJson: fromText,
    toText: format,
    toJson: format,
    encode: (octets, writer) => writer.bytes(octets),
    decode: (reader) => reader.bytes(length),
  };
}
