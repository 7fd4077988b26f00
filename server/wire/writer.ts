import { CLASS } from './codes.ts';
import { FOLD, hashOf, startOf, type LabelSequence } from './name.ts';
import { MAX_POINTER } from './limits.ts';

/** Suffixes remembered for compression in one message. Later ones are written whole, which is correct and rare. */
const MAX_REMEMBERED = 255;
/** Places of the table that finds a suffix by its hash. */
const SLOTS = 256;

/** What a record has to have to be written. */
export interface WritableRecord {
  readonly owner: LabelSequence;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

/**
 * A cursor that writes octets into a buffer up to a limit. A write that does not fit sets `overflow` and writes nothing; the
 * caller marks before a unit that must be whole and rolls back to the mark when it did not fit. Compression (RFC 1035 §4.1.4)
 * forgets, on a rollback, the names that went with it.
 */
export class Writer {
  octets: Uint8Array;
  position: number;
  limit: number;
  overflow: boolean;
  private remembered: number;
  /** One more than the newest suffix whose hash falls into each slot; 0 for none. */
  private readonly newestIn: Uint8Array;
  /** For each suffix one more than the one before it in its slot, 0 for none. */
  private readonly olderThan: Uint8Array;
  private readonly rememberedHash: Int32Array;
  private readonly rememberedAt: Uint16Array;

  constructor(octets: Uint8Array) {
    this.octets = octets;
    this.position = 0;
    this.limit = octets.length;
    this.overflow = false;
    this.remembered = 0;
    this.newestIn = new Uint8Array(SLOTS);
    this.olderThan = new Uint8Array(MAX_REMEMBERED);
    this.rememberedHash = new Int32Array(MAX_REMEMBERED);
    this.rememberedAt = new Uint16Array(MAX_REMEMBERED);
  }

  /** Begins a new message, at most `size` octets long. */
  reset(octets: Uint8Array, size: number): void {
    this.octets = octets;
    this.position = 0;
    this.limit = Math.min(octets.length, size);
    this.overflow = false;
    this.remembered = 0;
    this.newestIn.fill(0);
  }

  /** Keeps `count` octets at the end free; a negative count gives them back. */
  reserve(count: number): void {
    this.limit -= count;
  }

  /** Goes back to a position taken earlier and forgets what came after. */
  rollback(mark: number): void {
    this.position = mark;
    this.overflow = false;
    while (this.remembered > 0 && this.rememberedAt[this.remembered - 1]! >= mark) this.forgetNewest();
  }

  u8(value: number): void {
    if (!this.fits(1)) return;
    this.octets[this.position++] = value;
  }

  u16(value: number): void {
    if (!this.fits(2)) return;
    this.octets[this.position++] = value >>> 8;
    this.octets[this.position++] = value;
  }

  u32(value: number): void {
    if (!this.fits(4)) return;
    this.octets[this.position++] = value >>> 24;
    this.octets[this.position++] = value >>> 16;
    this.octets[this.position++] = value >>> 8;
    this.octets[this.position++] = value;
  }

  bytes(source: Uint8Array): void {
    this.range(source, 0, source.length);
  }

  range(source: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (!this.fits(length)) return;
    // A loop beats TypedArray.set for the few octets that RDATA usually is.
    if (length <= 32) for (let i = start, to = this.position; i < end; i++, to++) this.octets[to] = source[i]!;
    else this.octets.set(source.subarray(start, end), this.position);
    this.position += length;
  }

  /** Overwrites two octets already written, such as RDLENGTH. */
  patchU16(at: number, value: number): void {
    this.octets[at] = value >>> 8;
    this.octets[at + 1] = value;
  }

  /** Writes a name, its longest suffix that the message already has as a pointer. */
  compressedName(name: LabelSequence): void {
    for (let i = 0; i < name.labelCount; i++) {
      const known = this.find(name, i);
      if (known >= 0) {
        this.u16(0xc000 | known);
        return;
      }
      const at = startOf(name, i);
      const offset = this.position;
      this.range(name.octets, at, at + 1 + name.octets[at]!);
      if (!this.overflow) this.remember(hashOf(name, i), offset);
    }
    this.u8(0);
  }

  /** Writes a record of class IN, its owner compressed and its RDATA as it is. */
  record({ owner, type, ttl, rdata }: WritableRecord): void {
    this.compressedName(owner);
    this.u16(type);
    this.u16(CLASS.IN);
    this.u32(ttl);
    this.u16(rdata.length);
    this.bytes(rdata);
  }

  /** Remembers every suffix of a name that stands at `offset` of the message already, such as the question's. */
  rememberName(name: LabelSequence, offset: number): void {
    for (let i = 0; i < name.labelCount; i++) this.remember(hashOf(name, i), offset + startOf(name, i) - startOf(name, 0));
  }

  private remember(hash: number, offset: number): void {
    if (this.remembered === MAX_REMEMBERED || offset > MAX_POINTER) return;
    const slot = hash & (SLOTS - 1);
    this.rememberedHash[this.remembered] = hash;
    this.rememberedAt[this.remembered] = offset;
    this.olderThan[this.remembered] = this.newestIn[slot]!;
    this.newestIn[slot] = ++this.remembered;
  }

  private forgetNewest(): void {
    this.remembered--;
    this.newestIn[this.rememberedHash[this.remembered]! & (SLOTS - 1)] = this.olderThan[this.remembered]!;
  }

  /** Where the suffix of `name` from `label` on stands already, or -1. */
  private find(name: LabelSequence, label: number): number {
    const hash = hashOf(name, label);
    for (let i = this.newestIn[hash & (SLOTS - 1)]!; i > 0; i = this.olderThan[i - 1]!) {
      if (this.rememberedHash[i - 1] === hash && this.standsAt(this.rememberedAt[i - 1]!, name, label))
        return this.rememberedAt[i - 1]!;
    }
    return -1;
  }

  /** Whether the message has at `offset` the suffix of `name` from `label` on. Only follows pointers that we wrote. */
  private standsAt(offset: number, name: LabelSequence, label: number): boolean {
    let at = offset;
    for (let from = startOf(name, label); ;) {
      while (this.octets[at]! >= 0xc0) at = ((this.octets[at]! & 0x3f) << 8) | this.octets[at + 1]!;
      const length = name.octets[from]!;
      if (this.octets[at] !== length) return false;
      if (length === 0) return true;
      for (let end = from + length; from <= end;) if (FOLD[this.octets[at++]!] !== FOLD[name.octets[from++]!]) return false;
    }
  }

  private fits(count: number): boolean {
    if (!this.overflow && this.position + count <= this.limit) return true;
    this.overflow = true;
    return false;
  }
}
