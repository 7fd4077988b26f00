/** Ranges cut into prefixes, which is what the tries want. */
import type { Ranges } from './columns.ts';

/** Called for each prefix in order: octets of the address, bits of the prefix, place of the network. */
export type OnPrefix = (address: Uint8Array, bits: number, network: number) => void;

/** Bits of the widest prefix that begins at `at` and ends at or before `last`. */
function widest(at: Uint8Array, last: Uint8Array, width: number): number {
  let bits = width * 8;
  while (bits > 0 && fits(at, last, bits - 1, width)) bits--;
  return bits;
}

/** Whether the prefix of `at` with so many bits begins at `at` and has no address after `last`. */
function fits(at: Uint8Array, last: Uint8Array, bits: number, width: number): boolean {
  if (at[bits >> 3]! & (0x80 >> (bits & 7))) return false;
  for (let i = 0; i < width; i++) {
    const from = Math.min(8, Math.max(0, bits - i * 8));
    const end = at[i]! | (0xff >> from);
    if (end !== last[i]!) return end < last[i]!;
  }
  return true;
}

export function eachPrefix(ranges: Ranges, width: 4 | 16, onPrefix: OnPrefix): void {
  const at = new Uint8Array(width);
  for (let i = 0; i < ranges.count; i++) {
    const network = ranges.network[i]!;
    if (network < 0) continue;
    at.set(ranges.starts.subarray(i * width, (i + 1) * width));
    const last = ranges.ends.subarray(i * width, (i + 1) * width);
    for (;;) {
      const bits = widest(at, last, width);
      onPrefix(at, bits, network);
      if (!stepOver(at, bits)) break;
      if (isAfter(at, last, width)) break;
    }
  }
}

/** Moves to the address after the prefix. Returns false behind the last address of all. */
function stepOver(at: Uint8Array, bits: number): boolean {
  for (let bit = bits - 1; bit >= 0; bit--) {
    const mask = 0x80 >> (bit & 7);
    at[bit >> 3]! ^= mask;
    if (at[bit >> 3]! & mask) return true;
  }
  return false;
}

function isAfter(a: Uint8Array, b: Uint8Array, width: number): boolean {
  for (let i = 0; i < width; i++) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return false;
}
