import { TRANSPORT } from './transport.ts';

/** What the server did since it started. Written on the answering path, read by /metrics. */
export class Counters {
  /** Messages that came, by transport number. */
  readonly queries = new Float64Array(Object.keys(TRANSPORT).length);
  /** Answers by RCODE; the last place is for all RCODEs beyond. */
  readonly responses = new Float64Array(25);
  /** Messages that got no answer: too short, or responses themselves. */
  ignored = 0;
  /** Answers held back or cut short by rate limiting. */
  limited = 0;

  answered(rcode: number): void {
    this.responses[Math.min(rcode, this.responses.length - 1)]!++;
  }
}
