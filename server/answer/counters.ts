/** Upper bounds of the buckets of times, in microseconds: each twice the one before, up to a second; the last is for all beyond. */
export const TIME_BOUNDS: readonly number[] = [...Array.from({ length: 21 }, (_, i) => 2 ** i), Infinity];
/**
 * Places of 64 bits: messages by transport, answers by RCODE (the last place for all beyond), two single counts, answers by the time
 * that they took, and the sum of those times.
 */
const QUERIES = 0;
const RESPONSES = 4;
const RCODES = 25;
const IGNORED = RESPONSES + RCODES;
const TIMES = IGNORED + 2;
const LENGTH = TIMES + TIME_BOUNDS.length + 1;

/** What a thread did since it started. Written on the answering path, read by /metrics, which may run in another thread. */
export class Counters {
  readonly memory: SharedArrayBuffer;
  /** Messages that came, by transport number. */
  readonly queries: Float64Array;
  /** Answers by RCODE; the last place is for all RCODEs beyond. */
  readonly responses: Float64Array;
  /** Answers by bucket of the time that they took. */
  readonly times: Float64Array;
  private readonly single: Float64Array;
  private readonly sum: Float64Array;

  /** Over memory that another thread made, or over new memory. */
  constructor(memory = new SharedArrayBuffer(LENGTH * 8)) {
    this.memory = memory;
    this.queries = new Float64Array(memory, QUERIES, RESPONSES);
    this.responses = new Float64Array(memory, RESPONSES * 8, RCODES);
    this.single = new Float64Array(memory, IGNORED * 8, 2);
    this.times = new Float64Array(memory, TIMES * 8, TIME_BOUNDS.length);
    this.sum = new Float64Array(memory, (TIMES + TIME_BOUNDS.length) * 8, 1);
  }

  /** Messages that got no answer: too short, or responses themselves. */
  get ignored(): number {
    return this.single[0]!;
  }
  set ignored(count: number) {
    this.single[0] = count;
  }

  /** Answers held back or cut short by rate limiting. */
  get limited(): number {
    return this.single[1]!;
  }
  set limited(count: number) {
    this.single[1] = count;
  }

  /** Microseconds that all answers took together. */
  get timeSum(): number {
    return this.sum[0]!;
  }

  /** An answer took so many whole microseconds. */
  took(microseconds: number): void {
    const bucket = microseconds <= 1 ? 0 : 32 - Math.clz32(microseconds - 1);
    this.times[bucket < this.times.length ? bucket : this.times.length - 1]!++;
    this.sum[0]! += microseconds;
  }

  answered(rcode: number): void {
    this.responses[Math.min(rcode, this.responses.length - 1)]!++;
  }
}
