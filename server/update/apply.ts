import { CLASS, TYPE } from '../wire/codes.ts';
import type { Name } from '../wire/name.ts';
import { isNewer, serialOf } from '../zone/apex.ts';
import { isSameData, SINGLETONS } from '../zone/check.ts';
import { recordKey, type ZoneRecord } from '../zone/rrset.ts';
import type { UpdateRecord } from './message.ts';

/**
 * The records of a zone after an update, RFC 2136 §3.4.2. What the document says to pass over in silence is passed over: data beside
 * a CNAME, an SOA that is no newer, and taking away what makes a zone a zone.
 */
export function applyUpdate(updates: readonly UpdateRecord[], records: readonly ZoneRecord[], origin: Name): ZoneRecord[] {
  const zone = new Draft(records, origin);
  for (const { class: rrclass, ...record } of updates) {
    if (rrclass === CLASS.IN) zone.add(record);
    else if (rrclass === CLASS.NONE) zone.remove(record);
    else zone.removeAll(record);
  }
  return zone.records();
}

/** The records of a zone by owner, as they are changed. */
class Draft {
  private readonly origin: Name;
  private readonly owners = new Map<string, ZoneRecord[]>();

  constructor(records: readonly ZoneRecord[], origin: Name) {
    this.origin = origin;
    for (const record of records) this.owners.set(record.owner.key, [...this.at(record.owner), record]);
  }

  records(): ZoneRecord[] {
    return [...this.owners.values()].flat();
  }

  /** RFC 2136 §3.4.2.2. */
  add(record: ZoneRecord): void {
    const siblings = this.at(record.owner);
    if (siblings.some(({ type }) => (type === TYPE.CNAME) !== (record.type === TYPE.CNAME))) return;
    if (record.type === TYPE.SOA && !this.isNewSoa(record, siblings)) return;
    const others = siblings.filter((other) => {
      if (other.type !== record.type) return true;
      return !SINGLETONS.has(record.type) && !isSameData(record, other);
    });
    // One TTL for the whole RRset, and the last one counts (RFC 2181 §5.2).
    const sharing = others.map((other) => (other.type === record.type ? { ...other, ttl: record.ttl } : other));
    this.owners.set(record.owner.key, [...sharing, record]);
  }

  /** Takes one record away, RFC 2136 §3.4.2.4. */
  remove(record: ZoneRecord): void {
    if (record.type === TYPE.SOA) return;
    const siblings = this.at(record.owner);
    const rrset = siblings.filter(({ type }) => type === record.type);
    const isLastNs = record.type === TYPE.NS && record.owner.equals(this.origin) && rrset.length === 1;
    if (isLastNs) return;
    this.keep(
      record.owner,
      siblings.filter((other) => other.type !== record.type || !isSameData(record, other)),
    );
  }

  /** Takes an RRset away, or all of a name, RFC 2136 §3.4.2.3. */
  removeAll({ owner, type }: Pick<ZoneRecord, 'owner' | 'type'>): void {
    const isNeeded = (other: ZoneRecord) => owner.equals(this.origin) && (other.type === TYPE.SOA || other.type === TYPE.NS);
    this.keep(
      owner,
      this.at(owner).filter((other) => isNeeded(other) || (type !== TYPE.ANY && other.type !== type)),
    );
  }

  private isNewSoa(record: ZoneRecord, siblings: readonly ZoneRecord[]): boolean {
    const present = siblings.find((other) => recordKey(other) === recordKey(record));
    return present !== undefined && isNewer(serialOf(record.rdata), serialOf(present.rdata));
  }

  private at(owner: Name): ZoneRecord[] {
    return this.owners.get(owner.key) ?? [];
  }

  private keep(owner: Name, records: ZoneRecord[]): void {
    if (records.length === 0) this.owners.delete(owner.key);
    else this.owners.set(owner.key, records);
  }
}
