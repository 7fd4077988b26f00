/**
 * The different networks of a table while it is built: each number, country and name once. A hash table over octets,
 * because half a million strings would cost more memory than the table.
 */
import { GrowingBytes, GrowingWords } from './growing.ts';
import type { Row } from './row.ts';

const EMPTY = 0xffffffff;

export class EntrySet {
  readonly asns = new GrowingWords();
  readonly countries = new GrowingWords();
  readonly #hashes = new GrowingWords();
  readonly #nameEnds = new GrowingWords();
  readonly #names = new GrowingBytes(1 << 16);
  #slots = new Uint32Array(1 << 12).fill(EMPTY);

  get size(): number {
    return this.asns.length;
  }

  /** Returns the id of the row's network, counted from 0 in the order of first appearance. */
  intern(row: Row): number {
    const hash = hashOf(row);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot]!;
      if (id === EMPTY) return this.#append(row, hash, slot);
      if (this.#hashes.at(id) === hash && this.#isSame(id, row)) return id;
    }
  }

  /** UTF-8 of all names: that of an id from `nameFrom` up to `nameTo`. Good until the next `intern`. */
  get names(): Uint8Array {
    return this.#names.view;
  }

  nameFrom(id: number): number {
    return id === 0 ? 0 : this.#nameEnds.at(id - 1);
  }

  nameTo(id: number): number {
    return this.#nameEnds.at(id);
  }

  /** The ids in the order of their numbers; those of one number by country, then by first appearance. */
  sortedIds(): Uint32Array {
    const ids = new Uint32Array(this.size).map((_, id) => id);
    return ids.sort((a, b) => this.asns.at(a) - this.asns.at(b) || this.countries.at(a) - this.countries.at(b) || a - b);
  }

  #isSame(id: number, row: Row): boolean {
    if (this.asns.at(id) !== row.asn || this.countries.at(id) !== row.country) return false;
    const from = this.nameFrom(id);
    const length = row.nameTo - row.nameFrom;
    if (this.nameTo(id) - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.#names.at(from + i) !== row.name[row.nameFrom + i]) return false;
    return true;
  }

  #append(row: Row, hash: number, slot: number): number {
    const id = this.size;
    this.asns.push(row.asn);
    this.countries.push(row.country);
    this.#hashes.push(hash);
    this.#names.append(row.name, row.nameFrom, row.nameTo);
    this.#nameEnds.push(this.#names.length);
    this.#slots[slot] = id;
    if (this.size * 2 > this.#slots.length) this.#widen();
    return id;
  }

  #widen(): void {
    const slots = new Uint32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = this.#hashes.at(id) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** FNV-1a over number, country and name. */
function hashOf(row: Row): number {
  let hash = Math.imul(0x811c9dc5 ^ row.asn, 0x01000193);
  hash = Math.imul(hash ^ row.country, 0x01000193);
  for (let i = row.nameFrom; i < row.nameTo; i++) hash = Math.imul(hash ^ row.name[i]!, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
