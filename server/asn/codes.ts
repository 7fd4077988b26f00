/**
 * Codes of 16 to 24 bits, the low 16 in one array and the others side by side in a second: 17 bits where a table of half
 * a million ranges would have 32.
 */

import type { GrowingWords } from './growing.ts';

/** What the high parts may be: a power of two, so that no part crosses an octet. */
const HIGH_BITS = [0, 1, 2, 4, 8] as const;

/** Codes from here on do not fit. */
export const CODE_LIMIT = 1 << 24;

/** How many high bits codes up to `largest` need. */
export function highBitsFor(largest: number): number {
  return HIGH_BITS.find((bits) => largest < 2 ** (16 + bits))!;
}

export interface PackedCodes {
  readonly low: Uint16Array;
  readonly high: Uint8Array;
  readonly highBits: number;
}

export function packCodes(codes: GrowingWords): PackedCodes {
  let largest = 0;
  for (let i = 0; i < codes.length; i++) largest = Math.max(largest, codes.at(i));
  const highBits = highBitsFor(largest);
  const high = new Uint8Array(Math.ceil((codes.length * highBits) / 8));
  for (let i = 0; highBits > 0 && i < codes.length; i++) {
    const bit = i * highBits;
    high[bit >> 3] = high[bit >> 3]! | ((codes.at(i) >>> 16) << (bit & 7));
  }
  return { low: codes.copyTo(new Uint16Array(codes.length)), high, highBits };
}
