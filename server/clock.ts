/** Time as an argument, so that tests have their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const systemClock = { now: Date.now, monotonic: () => performance.now() } satisfies Clock & { monotonic(): number };

/** What the two clocks may differ by and still go together, in milliseconds: NTP moves one of them a little all the time. */
const TOLERANCE = 60_000;

/**
 * How long nothing is deleted for its age after the time of day jumped, in milliseconds: for whoever runs the server to notice, and for
 * owners to come by.
 */
export const GRACE_MS = 86_400_000;

/** Notices when the time of day jumps: whatever is deleted for its age must wait until somebody can have seen to that. */
export class ClockWatch {
  private readonly clock: typeof systemClock;
  /** How far the time of day is ahead of the clock that never jumps. */
  private lead: number;
  private jumpedAt: number | null = null;

  constructor(clock: typeof systemClock) {
    this.clock = clock;
    this.lead = clock.now() - clock.monotonic();
  }

  /** For how long the time of day has gone on evenly, as far as we looked; without end when it always did. */
  steadyFor(): number {
    const lead = this.clock.now() - this.clock.monotonic();
    if (Math.abs(lead - this.lead) > TOLERANCE) this.doubt();
    this.lead = lead;
    return this.jumpedAt === null ? Infinity : this.clock.monotonic() - this.jumpedAt;
  }

  /** Says that the time of day is not to be believed yet. */
  doubt(): void {
    this.jumpedAt = this.clock.monotonic();
  }
}
