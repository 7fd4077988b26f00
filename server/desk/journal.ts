import { identityOf } from '../store/edits.ts';
import type { Difference } from '../transfer/contents.ts';
import type { Name } from '../wire/name.ts';
import { isNewer } from '../zone/apex.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { ZoneSet, ZoneWatcher } from '../zone/zone-set.ts';
import type { Zone } from '../zone/zone.ts';

/** Zones that no visitor owns have no history in the store. */
const NOBODY = 0;
/** Versions back that are known, and the records in all of their differences: who has an older one takes the whole zone. */
const MAX_STEPS = 20;
const MAX_RECORDS = 20_000;

interface Step extends Difference {
  /** The serial before it. */
  readonly from: number;
}

interface Course {
  now: Zone;
  steps: readonly Step[];
}

/** What became different in zones of files each time that they were read again, so that secondaries take that and not all of it (RFC 1995 §5). */
export class Journal implements ZoneWatcher {
  private readonly courses = new Map<string, Course>();

  constructor(zones: ZoneSet) {
    for (const zone of zones) this.zoneSet(zone);
    zones.watch(this);
  }

  zoneSet(zone: Zone): void {
    if (zone.id !== NOBODY) return;
    const course = this.courses.get(zone.origin.key);
    if (course === undefined) {
      this.courses.set(zone.origin.key, { now: zone, steps: [] });
      return;
    }
    const { now: before, steps } = course;
    course.now = zone;
    // A serial that did not rise tells nobody anything; one that fell ends what was known.
    if (isNewer(zone.serial, before.serial))
      course.steps = newest([...steps, { from: before.serial, ...compare(before, zone) }]);
    else if (zone.serial !== before.serial) course.steps = [];
  }

  zoneDeleted(origin: Name): void {
    this.courses.delete(origin.key);
  }

  /** What the zone lost and gained since it had a serial; null when that is not known. */
  since(origin: Name, serial: number): Difference | null {
    const steps = this.courses.get(origin.key)?.steps ?? [];
    const first = steps.findIndex(({ from }) => from === serial);
    if (first < 0) return null;
    const removed = new Map<string, ZoneRecord>();
    const added = new Map<string, ZoneRecord>();
    for (const step of steps.slice(first)) {
      // What came and went again meanwhile, or went and came, is nothing to tell.
      for (const record of step.removed) if (!added.delete(identityOf(record))) removed.set(identityOf(record), record);
      for (const record of step.added) if (!removed.delete(identityOf(record))) added.set(identityOf(record), record);
    }
    return { removed: [...removed.values()], added: [...added.values()] };
  }
}

/** Compares two versions with one of them in a table: they may be large. */
function compare(before: Zone, after: Zone): Difference {
  const removed = new Map<string, ZoneRecord>();
  for (const record of before.records()) removed.set(identityOf(record), record);
  const added: ZoneRecord[] = [];
  for (const record of after.records()) if (!removed.delete(identityOf(record))) added.push(record);
  return { removed: [...removed.values()], added };
}

/** The newest steps that are within the limits. */
function newest(steps: readonly Step[]): Step[] {
  let count = 0;
  const kept: Step[] = [];
  for (const step of steps.toReversed()) {
    count += step.removed.length + step.added.length;
    if (count > MAX_RECORDS || kept.length === MAX_STEPS) break;
    kept.unshift(step);
  }
  return kept;
}
