import { MAX_NAME, MAX_POINTER_HOPS } from './limits.ts';

/** Why octets could not be read. */
export type ReadFault = 'short' | 'label' | 'pointer' | 'name';

/**
 * A cursor over octets. The first read that fails sets `fault` and the cursor then stays where it was: later reads give zeros
 * and empty octets, so that a caller reads a whole structure and asks once whether all of it was there.
 */
export class Reader {
  octets: Uint8Array;
  position: number;
  end: number;
  fault: ReadFault | null;

  constructor(octets: Uint8Array, position = 0, end = octets.length) {
    this.octets = octets;
    this.position = position;
    this.end = end;
    this.fault = null;
  }

  get remaining(): number {
    return this.fault === null ? this.end - this.position : 0;
  }

  u8(): number {
    return this.take(1) ? this.octets[this.position - 1]! : 0;
  }

  u16(): number {
    if (!this.take(2)) return 0;
    return (this.octets[this.position - 2]! << 8) | this.octets[this.position - 1]!;
  }

  u32(): number {
    const high = this.u16();
    return high * 0x10000 + this.u16();
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    if (!this.take(length)) return new Uint8Array(0);
    return this.octets.subarray(this.position - length, this.position);
  }

  /** Everything up to the end. */
  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  /**
   * A name, compression undone, as uncompressed wire octets. Pointers must lead backwards to before the run of labels they
   * end, and are followed at most `MAX_POINTER_HOPS` times, so the work is bounded whatever the octets say (RFC 1035 §4.1.4).
   */
  name(): Uint8Array {
    const out = new Uint8Array(MAX_NAME);
    let length = 0;
    let at = this.position;
    let runStart = at;
    let after = -1;
    for (let hops = 0; ;) {
      if (this.fault !== null) return new Uint8Array(1);
      const limit = after === -1 ? this.end : this.octets.length;
      if (at >= limit) return this.fail('short');
      const head = this.octets[at]!;
      if (head >= 0xc0) {
        if (at + 1 >= limit) return this.fail('short');
        const target = ((head & 0x3f) << 8) | this.octets[at + 1]!;
        if (target >= runStart || ++hops > MAX_POINTER_HOPS) return this.fail('pointer');
        if (after === -1) after = at + 2;
        at = runStart = target;
        continue;
      }
      // 0x40 and 0x80 are extended label types that nobody speaks any more, RFC 6891 §5.
      if (head > 63) return this.fail('label');
      if (at + 1 + head > limit) return this.fail('short');
      if (length + 1 + head > MAX_NAME) return this.fail('name');
      for (let i = 0; i <= head; i++) out[length++] = this.octets[at + i]!;
      at += 1 + head;
      if (head === 0) break;
    }
    this.position = after === -1 ? at : after;
    return out.slice(0, length);
  }

  private take(length: number): boolean {
    if (this.fault !== null || this.position + length > this.end) {
      this.fault ??= 'short';
      return false;
    }
    this.position += length;
    return true;
  }

  private fail(fault: ReadFault): Uint8Array {
    this.fault = fault;
    return new Uint8Array(1);
  }
}
