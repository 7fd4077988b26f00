/** The ranges of one address family while a table is built: a start and a network each, in order, without gaps. */
import { compareAddresses, formatAddress, nextAddress } from './address.ts';
import { GrowingWords } from './growing.ts';

/** Id of a range of which the source says nothing, or "not routed". */
export const NO_NETWORK = 0xffffffff;

/** Seven times the Internet of 2024. A source with more is not what it claims to be. */
export const MAX_RANGES = 4_000_000;

export class RangeColumn {
  /** Octets of an address. */
  readonly width: number;
  /** The starts, a word for every four octets. */
  readonly #starts = new GrowingWords();
  readonly #ids = new GrowingWords();
  /** Ranges that the source named, before neighbours of the same network were joined. */
  sourceRanges = 0;
  readonly #expected: Uint8Array;
  #full = false;

  constructor(width: number) {
    this.width = width;
    this.#expected = new Uint8Array(width);
  }

  /** Says what is wrong with a range that would come next, or returns undefined. */
  problemOf(first: Uint8Array, last: Uint8Array): string | undefined {
    const { width } = this;
    if (compareAddresses(first, 0, last, 0, width) > 0) {
      return `the range begins at ${formatAddress(first, 0, width)}, after its end ${formatAddress(last, 0, width)}`;
    }
    if (this.#full || compareAddresses(first, 0, this.#expected, 0, width) < 0) {
      const taken = this.#full
        ? 'the whole address space is taken'
        : `free is ${formatAddress(this.#expected, 0, width)} onwards`;
      return (
        `the range from ${formatAddress(first, 0, width)} overlaps an earlier line or is out of order (${taken}); ` +
        'sort the file by address and keep one line for each range'
      );
    }
    return this.length >= MAX_RANGES ? `more than ${MAX_RANGES} ranges: this is no table of networks` : undefined;
  }

  /** Ranges, gaps included. */
  get length(): number {
    return this.#ids.length;
  }

  /** Id of the network of a range, or NO_NETWORK. */
  idOf(index: number): number {
    return this.#ids.at(index);
  }

  /** One octet of the start of a range. */
  octetOf(index: number, octet: number): number {
    return (this.#starts.at(index * (this.width >> 2) + (octet >> 2)) >>> (24 - 8 * (octet & 3))) & 0xff;
  }

  /** Adds a range for which `problemOf` had nothing to say; a gap before it becomes a range without a network. */
  add(first: Uint8Array, last: Uint8Array, id: number): void {
    const { width } = this;
    if (compareAddresses(first, 0, this.#expected, 0, width) > 0) this.#push(this.#expected, NO_NETWORK);
    this.#push(first, id);
    this.#expected.set(last.subarray(0, width));
    this.#full = !nextAddress(this.#expected, width);
    this.sourceRanges++;
  }

  /** Covers what is left of the address space. */
  close(): void {
    if (!this.#full) this.#push(this.#expected, NO_NETWORK);
    this.#full = true;
  }

  #push(start: Uint8Array, id: number): void {
    const ids = this.#ids;
    if (ids.length > 0 && ids.at(ids.length - 1) === id) return;
    for (let i = 0; i < this.width; i += 4) {
      this.#starts.push(((start[i]! << 24) | (start[i + 1]! << 16) | (start[i + 2]! << 8) | start[i + 3]!) >>> 0);
    }
    ids.push(id);
  }
}
