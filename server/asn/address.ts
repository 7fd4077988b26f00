/**
 * Addresses as octets: 4 for IPv4, 16 for IPv6, in network order. Text is read from octets too, because the sources are
 * read without making a string of every line.
 */

const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;

/** Largest number of decimal digits in a 128-bit number. */
const MAX_DECIMAL_DIGITS = 39;

function digitOf(octet: number): number {
  const digit = octet - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function hexDigitOf(octet: number): number {
  const digit = digitOf(octet);
  if (digit >= 0) return digit;
  const letter = (octet | 0x20) - 0x61;
  return letter >= 0 && letter <= 5 ? letter + 10 : -1;
}

/**
 * Reads dotted IPv4 text from `text[from, to)` into 4 octets of `out` from `at`. Refuses (returns false for) anything but
 * four decimal numbers of 0 to 255 without leading zeros, which some programs read as octal.
 */
export function parseIpv4(text: Uint8Array, from: number, to: number, out: Uint8Array, at = 0): boolean {
  let part = 0;
  let value = -1;
  for (let i = from; i <= to; i++) {
    const octet = i < to ? text[i]! : DOT;
    if (octet === DOT) {
      if (value < 0 || part > 3) return false;
      out[at + part++] = value;
      value = -1;
      continue;
    }
    const digit = digitOf(octet);
    if (digit < 0 || value === 0) return false;
    value = value < 0 ? digit : value * 10 + digit;
    if (value > 255) return false;
  }
  return part === 4;
}

/**
 * Reads IPv6 text of RFC 4291 §2.2 (all three forms) from `text[from, to)` into the 16 octets of `out`. Refuses zone
 * names, prefixes and brackets.
 */
export function parseIpv6(text: Uint8Array, from: number, to: number, out: Uint8Array): boolean {
  let filled = 0;
  let gapAt = -1;
  let i = from;
  if (to - from >= 2 && text[from] === COLON && text[from + 1] === COLON) {
    gapAt = 0;
    i += 2;
  }
  while (i < to) {
    if (filled >= 16) return false;
    const end = groupEnd(text, i, to);
    if (end < to && text[end] === DOT) {
      if (filled > 12 || !parseIpv4(text, i, to, out, filled)) return false;
      filled += 4;
      break;
    }
    const value = hexGroup(text, i, end);
    if (value < 0) return false;
    out[filled++] = value >> 8;
    out[filled++] = value & 0xff;
    if (end === to) break;
    i = end + 1;
    if (i === to) return false;
    if (text[i] !== COLON) continue;
    if (gapAt >= 0) return false;
    gapAt = filled;
    i++;
  }
  if (gapAt < 0) return filled === 16;
  if (filled > 14) return false;
  out.copyWithin(16 - (filled - gapAt), gapAt, filled);
  out.fill(0, gapAt, 16 - (filled - gapAt));
  return true;
}

/** Where the group that begins at `i` ends: at the next colon or dot, or at `to`. */
function groupEnd(text: Uint8Array, i: number, to: number): number {
  let end = i;
  while (end < to && text[end] !== COLON && text[end] !== DOT) end++;
  return end;
}

function hexGroup(text: Uint8Array, from: number, to: number): number {
  if (to === from || to - from > 4) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = hexDigitOf(text[i]!);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Reads an address written as one decimal number into `out[0, length)`. Refuses what does not fit in `length` octets. */
export function parseDecimal(text: Uint8Array, from: number, to: number, out: Uint8Array, length: number): boolean {
  if (to === from || to - from > MAX_DECIMAL_DIGITS) return false;
  out.fill(0, 0, length);
  for (let i = from; i < to; i++) {
    let carry = digitOf(text[i]!);
    if (carry < 0) return false;
    for (let at = length - 1; at >= 0; at--) {
      const value = out[at]! * 10 + carry;
      out[at] = value & 0xff;
      carry = value >> 8;
    }
    if (carry !== 0) return false;
  }
  return true;
}

const encoder = new TextEncoder();

/** Reads an address as people write it. Returns 4 or 16 octets, or undefined when it is not an address. */
export function parseAddress(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const octets = encoder.encode(text);
  const length = text.includes(':') ? 16 : 4;
  const out = new Uint8Array(length);
  const good = length === 16 ? parseIpv6(octets, 0, octets.length, out) : parseIpv4(octets, 0, octets.length, out);
  return good ? out : undefined;
}

/** Writes an address of 4 or 16 octets for people; IPv6 as RFC 5952 §4 has it. */
export function formatAddress(octets: Uint8Array, offset: number, length: number): string {
  if (length === 4) return octets.subarray(offset, offset + 4).join('.');
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((octets[offset + i]! << 8) | octets[offset + i + 1]!);
  let bestAt = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > bestLength) {
      bestAt = i;
      bestLength = run;
    }
  }
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':');
  if (bestAt < 0) return hex(groups);
  return `${hex(groups.slice(0, bestAt))}::${hex(groups.slice(bestAt + bestLength))}`;
}

/** Compares two addresses of the same `length`; below 0, 0 or above 0. */
export function compareAddresses(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = a[aAt + i]! - b[bAt + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Adds one to the address in `octets[0, length)`. Returns false when it was the last one, and leaves all zeros then. */
export function nextAddress(octets: Uint8Array, length: number): boolean {
  for (let i = length - 1; i >= 0; i--) {
    if (octets[i] !== 0xff) {
      octets[i] = octets[i]! + 1;
      return true;
    }
    octets[i] = 0;
  }
  return false;
}
