/** What a look at one thing found: it is well, it could not be looked at, or something is to be done. */
export interface Finding {
  readonly state: 'ok' | 'skipped' | 'bad';
  readonly what: string;
}

export const ok = (what: string): Finding => ({ state: 'ok', what });
export const skipped = (what: string): Finding => ({ state: 'skipped', what });
/** `todo`: what to do about it. */
export const bad = (what: string, todo: string): Finding => ({ state: 'bad', what: `${what}: ${todo}` });
