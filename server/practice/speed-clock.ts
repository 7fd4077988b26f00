export type PracticeSpeed = 1 | 10 | 60;

export const SPEEDS: readonly PracticeSpeed[] = [1, 10, 60];

/** A clock that can run faster, so that a lesson about an hour takes a minute. It never goes back, and never jumps. */
export class SpeedClock {
  private readonly monotonic: () => number;
  private pace: PracticeSpeed = 1;
  /** Where this clock and the real one stood when the pace was last changed. */
  private base = 0;
  private since: number;

  /** `monotonic` is a clock in milliseconds. */
  constructor(monotonic: () => number) {
    this.monotonic = monotonic;
    this.since = monotonic();
  }

  get speed(): PracticeSpeed {
    return this.pace;
  }

  /** Milliseconds of this clock. */
  now(): number {
    return this.base + (this.monotonic() - this.since) * this.pace;
  }

  run(speed: PracticeSpeed): void {
    this.base = this.now();
    this.since = this.monotonic();
    this.pace = speed;
  }
}
