import { FRAME, pad } from './event.ts';

/** Length field of a frame that says "nothing more up to the end of the ring; go on at its beginning". */
const WRAP = 0;

/** What both sides know of each other, each number on a cache line of its own. Places of 32 bits. */
const STATE = { WRITTEN: 0, READ: 16, ASLEEP: 32, DROPPED: 48, LENGTH: 64 } as const;

/**
 * Frames between one answering thread and the pump, in a fixed number of octets that both share. A frame that finds no room is
 * counted and forgotten. One side writes and the other reads, so no lock is needed: each moves only its own position, after the
 * octets are where they belong. Positions go round twice the size of the ring, so that full and empty differ.
 */
export class Ring {
  readonly memory: SharedArrayBuffer;
  readonly octets: Uint8Array;
  readonly view: DataView;
  private readonly words: Uint32Array;
  private readonly state: Int32Array;
  /** Octets that there is room for. */
  readonly size: number;

  /** Over memory that another thread made, or over new memory for `size` octets, a multiple of 4. */
  constructor(memory: SharedArrayBuffer | number) {
    const start = STATE.LENGTH * 4;
    this.memory = typeof memory === 'number' ? new SharedArrayBuffer(start + memory) : memory;
    this.state = new Int32Array(this.memory, 0, STATE.LENGTH);
    this.octets = new Uint8Array(this.memory, start);
    this.view = new DataView(this.memory, start);
    this.words = new Uint32Array(this.memory, start);
    this.size = this.octets.length;
  }

  get isEmpty(): boolean {
    return Atomics.load(this.state, STATE.WRITTEN) === Atomics.load(this.state, STATE.READ);
  }

  /** Octets in use. */
  get used(): number {
    return this.distance(Atomics.load(this.state, STATE.READ), Atomics.load(this.state, STATE.WRITTEN));
  }

  /** Frames that found no room since the start. */
  get dropped(): number {
    return Atomics.load(this.state, STATE.DROPPED) >>> 0;
  }

  /** Where a frame of `length` octets may be written, or -1 when there is no room. Counts only once it is committed. */
  reserve(length: number): number {
    const { size, state } = this;
    const written = Atomics.load(state, STATE.WRITTEN);
    const used = this.distance(Atomics.load(state, STATE.READ), written);
    const at = written < size ? written : written - size;
    const padded = pad(length);
    // A frame lies in one piece: when the end of the ring is too near, it goes to the beginning.
    const skip = at + padded > size ? size - at : 0;
    if (used + skip + padded > size) {
      Atomics.add(state, STATE.DROPPED, 1);
      return -1;
    }
    if (skip === 0) return at;
    this.view.setUint32(at + FRAME.LENGTH, WRAP);
    this.advance(STATE.WRITTEN, skip);
    return 0;
  }

  /** Lets the reader see the frame that was written. Returns whether the reader asked to be woken. */
  commit(length: number): boolean {
    this.advance(STATE.WRITTEN, pad(length));
    return Atomics.load(this.state, STATE.ASLEEP) === 1 && Atomics.exchange(this.state, STATE.ASLEEP, 0) === 1;
  }

  /** The reader will not look again until it is woken. To be followed by a last look, for a frame may just have come. */
  sleep(): void {
    Atomics.store(this.state, STATE.ASLEEP, 1);
  }

  /** The octets of the oldest run of frames that lies in one piece, at most about `limit` of them; empty when there is none. */
  peek(limit: number): Frames {
    const { size, octets, words, view } = this;
    const written = Atomics.load(this.state, STATE.WRITTEN);
    let read = Atomics.load(this.state, STATE.READ);
    if (read !== written && view.getUint32(read % size) === WRAP) {
      this.advance(STATE.READ, size - (read % size));
      read = Atomics.load(this.state, STATE.READ);
    }
    const start = read % size;
    let at = start;
    for (let left = this.distance(read, written); left > 0 && at - start < limit && at < size;) {
      const length = view.getUint32(at + FRAME.LENGTH);
      if (length === WRAP) break;
      at += pad(length);
      left -= pad(length);
    }
    return { octets, words, view, start, end: at };
  }

  /** Gives back the room of a run that `peek` gave. */
  release(frames: Frames): void {
    this.advance(STATE.READ, frames.end - frames.start);
  }

  private distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + 2 * this.size;
  }

  private advance(position: number, count: number): void {
    const next = Atomics.load(this.state, position) + count;
    Atomics.store(this.state, position, next < 2 * this.size ? next : next - 2 * this.size);
  }
}

/** Frames one behind the other, each at a multiple of four octets. */
export interface Frames {
  readonly octets: Uint8Array;
  /** The same, four octets at a time. */
  readonly words: Uint32Array;
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}
