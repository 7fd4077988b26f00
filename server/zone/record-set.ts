import type { Name } from '../wire/name.ts';
import { checkAddition, checkRemoval, type Fault } from './check.ts';
import type { ZoneRecord } from './rrset.ts';

/** Records of one zone that go together: each that is added is checked against those that are there, its siblings alone. */
export class RecordSet {
  readonly records: ZoneRecord[] = [];
  private readonly origin: Name;
  private readonly siblings = new Map<string, ZoneRecord[]>();

  /** `records` go together already. */
  constructor(origin: Name, records: Iterable<ZoneRecord> = []) {
    this.origin = origin;
    for (const record of records) this.take(record);
  }

  /** Takes a record in, or says what speaks against it. `duplicate` says that it is there already. */
  add(record: ZoneRecord): Fault[] {
    const faults = checkAddition(record, this.siblings.get(record.owner.key) ?? [], this.origin);
    if (faults.length === 0) this.take(record);
    return faults;
  }

  /** What `needed`, which every zone has at its top, is missing: the records say of what kind it must be. */
  missing(needed: readonly ZoneRecord[]): Fault[] {
    const atApex = this.siblings.get(this.origin.key) ?? [];
    return needed.flatMap((record) => checkRemoval(record, atApex, this.origin));
  }

  private take(record: ZoneRecord): void {
    this.records.push(record);
    const key = record.owner.key;
    const siblings = this.siblings.get(key);
    if (siblings === undefined) this.siblings.set(key, [record]);
    else siblings.push(record);
  }
}
