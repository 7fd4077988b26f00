/** Nested prefixes as ranges side by side, each owned by the longest prefix that holds it. */
import { compareAddresses, nextAddress } from './address.ts';

interface PrefixLike {
  readonly octets: Uint8Array;
  readonly bits: number;
}

export interface OwnedRange {
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  /** Place of the owner in the list of prefixes. */
  readonly index: number;
}

interface Span extends OwnedRange {
  readonly bits: number;
}

function spanOf(prefix: PrefixLike, index: number): Span {
  const last = prefix.octets.slice();
  for (let bit = prefix.bits; bit < last.length * 8; bit++) last[bit >> 3] = last[bit >> 3]! | (0x80 >> (bit & 7));
  return { first: prefix.octets, last, index, bits: prefix.bits };
}

const compare = (a: Uint8Array, b: Uint8Array): number => compareAddresses(a, 0, b, 0, a.length);

function after(address: Uint8Array): Uint8Array | undefined {
  const next = address.slice();
  return nextAddress(next, next.length) ? next : undefined;
}

function before(address: Uint8Array): Uint8Array {
  const previous = address.slice();
  for (let i = previous.length - 1; i >= 0; i--) {
    previous[i] = (previous[i]! + 255) & 0xff;
    if (previous[i] !== 0xff) break;
  }
  return previous;
}

function flattenFamily(spans: Span[]): OwnedRange[] {
  spans.sort((a, b) => compare(a.first, b.first) || a.bits - b.bits);
  const ranges: OwnedRange[] = [];
  // Prefixes either hold one another or are apart, so the open ones form a stack.
  const open: Span[] = [];
  let at: Uint8Array | undefined;
  const emit = (owner: Span, upTo: Uint8Array) => {
    if (at && compare(at, upTo) <= 0) ranges.push({ first: at, last: upTo, index: owner.index });
    at = after(upTo);
  };
  for (const span of spans) {
    while (open.length > 0 && compare(open.at(-1)!.last, span.first) < 0) emit(open.at(-1)!, open.pop()!.last);
    const holder = open.at(-1);
    if (holder && at && compare(at, span.first) < 0) emit(holder, before(span.first));
    at = span.first;
    open.push(span);
  }
  while (open.length > 0) emit(open.at(-1)!, open.pop()!.last);
  return ranges;
}

/** Ranges in ascending order, IPv4 first. Entries of the list that are undefined own nothing. */
export function flattenPrefixes(prefixes: readonly (PrefixLike | undefined)[]): OwnedRange[] {
  const spans = prefixes.flatMap((prefix, index) => (prefix ? [spanOf(prefix, index)] : []));
  return [4, 16].flatMap((length) => flattenFamily(spans.filter((span) => span.first.length === length)));
}
