import { isIP } from 'node:net';
import { resolve } from 'node:path';

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
