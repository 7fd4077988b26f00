/** Places of 64 bits: messages by transport, answers by RCODE (the last place for all beyond), and two single counts. */
const QUERIES = 0;
const RESPONSES = 4;
const RCODES = 25;
const IGNORED = RESPONSES + RCODES;
const LENGTH = IGNORED + 2;

/** What a thread did since it started. Written on the answering path, read by /metrics, which may run in another thread. */
export class Counters {
  readonly memory: SharedArrayBuffer;
  /** Messages that came, by transport number. */
  readonly queries: Float64Array;
  /** Answers by RCODE; the last place is for all RCODEs beyond. */
  readonly responses: Float64Array;
  private readonly single: Float64Array;

  /** Over memory that another thread made, or over new memory. */
  constructor(memory = new SharedArrayBuffer(LENGTH * 8)) {
    this.memory = memory;
    this.queries = new Float64Array(memory, QUERIES, RESPONSES);
    this.responses = new Float64Array(memory, RESPONSES * 8, RCODES);
    this.single = new Float64Array(memory, IGNORED * 8, 2);
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

  answered(rcode: number): void {
    this.responses[Math.min(rcode, this.responses.length - 1)]!++;
  }
}
