/** Columns that grow while a source is read. */

/** Octets in one piece, which doubles; for the text of names, which is read in slices. */
export class GrowingBytes {
  #octets: Uint8Array;
  #length = 0;

  constructor(capacity = 4096) {
    this.#octets = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The octets so far; good until the next `append`. */
  get view(): Uint8Array {
    return this.#octets.subarray(0, this.#length);
  }

  at(index: number): number {
    return this.#octets[index]!;
  }

  push(octet: number): void {
    this.#reserve(1);
    this.#octets[this.#length++] = octet;
  }

  append(from: Uint8Array, begin: number, end: number): void {
    this.#reserve(end - begin);
    for (let i = begin; i < end; i++) this.#octets[this.#length++] = from[i]!;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#octets.length) return;
    let capacity = this.#octets.length * 2;
    while (capacity < this.#length + more) capacity *= 2;
    const wider = new Uint8Array(capacity);
    wider.set(this.view);
    this.#octets = wider;
  }
}

/** Words to a piece of GrowingWords: 64 kB. */
const PIECE_BITS = 14;
const PIECE_MASK = (1 << PIECE_BITS) - 1;

/** Words in pieces of one size, so that growing neither copies nor leaves half a column unused. */
export class GrowingWords {
  readonly #pieces: Uint32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#pieces[index >>> PIECE_BITS]![index & PIECE_MASK]!;
  }

  push(word: number): void {
    if (this.#length >>> PIECE_BITS === this.#pieces.length) this.#pieces.push(new Uint32Array(1 << PIECE_BITS));
    this.#pieces[this.#length >>> PIECE_BITS]![this.#length & PIECE_MASK] = word;
    this.#length++;
  }

  /** Writes all words to the front of `out`, cut to the width of its elements. */
  copyTo<T extends Uint8Array | Uint16Array | Uint32Array>(out: T): T {
    for (let i = 0; i < this.#length; i++) out[i] = this.at(i);
    return out;
  }
}
