/**
 * (5): a trie with a level for each octet, in one array of words, after LC-tries and poptrie. Of the 256 slots of a node
 * only those are stored that differ from the one before: 8 words say which, and a count of bits finds the slot. A slot is
 * a network (0 for none, or place + 1) or, negative, another node.
 */
import type { Approach } from '../approach.ts';
import type { Ranges } from '../columns.ts';
import { nameColumns } from '../names.ts';

const BITMAP_WORDS = 8;

class Builder {
  readonly #ranges: Ranges;
  readonly #width: number;
  #words = new Int32Array(1 << 16);
  #length = 0;

  constructor(ranges: Ranges, width: 4 | 16) {
    this.#ranges = ranges;
    this.#width = width;
  }

  build(): Int32Array {
    this.#node(0, this.#ranges.count - 1, 0);
    return this.#words.slice(0, this.#length);
  }

  /** Writes the node over ranges `[from, to]` at octet `depth`, and returns where it begins. */
  #node(from: number, to: number, depth: number): number {
    const slots = new Int32Array(256);
    const children: [slot: number, from: number, to: number][] = [];
    let range = from;
    for (let slot = 0; slot < 256; slot++) {
      while (range < to && this.#startOf(range + 1, from, depth) < slot) range++;
      let end = range;
      while (end < to && this.#startOf(end + 1, from, depth) === slot) end++;
      const isWhole = end === range || (end === range + 1 && this.#isZeroAfter(end, depth));
      slots[slot] = isWhole ? this.#ranges.network[end]! + 1 : 0;
      if (!isWhole) children.push([slot, range, end]);
      range = end;
    }
    const isChild = new Set(children.map(([slot]) => slot));
    const at = this.#reserve(BITMAP_WORDS + this.#countRuns(slots, isChild));
    const places = this.#writeRuns(at, slots, isChild);
    // Inner nodes come after this one; whoever grew the array has moved it.
    for (const [slot, first, last] of children) {
      const child = this.#node(first, last, depth + 1);
      this.#words[places.get(slot)!] = -child;
    }
    return at;
  }

  /** Octet `depth` of the start of a range, as seen from a node whose first range may begin before the node. */
  #startOf(range: number, from: number, depth: number): number {
    return range === from ? 0 : this.#ranges.starts[range * this.#width + depth]!;
  }

  #isZeroAfter(range: number, depth: number): boolean {
    for (let i = depth + 1; i < this.#width; i++) if (this.#ranges.starts[range * this.#width + i] !== 0) return false;
    return true;
  }

  #countRuns(slots: Int32Array, isChild: ReadonlySet<number>): number {
    let runs = 0;
    for (let slot = 0; slot < 256; slot++) if (begins(slots, isChild, slot)) runs++;
    return runs;
  }

  #writeRuns(at: number, slots: Int32Array, isChild: ReadonlySet<number>): Map<number, number> {
    const places = new Map<number, number>();
    let place = at + BITMAP_WORDS;
    for (let slot = 0; slot < 256; slot++) {
      if (!begins(slots, isChild, slot)) continue;
      this.#words[at + (slot >> 5)]! |= 1 << (slot & 31);
      if (isChild.has(slot)) places.set(slot, place);
      this.#words[place++] = slots[slot]!;
    }
    return places;
  }

  #reserve(words: number): number {
    const at = this.#length;
    this.#length += words;
    if (this.#length > this.#words.length) {
      const wider = new Int32Array(Math.max(this.#length, this.#words.length * 2));
      wider.set(this.#words);
      this.#words = wider;
    }
    return at;
  }
}

/** Whether a slot is stored: it differs from the one before, or either of them is a node. */
function begins(slots: Int32Array, isChild: ReadonlySet<number>, slot: number): boolean {
  return slot === 0 || isChild.has(slot) || isChild.has(slot - 1) || slots[slot] !== slots[slot - 1];
}

function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function search(words: Int32Array, octets: Uint8Array, from: number): number {
  let node = 0;
  for (let at = from; ; at++) {
    const slot = octets[at]!;
    let rank = countBits(words[node + (slot >> 5)]! & (-1 >>> (31 - (slot & 31))));
    for (let word = 0; word < slot >> 5; word++) rank += countBits(words[node + word]!);
    const value = words[node + BITMAP_WORDS + rank - 1]!;
    if (value >= 0) return value - 1;
    node = -value;
  }
}

export const levelCompressed: Approach = {
  key: '5',
  title: 'level-compressed trie',
  load(source) {
    const columns = source.columns();
    const names = nameColumns(columns);
    const ipv4 = new Builder(columns.ipv4, 4).build();
    const ipv6 = new Builder(columns.ipv6, 16).build();
    return {
      find4: (octets, at) => names.asn[search(ipv4, octets, at)] ?? 0,
      find6: (octets, at) => names.asn[search(ipv6, octets, at)] ?? 0,
      keep: names,
    };
  },
};
