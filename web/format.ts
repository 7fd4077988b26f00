import type { NetworkJson, QueryJson, SessionJson } from '../server/http/protocol.ts';
import { locale } from './strings/locale.ts';

const WEEK = 604_800;
const UNITS = [
  ['week', WEEK],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

function units(count: number, unit: (typeof UNITS)[number][0]): string {
  return count.toLocaleString(locale.tag, { style: 'unit', unit, unitDisplay: 'long' });
}

/** `5400` is "1 hour 30 minutes". Weeks are counted where nothing is left over. Empty when the text is not a whole number of seconds. */
export function ttlWords(ttl: number | string): string {
  const text = String(ttl).trim();
  if (!/^\d{1,10}$/.test(text)) return '';
  let rest = Number(text);
  if (rest === 0) return units(0, 'second');
  const words: string[] = [];
  for (const [unit, seconds] of rest % WEEK === 0 ? UNITS : UNITS.slice(1)) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) words.push(units(count, unit));
  }
  return words.join(' ');
}

/** Local time of day, to the second. */
export function clockTime(time: number): string {
  return locale.clock.format(time);
}

export function milliseconds(time: number): string {
  return `.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;
}

/** A moment in full. */
export function dateTime(time: number): string {
  return locale.moments.format(time);
}

/** A day, without the time of day. */
export function dayOf(time: number): string {
  return locale.days.format(time);
}

const DISTANCES = UNITS.slice(1);

/** How far a moment is from now, in the largest unit that fits: "3 hours ago", "in 2 days". Both in milliseconds. */
export function distance(time: number, now: number): string {
  const seconds = (time - now) / 1000;
  const [unit, length] = DISTANCES.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return locale.distances.format(Math.trunc(seconds / length), unit);
}

/**
 * Characters that would hide, turn round or break the text about them. The server sends names in presentation form, where none
 * of these is left; this is the second fence, for text such as AS names.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Text from elsewhere with every unseen character written as its number. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (locale.regions.of(code) ?? code) : code;
}

/** `AS15169`, or nothing when the network is not known. */
export function asNumber(network: NetworkJson): string {
  return network.asn === null ? '' : `AS${network.asn}`;
}

/** Addresses that no table of networks knows, because they are not of the internet: RFC 1122, 1918, 3927, 4193, 4291. */
export function addressScope(address: string): 'loopback' | 'private' | 'global' {
  if (/^127\.|^::1(\/|$)/.test(address)) return 'loopback';
  return /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|^f[cd][\da-f]{2}:|^fe[89ab][\da-f]:/i.test(address)
    ? 'private'
    : 'global';
}

export type Outcome = 'answered' | 'empty' | 'nxdomain' | 'refused' | 'failed';

/** What a row's colour and shape say. The rcode stands beside them in words. */
export function outcome(query: Pick<QueryJson, 'rcode' | 'answers'>): Outcome {
  if (query.rcode === 'NOERROR') return query.answers.length > 0 ? 'answered' : 'empty';
  if (query.rcode === 'NXDOMAIN') return 'nxdomain';
  return query.rcode === 'REFUSED' ? 'refused' : 'failed';
}

export function withoutFinalDot(name: string): string {
  return name.length > 1 && name.endsWith('.') && !name.endsWith('\\.') ? name.slice(0, -1) : name;
}

/** A name and the zone behind it, so that the eye finds what differs. The zone's own name, and any name elsewhere, is whole. */
export function splitName(name: string, zone: string): [own: string, rest: string] {
  const rest = `.${zone}`;
  const at = name.length - rest.length;
  // Case may differ: resolvers mix it to make answers hard to forge.
  return at > 0 && name.slice(at).toLowerCase() === rest.toLowerCase() ? [name.slice(0, at), name.slice(at)] : [name, ''];
}

/** The line to type. Quoted where a shell would read something of its own into the name. */
export function digLine(dns: SessionJson['dns'], name: string, type = ''): string {
  const port = dns.port === 53 ? '' : ` -p ${dns.port}`;
  const plain = withoutFinalDot(name);
  const word = /^[\w.-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", `'\\''`)}'`;
  return `dig @${dns.host}${port} ${word}${type === '' ? '' : ` ${type}`}`;
}

export interface HexRow {
  /** Of the first octet. */
  start: number;
  /** Two digits each. */
  octets: string[];
  /** The ASCII that is in each. */
  text: string[];
}

/** Octets as people read them, from hexadecimal digits. */
export function hexRows(digits: string, perRow: number): HexRow[] {
  const rows: HexRow[] = [];
  for (let start = 0; 2 * start < digits.length; start += perRow) {
    const octets = digits.slice(2 * start, 2 * (start + perRow)).match(/../g) ?? [];
    rows.push({ start, octets, text: octets.map((octet) => ascii(Number.parseInt(octet, 16))) });
  }
  return rows;
}

function ascii(octet: number): string {
  return octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·';
}
