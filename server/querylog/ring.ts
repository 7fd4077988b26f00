import { FRAME } from './event.ts';

/** Length field of a frame that says "nothing more up to the end of the ring; go on at its beginning". */
const WRAP = 0;

/**
 * Frames between the answering path and the pump, in a fixed number of octets. A frame that finds no room is not taken: the
 * caller counts it and goes on. Positions count octets written and read since the start, so that full and empty differ.
 */
export class Ring {
  readonly octets: Uint8Array;
  private readonly view: DataView;
  private written = 0;
  private read = 0;

  /** `size` in octets, a multiple of 4. */
  constructor(size: number) {
    this.octets = new Uint8Array(size);
    this.view = new DataView(this.octets.buffer);
  }

  get isEmpty(): boolean {
    return this.written === this.read;
  }

  /** Where a frame of `length` octets may be written, or -1 when there is no room. Counts only once it is committed. */
  reserve(length: number): number {
    const size = this.octets.length;
    const at = this.written % size;
    const padded = pad(length);
    // A frame lies in one piece: when the end of the ring is too near, it goes to the beginning.
    const skip = at + padded > size ? size - at : 0;
    if (this.written + skip + padded - this.read > size) return -1;
    if (skip === 0) return at;
    this.view.setUint32(at + FRAME.LENGTH, WRAP);
    this.written += skip;
    return 0;
  }

  commit(length: number): void {
    this.written += pad(length);
  }

  /** The octets of the oldest run of frames that lies in one piece, at most about `limit` of them; empty when there is none. */
  peek(limit: number): Frames {
    const size = this.octets.length;
    if (this.read < this.written && this.view.getUint32(this.read % size) === WRAP) this.read += size - (this.read % size);
    const start = this.read % size;
    let at = start;
    for (let left = this.written - this.read; left > 0 && at - start < limit && at < size;) {
      const length = this.view.getUint32(at + FRAME.LENGTH);
      if (length === WRAP) break;
      at += pad(length);
      left -= pad(length);
    }
    return { octets: this.octets, view: this.view, start, end: at };
  }

  /** Gives back the room of a run that `peek` gave. */
  release(frames: Frames): void {
    this.read += frames.end - frames.start;
  }
}

/** Frames one behind the other, each at a multiple of four octets. */
export interface Frames {
  readonly octets: Uint8Array;
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

/** Octets that a frame takes in the ring. */
export function pad(length: number): number {
  return (length + 3) & ~3;
}
