/** What became of what other servers reported. */
export const OUTCOMES = ['kept', 'paired', 'foreign', 'unanswered', 'malformed', 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a connection was closed before its peer had ended it. */
export const FAULTS = ['refused', 'crowded', 'control', 'content_type', 'length', 'message', 'slow', 'cut'] as const;
export type Fault = (typeof FAULTS)[number];

/** Counts since the start. Written by the thread that collects, read by /metrics, which runs in another. */
export class Tally {
  readonly memory: SharedArrayBuffer;
  private readonly counts: Float64Array;

  /** Over memory that another thread made, or over new memory. */
  constructor(memory = new SharedArrayBuffer(8 * (1 + OUTCOMES.length + FAULTS.length))) {
    this.memory = memory;
    this.counts = new Float64Array(memory);
  }

  /** Connections that are open. */
  get connections(): number {
    return this.counts[0]!;
  }
  set connections(count: number) {
    this.counts[0] = count;
  }

  /** A message ended so. */
  message(outcome: Outcome): void {
    this.counts[1 + OUTCOMES.indexOf(outcome)]!++;
  }

  /** A connection ended so. */
  fault(fault: Fault): void {
    this.counts[1 + OUTCOMES.length + FAULTS.indexOf(fault)]!++;
  }

  get messages(): [Outcome, number][] {
    return OUTCOMES.map((outcome, i) => [outcome, this.counts[1 + i]!]);
  }

  get faults(): [Fault, number][] {
    return FAULTS.map((fault, i) => [fault, this.counts[1 + OUTCOMES.length + i]!]);
  }
}
