import { FUDGE } from '../tsig/signature.ts';

/** Messages remembered at most; of those that go before their time, the youngest says how old a message must not be. */
const MAX_REMEMBERED = 4096;

interface Remembered {
  /** Seconds since 1970: when it was signed. */
  readonly time: number;
  readonly source: string;
  readonly answer: Uint8Array;
}

/**
 * Signed messages that were acted on, for as long as their signature would still be taken for new. Who did not get our answer may send
 * the very message again and gets the very answer; from anywhere else it is a replay (RFC 8945 §10).
 */
export class Replays {
  private readonly seen = new Map<string, Remembered>();
  private readonly max: number;
  /** A message signed then or before may be one that was forgotten. */
  private forgottenUntil = 0;

  constructor(max = MAX_REMEMBERED) {
    this.max = max;
  }

  /** What to do with a message: 'new', 'replay', or the answer that it had. */
  look(mac: Uint8Array, time: number, source: string): 'new' | 'replay' | Uint8Array {
    const found = this.seen.get(keyOf(mac));
    if (found === undefined) return time > this.forgottenUntil ? 'new' : 'replay';
    return found.source === source ? found.answer : 'replay';
  }

  remember(mac: Uint8Array, seen: Remembered, now: number): void {
    this.seen.set(keyOf(mac), seen);
    for (const [key, { time }] of this.seen) {
      const isOver = now > time + FUDGE;
      if (!isOver && this.seen.size <= this.max) break;
      if (!isOver) this.forgottenUntil = Math.max(this.forgottenUntil, time);
      this.seen.delete(key);
    }
  }
}

const keyOf = (mac: Uint8Array): string => Buffer.from(mac).toString('latin1');
