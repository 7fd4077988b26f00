/** The fields that the text formats have in common. */
import { parseDecimal, parseIpv4, parseIpv6 } from './address.ts';
import { parseAsn } from './row.ts';
import type { Row } from './row.ts';

const COLON = 0x3a;
const DOT = 0x2e;

/** Quotes part of a line for people, at most 60 octets of it. */
export function quote(text: Uint8Array, from: number, to: number): string {
  return JSON.stringify(new TextDecoder().decode(text.subarray(from, Math.min(to, from + 60))));
}

/**
 * Reads an address in any of its forms into `out`. Returns its octets, 4 or 16, or 0 when it is no address. A number
 * without dots is an address of `numbers` octets.
 */
function parseAnyAddress(text: Uint8Array, from: number, to: number, out: Uint8Array, numbers: 4 | 16): number {
  for (let i = from; i < to; i++) {
    if (text[i] === COLON) return parseIpv6(text, from, to, out) ? 16 : 0;
    if (text[i] === DOT) return parseIpv4(text, from, to, out) ? 4 : 0;
  }
  return parseDecimal(text, from, to, out, numbers) ? numbers : 0;
}

/** Where the first three fields lie: the first from `ends[0]` to `ends[1]`, the others from one octet after an end. */
type Ends = readonly [from: number, firstEnd: number, lastEnd: number, asnEnd: number];

/**
 * Reads first address, last address and AS number, with which every line begins, into `row`. Returns what is wrong with
 * them, or undefined. `numbers` as in `parseAnyAddress`.
 */
export function parseRange(row: Row, text: Uint8Array, ends: Ends, numbers: 4 | 16): string | undefined {
  const [from, firstEnd, lastEnd, asnEnd] = ends;
  row.length = parseAnyAddress(text, from, firstEnd, row.first, numbers);
  if (row.length === 0) return `the first address ${quote(text, from, firstEnd)} is no address`;
  const lastLength = parseAnyAddress(text, firstEnd + 1, lastEnd, row.last, numbers);
  if (lastLength === 0) return `the last address ${quote(text, firstEnd + 1, lastEnd)} is no address`;
  if (lastLength !== row.length) return 'one of the addresses is IPv4 and the other IPv6';
  row.asn = parseAsn(text, lastEnd + 1, asnEnd);
  if (row.asn < 0) return `the AS number ${quote(text, lastEnd + 1, asnEnd)} is not a number from 0 to 4294967295`;
  return undefined;
}
