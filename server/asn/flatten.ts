/**
 * Turns ranges with full addresses into short keys, the step that makes the table small.
 *
 * Nearly every range begins on a /24 (IPv4) or a /48 (IPv6), so the main list has one element for each of those prefixes
 * in which a range begins, keyed by the 3 or 6 octets of the prefix. Where a range begins inside such a prefix, the code of
 * the prefix points to a detail block: a short list for that prefix alone, keyed by the next octet (IPv4) or the next three
 * (IPv6), whose codes may point to further blocks.
 */
import { GrowingWords } from './growing.ts';
import { NO_NETWORK } from './range-column.ts';
import type { RangeColumn } from './range-column.ts';

export interface Shape {
  /** Octets in the key of the main list. */
  readonly mainOctets: number;
  /** Octets in the key of a detail block, and of the part of the main key that is not in the index. */
  readonly stepOctets: number;
}

export const IPV4_SHAPE: Shape = { mainOctets: 3, stepOctets: 1 };
export const IPV6_SHAPE: Shape = { mainOctets: 6, stepOctets: 3 };

export interface FlatRanges {
  /** For each element of the main list, the part of its key before the last `stepOctets`: ascending. */
  readonly highs: GrowingWords;
  /** For each element, main list first and then block after block, the last `stepOctets` of its key. */
  readonly lows: GrowingWords;
  /** For each element, 0 for none, 1 to n for a network, n + 1 + k for detail block k. */
  readonly codes: GrowingWords;
  /** Detail block k is the elements from `details[k]` up to `details[k + 1]`. */
  readonly details: GrowingWords;
}

/** Starts `[from, to)` of the column, all with the same first `depth` octets; `before` is the code in force there. */
interface Block {
  from: number;
  to: number;
  depth: number;
  before: number;
}

class Flattener {
  readonly #column: RangeColumn;
  readonly #codeOf: Uint32Array;
  readonly #shape: Shape;
  readonly #pending: Block[] = [];
  readonly #flat: FlatRanges = {
    highs: new GrowingWords(),
    lows: new GrowingWords(),
    codes: new GrowingWords(),
    details: new GrowingWords(),
  };

  constructor(column: RangeColumn, codeOf: Uint32Array, shape: Shape) {
    this.#column = column;
    this.#codeOf = codeOf;
    this.#shape = shape;
  }

  run(): FlatRanges {
    const { lows, details } = this.#flat;
    this.#emit({ from: 0, to: this.#column.length, depth: 0, before: 0 }, this.#shape.mainOctets);
    // The list grows while it is walked: a block may have blocks inside.
    for (const block of this.#pending) {
      details.push(lows.length);
      this.#emit(block, this.#shape.stepOctets);
    }
    details.push(lows.length);
    return this.#flat;
  }

  #emit(block: Block, keyOctets: number): void {
    const { depth } = block;
    const lastKey = 256 ** keyOctets - 1;
    let before = block.before;
    let open = -1;
    let i = block.from;
    if (depth > 0 && (i === block.to || !this.#isZeroFrom(i, depth))) open = 0;
    while (i < block.to) {
      const key = this.#keyOf(i, depth, keyOctets);
      let end = i + 1;
      while (end < block.to && this.#keyOf(end, depth, keyOctets) === key) end++;
      // `open` is the prefix after a divided one: the last network of that one goes on there, unless something begins.
      if (open >= 0 && open < key) this.#push(open, before, depth);
      const whole = end === i + 1 && this.#isZeroFrom(i, depth + keyOctets);
      if (whole) {
        this.#push(key, this.#codeAt(i), depth);
        open = -1;
      } else {
        this.#push(key, this.#codeOf.length + 1 + this.#pending.length, depth);
        this.#pending.push({ from: i, to: end, depth: depth + keyOctets, before });
        open = key < lastKey ? key + 1 : -1;
      }
      before = this.#codeAt(end - 1);
      i = end;
    }
    if (open >= 0) this.#push(open, before, depth);
  }

  #push(key: number, code: number, depth: number): void {
    const step = 256 ** this.#shape.stepOctets;
    if (depth === 0) this.#flat.highs.push(Math.floor(key / step));
    this.#flat.lows.push(key % step);
    this.#flat.codes.push(code);
  }

  #codeAt(index: number): number {
    const id = this.#column.idOf(index);
    return id === NO_NETWORK ? 0 : this.#codeOf[id]!;
  }

  /** Octets `[depth, depth + octets)` of a start as one number; what would lie behind the address is 0. */
  #keyOf(index: number, depth: number, octets: number): number {
    const column = this.#column;
    let key = 0;
    for (let i = depth; i < depth + octets; i++) key = key * 256 + (i < column.width ? column.octetOf(index, i) : 0);
    return key;
  }

  #isZeroFrom(index: number, depth: number): boolean {
    for (let i = depth; i < this.#column.width; i++) if (this.#column.octetOf(index, i) !== 0) return false;
    return true;
  }
}

/** `codeOf` has the code, from 1 on, of each id in the column. */
export function flatten(column: RangeColumn, codeOf: Uint32Array, shape: Shape): FlatRanges {
  return new Flattener(column, codeOf, shape).run();
}
