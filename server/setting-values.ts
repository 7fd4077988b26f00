import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parsePlace, type Socket } from './feeds/place.ts';
import { algorithmOf } from './tsig/algorithms.ts';
import type { TsigKey } from './tsig/signature.ts';
import type { Secondary } from './transfer/notifier.ts';
import { MAX_IDENTITY } from './wire/limits.ts';
import { Name } from './wire/name.ts';

/** What is wrong with a text, in words that follow "is not". */
export class Wrong {
  readonly expected: string;
  constructor(expected: string) {
    this.expected = expected;
  }
}

export function parseList<V>(text: string, parse: (item: string) => V | Wrong): V[] | Wrong {
  if (text === '') return [];
  const items = text.split(',').map((item) => parse(item.trim()));
  return items.find((item) => item instanceof Wrong) ?? (items as V[]);
}

export function parseUpTo<V>(count: number, list: V[] | Wrong): V[] | Wrong {
  return list instanceof Wrong || list.length <= count ? list : new Wrong(`a list of at most ${count}`);
}

export function parseNumber(text: string, min: number, max: number): number | Wrong {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : new Wrong(`a whole number from ${min} to ${max}`);
}

export function parsePort(text: string): number | Wrong {
  return parseNumber(text, 0, 65_535);
}

export function times(value: number | Wrong, factor: number): number | Wrong {
  return value instanceof Wrong ? value : value * factor;
}

export function parseBytes(text: string): number | Wrong {
  return parseUnits(text, { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }, 'a number of octets, at least 64K, such as 128M');
}

export function parseDuration(text: string): number | Wrong {
  return parseUnits(
    text,
    { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 },
    'a time, at least 1m, such as 36h or 7d',
  );
}

function parseUnits(text: string, units: Readonly<Record<string, number>>, expected: string): number | Wrong {
  const match = /^(\d{1,12})([a-z]?)$/i.exec(text);
  const unit = match === null ? undefined : (units[match[2]!] ?? units[match[2]!.toUpperCase()]);
  const value = unit === undefined ? Number.NaN : Number(match![1]) * unit;
  return value >= 60_000 ? value : new Wrong(expected);
}

export function parseYesNo(text: string): boolean | Wrong {
  if (/^(yes|true|1|on)$/i.test(text)) return true;
  return /^(no|false|0|off)$/i.test(text) ? false : new Wrong('yes or no');
}

export function parseAddress(text: string): string | Wrong {
  return isIP(text) === 0 ? new Wrong('an IPv4 or IPv6 address') : text;
}

export function parseFile(text: string): string | null {
  return text === '' ? null : resolve(text);
}

export function parseDomain(text: string): Name | Wrong {
  const name = /[^\w.-]/.test(text) ? 'not_ascii' : Name.fromText(text);
  // Subdomains, and names below them, want room: a word with a number, and what people put before it.
  return name instanceof Name && name.labelCount > 0 && name.octets.length <= 128
    ? name
    : new Wrong('a domain name such as digpit.example');
}

export function parseListen(text: string): Socket | Wrong {
  const place = parsePlace(text);
  return place === null || 'file' in place ? new Wrong('such as tcp:127.0.0.1@6000 or unix:/run/digpit/dnstap.sock') : place;
}

export function parsePracticePorts(text: string): number[] | Wrong {
  const ports = parseList(text, parsePort);
  return ports instanceof Wrong || ports.length === 0 || ports.length === 3 ? ports : new Wrong('three ports, or nothing');
}

export function parseIdentity(text: string): string | null | Wrong {
  if (text === '') return null;
  return Buffer.byteLength(text) <= MAX_IDENTITY ? text : new Wrong(`text of at most ${MAX_IDENTITY} octets`);
}

export function parseTsigKey(text: string): TsigKey | null | Wrong {
  if (text === '') return null;
  const [algorithm, name, secret, surplus] = text.split(':');
  const known = {
    algorithm: algorithmOf(algorithm!),
    name: Name.fromText(name ?? ''),
    secret: Buffer.from(secret ?? '', 'base64'),
  };
  const isKey =
    known.algorithm !== undefined && known.name instanceof Name && known.secret.length >= 16 && surplus === undefined;
  return isKey ? (known as TsigKey) : new Wrong('algorithm:name:secret, the secret in base64 and of at least 16 octets');
}

/** Knot's way to write a port, because colons stand in addresses. */
export function parseSecondary(text: string): Secondary | Wrong {
  const [address, port = '53', surplus] = text.split('@');
  const number = parsePort(port);
  const isPlace = isIP(address!) !== 0 && typeof number === 'number' && number > 0 && surplus === undefined;
  return isPlace ? { address: address!, port: number } : new Wrong('an address, such as 192.0.2.7 or 192.0.2.7@5300');
}

export function parseSecret(text: string): Uint8Array | null | Wrong {
  if (text === '') return null;
  return /^[\da-f]{32}$/i.test(text) ? Buffer.from(text, 'hex') : new Wrong('32 hex digits');
}

export function parseToken(text: string): string | null | Wrong {
  if (text === '') return null;
  return /^[!-~]{16,}$/.test(text) ? text : new Wrong('at least 16 printable characters without blanks');
}

export function parseReport(text: string): string | null | Wrong {
  if (text === '') return null;
  return /^[^\s@]+@[^\s@]+$|^https:\/\/\S+$/.test(text) ? text : new Wrong('a mail address or an https: address');
}

export function parseUdp(text: string): 'auto' | 'batched' | 'dgram' | Wrong {
  return text === 'auto' || text === 'batched' || text === 'dgram' ? text : new Wrong('auto, batched or dgram');
}

/** Encrypted, but for one on this machine. */
export function parseResolver(text: string): string | Wrong {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isLocal = url !== null && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal) ? text : new Wrong('an https: address');
}

export function parseUpdate(text: string): 'never' | 'weekly' | Wrong {
  return text === 'never' || text === 'weekly' ? text : new Wrong('never or weekly');
}

export function parseLevel(text: string): string | Wrong {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
  return levels.includes(text) ? text : new Wrong(`one of ${levels.join(', ')}`);
}
