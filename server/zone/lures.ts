import { domainToUnicode } from 'node:url';
import { TYPE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import type { Fault } from './check.ts';
import type { ZoneRecord } from './rrset.ts';

/** Types by which a browser, or a letter, gets somewhere. What others say about a name nobody mistakes for a site. */
const LEADING: ReadonlySet<number> = new Set([
  TYPE.A,
  TYPE.AAAA,
  TYPE.CNAME,
  TYPE.DNAME,
  TYPE.NS,
  TYPE.MX,
  TYPE.SVCB,
  TYPE.HTTPS,
]);

/** A word as long as this is found wherever it stands; a shorter one only between what are no letters. */
const LONG = 7;

/** Characters that look alike, each with the one that stands for all: digits, Greek, Cyrillic. */
const ALIKE: ReadonlyMap<string, string> = new Map(
  [
    '0oοоօ',
    'l1iιіӏǀ|',
    '3eеєε',
    '4aаαа',
    '5sѕ',
    '7tтτ',
    '8b',
    '9g',
    'cсϲ',
    'pрρ',
    'xхχ',
    'yуγ',
    'kкκ',
    'nп',
    'mм',
    'hһн',
    'vνѵ',
    'dԁ',
    'wԝω',
  ].flatMap((group) => {
    const letters = [...group];
    const stands = letters.find((letter) => /[a-z]/.test(letter))!;
    return letters.map((letter) => [letter, stands] as const);
  }),
);

/** Knows names that somebody would choose who wants to be taken for somebody else: those of banks, shops and large sites. */
export class Lures {
  private readonly long: readonly string[];
  private readonly short: ReadonlySet<string>;

  /** The words of db/lures.txt. */
  constructor(words: readonly string[]) {
    const skeletons = words.map(skeletonOf);
    this.long = skeletons.filter(({ length }) => length >= LONG);
    this.short = new Set(skeletons.filter(({ length }) => length < LONG));
  }

  /** What speaks against a record for its name. */
  check({ owner, type }: ZoneRecord, origin: Name): Fault[] {
    if (!LEADING.has(type)) return [];
    const labels = owner.toRelativeText(origin).split('.');
    const label = labels.find((text) => this.isLure(text));
    if (label === undefined) return [];
    const message = `${label} looks like the name of somebody whom others trust, and nobody is to be led astray from here. Choose another name.`;
    return [{ field: 'name', code: 'lure', message }];
  }

  private isLure(label: string): boolean {
    const text = domainToUnicode(label) || label;
    const whole = skeletonOf(text);
    if (this.long.some((word) => whole.includes(word))) return true;
    return text.split(/[^\p{L}\d]+/u).some((part) => this.short.has(skeletonOf(part)));
  }
}

/** What is left of a text when all that looks alike is the same, and marks and dashes are gone. */
function skeletonOf(text: string): string {
  const bare = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\d|]/gu, '');
  const same = Array.from(bare, (letter) => ALIKE.get(letter) ?? letter).join('');
  return same.replaceAll('rn', 'm').replaceAll('vv', 'w');
}
