import type { Hub } from '../querylog/hub.ts';
import type { ZoneSet } from '../zone/zone-set.ts';
import { Zone } from '../zone/zone.ts';
import type { StoredEdit } from './edits.ts';
import type { StoredRecord, ZoneChange } from './zone-change.ts';
import type { StoredZone, ZoneStore } from './zones.ts';

interface Deps {
  readonly zones: ZoneStore;
  readonly zoneSet: ZoneSet;
  readonly hub: Hub;
  readonly clock: { now(): number };
}

/**
 * The one road on which a zone changes: into the store, to whoever answers, to whoever looks on. Who edits reads the records and
 * comes here in one run, without waiting for anything in between, so that no two edits can interleave.
 */
export class ZoneEdits {
  private readonly deps: Deps;

  constructor({ zones, zoneSet, hub, clock }: Deps) {
    this.deps = { zones, zoneSet, hub, clock };
  }

  /** Applies an edit that was found to be right. Returns all records of the zone after it. */
  apply({ id, origin }: StoredZone, how: Pick<StoredEdit, 'kind' | 'key'>, change: ZoneChange): StoredRecord[] {
    const { zones, zoneSet, hub, clock } = this.deps;
    const records = zones.change(id, change, { ...how, time: clock.now() });
    const next = Zone.of(id, origin, records);
    zoneSet.set(next);
    for (const viewer of hub.viewersOf(id)) viewer.recordsChanged(next.serial);
    return records;
  }
}
