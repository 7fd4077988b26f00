import { formatIpv6 } from './address.ts';
import { OPTION } from './codes.ts';
import { u16At } from './header.ts';
import { nameToText } from './name.ts';
import { Reader } from './reader.ts';

/** One field of an EDNS option, `start` and `end` counted from the beginning of its value. */
export interface OptionPart {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Names of the extended errors, RFC 8914 §5.2 and the registry. */
const EDE_NAMES = [
  'Other Error',
  'Unsupported DNSKEY Algorithm',
  'Unsupported DS Digest Type',
  'Stale Answer',
  'Forged Answer',
  'DNSSEC Indeterminate',
  'DNSSEC Bogus',
  'Signature Expired',
  'Signature Not Yet Valid',
  'DNSKEY Missing',
  'RRSIGs Missing',
  'No Zone Key Bit Set',
  'NSEC Missing',
  'Cached Error',
  'Not Ready',
  'Blocked',
  'Censored',
  'Filtered',
  'Prohibited',
  'Stale NXDOMAIN Answer',
  'Not Authoritative',
  'Not Supported',
  'No Reachable Authority',
  'Network Error',
  'Invalid Data',
  'Signature Expired before Valid',
  'Too Early',
  'Unsupported NSEC3 Iterations Value',
  'Unable to conform to policy',
  'Synthesized',
];

/**
 * The fields of an option that we know, one behind the other, in words for people. An option that we do not know, or that is not
 * as its document wants it, has none.
 */
export function optionParts(code: number, value: Uint8Array): OptionPart[] {
  const parts = READERS.get(code)?.(value) ?? [];
  return parts.filter(({ start, end }) => end > start);
}

const READERS: ReadonlyMap<number, (value: Uint8Array) => OptionPart[]> = new Map([
  [OPTION.CLIENT_SUBNET, readSubnet],
  [OPTION.COOKIE, readCookie],
  [OPTION.EDE, readExtendedError],
  [OPTION.NSID, (value: Uint8Array) => [part('nsid', 0, value.length, toText(value))]],
  [OPTION.PADDING, (value: Uint8Array) => [part('padding', 0, value.length, `${value.length}`)]],
  [OPTION.KEEPALIVE, (value: Uint8Array) => (value.length === 2 ? [part('timeout', 0, 2, `${u16At(value, 0) / 10}`)] : [])],
  [OPTION.EXPIRE, (value: Uint8Array) => (value.length === 4 ? [part('expire', 0, 4, `${new Reader(value).u32()}`)] : [])],
  [OPTION.REPORT_CHANNEL, readAgent],
]);

/** RFC 7871 §6. */
function readSubnet(value: Uint8Array): OptionPart[] {
  if (value.length < 4) return [];
  const family = u16At(value, 0);
  const head = [
    part('family', 0, 2, { 1: 'IPv4', 2: 'IPv6' }[family] ?? `${family}`),
    part('sourcePrefix', 2, 3, `/${value[2]}`),
    part('scopePrefix', 3, 4, `/${value[3]}`),
  ];
  const size = { 1: 4, 2: 16 }[family];
  if (size === undefined || value.length > 4 + size) return head;
  const address = new Uint8Array(size);
  address.set(value.subarray(4));
  return [...head, part('address', 4, value.length, size === 4 ? address.join('.') : formatIpv6(address))];
}

/** RFC 7873 §4: eight octets of the client's, and those of the server's that it was given before. */
function readCookie(value: Uint8Array): OptionPart[] {
  const client = Math.min(8, value.length);
  return [
    part('clientCookie', 0, client, toHex(value.subarray(0, client))),
    part('serverCookie', client, value.length, toHex(value.subarray(client))),
  ];
}

/** RFC 8914 §2. */
function readExtendedError(value: Uint8Array): OptionPart[] {
  if (value.length < 2) return [];
  const code = u16At(value, 0);
  const name = EDE_NAMES[code];
  return [
    part('infoCode', 0, 2, name === undefined ? `${code}` : `${code} ${name}`),
    part('extraText', 2, value.length, toText(value.subarray(2))),
  ];
}

/** RFC 9567 §6.1: the name of an agent, not compressed. */
function readAgent(value: Uint8Array): OptionPart[] {
  const reader = new Reader(value);
  const agent = nameToText(reader.name());
  return reader.fault === null ? [part('agent', 0, value.length, agent)] : [];
}

function part(key: string, start: number, end: number, text: string): OptionPart {
  return { key, start, end, text };
}

function toHex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

/** Text where it is text, otherwise hexadecimal digits. */
function toText(octets: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
    return /\p{C}/u.test(text) ? toHex(octets) : text;
  } catch {
    return toHex(octets);
  }
}
