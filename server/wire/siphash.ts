/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of octets under a key of sixteen octets, as eight octets, the form in which
 * RFC 9018 §4.4 puts it into DNS cookies. 64-bit words are pairs of 32-bit halves, because BigInt would allocate for each.
 */
export class SipHash {
  private readonly key: Uint32Array;
  /** v0 to v3, each as low and high half. */
  private readonly v = new Uint32Array(8);

  constructor(key: Uint8Array) {
    if (key.length !== 16) throw new RangeError('a SipHash key has sixteen octets');
    const view = new DataView(key.buffer, key.byteOffset, 16);
    this.key = Uint32Array.from([0, 4, 8, 12], (at) => view.getUint32(at, true));
  }

  /** Hashes the first `length` octets of `message` and writes the hash to `out` at `at`, least significant octet first. */
  digest(message: Uint8Array, length: number, out: Uint8Array, at: number): void {
    const { v, key } = this;
    v[0] = 0x70736575 ^ key[0]!;
    v[1] = 0x736f6d65 ^ key[1]!;
    v[2] = 0x6e646f6d ^ key[2]!;
    v[3] = 0x646f7261 ^ key[3]!;
    v[4] = 0x6e657261 ^ key[0]!;
    v[5] = 0x6c796765 ^ key[1]!;
    v[6] = 0x79746573 ^ key[2]!;
    v[7] = 0x74656462 ^ key[3]!;
    const whole = length & ~7;
    for (let i = 0; i < whole; i += 8) this.compress(word(message, i, length), word(message, i + 4, length));
    this.compress(word(message, whole, length), (word(message, whole + 4, length) & 0x00ffffff) | (length << 24));
    v[4] = v[4]! ^ 0xff;
    for (let round = 0; round < 4; round++) this.round();
    const low = v[0]! ^ v[2]! ^ v[4]! ^ v[6]!;
    const high = v[1]! ^ v[3]! ^ v[5]! ^ v[7]!;
    for (let i = 0; i < 4; i++) {
      out[at + i] = low >>> (8 * i);
      out[at + 4 + i] = high >>> (8 * i);
    }
  }

  private compress(low: number, high: number): void {
    const { v } = this;
    v[6] = v[6]! ^ low;
    v[7] = v[7]! ^ high;
    this.round();
    this.round();
    v[0] = v[0]! ^ low;
    v[1] = v[1]! ^ high;
  }

  private round(): void {
    this.add(0, 2);
    this.rotate(2, 13);
    this.xor(2, 0);
    this.swap(0);
    this.add(4, 6);
    this.rotate(6, 16);
    this.xor(6, 4);
    this.add(0, 6);
    this.rotate(6, 21);
    this.xor(6, 0);
    this.add(4, 2);
    this.rotate(2, 17);
    this.xor(2, 4);
    this.swap(4);
  }

  private add(to: number, from: number): void {
    const { v } = this;
    const low = v[to]! + v[from]!;
    v[to + 1] = v[to + 1]! + v[from + 1]! + (low > 0xffffffff ? 1 : 0);
    v[to] = low;
  }

  private xor(to: number, from: number): void {
    this.v[to] = this.v[to]! ^ this.v[from]!;
    this.v[to + 1] = this.v[to + 1]! ^ this.v[from + 1]!;
  }

  /** Rotates left by fewer than 32 bits. */
  private rotate(at: number, bits: number): void {
    const low = this.v[at]!;
    const high = this.v[at + 1]!;
    this.v[at] = (low << bits) | (high >>> (32 - bits));
    this.v[at + 1] = (high << bits) | (low >>> (32 - bits));
  }

  /** Rotates by 32 bits. */
  private swap(at: number): void {
    const low = this.v[at]!;
    this.v[at] = this.v[at + 1]!;
    this.v[at + 1] = low;
  }
}

/** Four octets as a number, least significant first; octets from `length` on count as zero. */
function word(message: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = 3; i >= 0; i--) value = (value << 8) | (at + i < length ? message[at + i]! : 0);
  return value;
}
