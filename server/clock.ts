/** Time as an argument, so that tests have their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const systemClock = { now: Date.now, monotonic: () => performance.now() } satisfies Clock & { monotonic(): number };
