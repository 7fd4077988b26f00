import type { Logger } from 'pino';
import type { systemClock } from './clock.ts';
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

/** Deletes sessions that have ended by themselves, and zones whose owners have stayed away for longer than `zoneMaxAge`. */
export class Expiry {
  private readonly stores: Stores;
  private readonly zoneMaxAge: number;
  private readonly clock: Pick<typeof systemClock, 'now'>;
  private readonly logger: Logger;
  private readonly timer: NodeJS.Timeout;

  /** `zoneMaxAge` in milliseconds; 0: zones stay for ever. */
  constructor(stores: Stores, zoneMaxAge: number, clock: Pick<typeof systemClock, 'now'>, logger: Logger) {
    this.stores = stores;
    this.zoneMaxAge = zoneMaxAge;
    this.clock = clock;
    this.logger = logger;
    this.timer = setInterval(() => this.run(), zoneMaxAge === 0 ? INTERVAL_MS : Math.min(INTERVAL_MS, zoneMaxAge));
  }

  run(): void {
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
      this.logger.info({ zone: origin.toText() }, 'a subdomain that nobody came back for was deleted');
    }
    if (gone.length === STEP) setImmediate(() => this.deleteZones());
  }
}
