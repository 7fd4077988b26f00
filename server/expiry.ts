import type { Logger } from 'pino';
import { ClockWatch, GRACE_MS, type systemClock } from './clock.ts';
import { writeIfPossible } from './store/fault.ts';
import type { QueryLog } from './store/query-log.ts';
import type { SessionStore } from './store/sessions.ts';
import type { ZoneStore } from './store/zones.ts';
import type { ZoneSet } from './zone/zone-set.ts';

/** How often we look, unless zones live shorter than that. */
const INTERVAL_MS = 3_600_000;
/** Zones that are deleted in one go; answers go out before the next. */
const STEP = 20;

interface Stores {
  readonly zones: ZoneStore;
  readonly sessions: SessionStore;
  readonly queryLog: QueryLog;
  readonly zoneSet: ZoneSet;
}

/**
 * Deletes sessions that have ended by themselves, and zones whose owners have stayed away for longer than `zoneMaxAge`. A clock that
 * says a wrong year must not delete everything, so both wait for a day after it jumped.
 */
export class Expiry {
  private readonly stores: Stores;
  private readonly zoneMaxAge: number;
  private readonly clock: typeof systemClock;
  private readonly watch: ClockWatch;
  private readonly logger: Logger;
  private readonly timer: NodeJS.Timeout;

  /** `zoneMaxAge` in milliseconds; 0: zones stay for ever. */
  constructor(stores: Stores, zoneMaxAge: number, clock: typeof systemClock, logger: Logger) {
    this.stores = stores;
    this.zoneMaxAge = zoneMaxAge;
    this.clock = clock;
    this.logger = logger;
    this.watch = new ClockWatch(clock);
    const away = Math.abs(clock.now() - (stores.zones.lastAlive() ?? clock.now()));
    if (away > GRACE_MS) this.watch.doubt();
    this.timer = setInterval(() => this.run(), zoneMaxAge === 0 ? INTERVAL_MS : Math.min(INTERVAL_MS, zoneMaxAge));
  }

  run(): void {
    writeIfPossible(() => this.stores.zones.noteAlive(this.clock.now()));
    if (this.watch.steadyFor() < GRACE_MS) {
      this.logger.warn(
        'the clock jumped, or the server was away for days: nothing is deleted for its age before a day is over',
      );
      return;
    }
    this.stores.sessions.deleteExpired(this.clock.now());
    if (this.zoneMaxAge > 0) this.deleteZones();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** First no answer any more, then no record; the query log last, because it is the largest. */
  private deleteZones(): void {
    const { zones, zoneSet, queryLog } = this.stores;
    const gone = zones.deleteUnseen(this.clock.now() - this.zoneMaxAge, STEP);
    for (const { id, origin } of gone) {
      zoneSet.delete(origin);
      queryLog.clear(id);
    }
    if (gone.length > 0) this.logger.info({ count: gone.length }, 'subdomains that nobody came back for were deleted');
    if (gone.length === STEP) setImmediate(() => this.deleteZones());
  }
}
