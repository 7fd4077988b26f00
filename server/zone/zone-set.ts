import { hashOf, suffixEquals, type LabelSequence, type Name } from '../wire/name.ts';
import type { Zone } from './zone.ts';

/** Who has to know which zones there are. */
export interface ZoneWatcher {
  zoneSet(zone: Zone): void;
  zoneDeleted(origin: Name): void;
}

/**
 * All zones that we answer for. A zone is replaced by one assignment: a query in flight keeps the zone it began with.
 * Zones whose origins have the same hash stand in one list; there is hardly ever more than one.
 */
export class ZoneSet {
  private readonly zones = new Map<number, Zone[]>();
  private readonly watchers: ZoneWatcher[] = [];
  private octets = 0;

  /** All zones, in no particular order. */
  *[Symbol.iterator](): Iterator<Zone> {
    for (const bucket of this.zones.values()) yield* bucket;
  }

  /** Lets somebody know of every change from now on, after it was made. */
  watch(watcher: ZoneWatcher): void {
    this.watchers.push(watcher);
  }

  get size(): number {
    let count = 0;
    for (const bucket of this.zones.values()) count += bucket.length;
    return count;
  }

  /** Octets that all zones take in memory. */
  get byteLength(): number {
    return this.octets;
  }

  /** Adds a zone, or takes the place of the one with the same origin. */
  set(zone: Zone): void {
    const others = this.others(zone.apexName);
    this.octets += zone.memory.byteLength - this.octetsOf(zone.apexName);
    // A list that is made with its only item has no room to spare.
    this.zones.set(hashOf(zone.apexName, 0), others.length === 0 ? [zone] : [...others, zone]);
    for (const watcher of this.watchers) watcher.zoneSet(zone);
  }

  delete(origin: Name): void {
    const others = this.others(origin);
    this.octets -= this.octetsOf(origin);
    if (others.length > 0) this.zones.set(hashOf(origin, 0), others);
    else this.zones.delete(hashOf(origin, 0));
    for (const watcher of this.watchers) watcher.zoneDeleted(origin);
  }

  /** The zone nearest to a name, RFC 1034 §4.3.2 step 2, among suffixes from label `from` on; null outside all zones. */
  closest(name: LabelSequence, from = 0): Zone | null {
    for (let label = from; label <= name.labelCount; label++) {
      const bucket = this.zones.get(hashOf(name, label));
      if (bucket === undefined) continue;
      for (let i = 0; i < bucket.length; i++) if (suffixEquals(bucket[i]!.apexName, 0, name, label)) return bucket[i]!;
    }
    return null;
  }

  private octetsOf(origin: LabelSequence): number {
    const zone = this.closest(origin);
    return zone !== null && suffixEquals(zone.apexName, 0, origin, 0) ? zone.memory.byteLength : 0;
  }

  private others(origin: LabelSequence): Zone[] {
    return (this.zones.get(hashOf(origin, 0)) ?? []).filter((zone) => !suffixEquals(zone.apexName, 0, origin, 0));
  }
}
