import { createHash } from 'node:crypto';
import { TYPE } from '../wire/codes.ts';
import { FOLD, Name } from '../wire/name.ts';
import { Writer } from '../wire/writer.ts';
import type { ZoneRecord } from '../zone/rrset.ts';
import type { ZoneSet, ZoneWatcher } from '../zone/zone-set.ts';
import { Zone } from '../zone/zone.ts';
import type { Difference } from './contents.ts';

const TTL = 0;
const REFRESH = 60;
const RETRY = 10;
const EXPIRE = 2_147_483_646;
/** Milliseconds that changes are gathered: a second, so that a serial which is the time never runs ahead of it. */
const GATHER = 1000;
/** Members that came and went of which we know when, so that a secondary gets only those. */
const MAX_REMEMBERED = 10_000;
/** Nobody's zone: it is not answered, only transferred. */
const NOBODY = 0;

interface Change {
  readonly record: ZoneRecord;
  readonly isAdded: boolean;
}

/**
 * The catalog zone (RFC 9432): a zone that lists all our zones, so that a secondary which follows it follows every new zone, and
 * forgets every one that is gone. Its serial is the time, so that it rises over restarts too.
 */
export class Catalog implements ZoneWatcher {
  readonly origin: Name;
  private readonly clock: { now(): number };
  private readonly onChange: () => void;
  /** All members, and those that the catalog has as it was published last. */
  private readonly members = new Map<string, ZoneRecord>();
  private readonly published: Map<string, ZoneRecord>;
  private pending: Change[] = [];
  /** With the serial that had each first. */
  private readonly changes: (Change & { readonly serial: number })[] = [];
  /** From this serial on we know every change. */
  private knownSince: number;
  private serial: number;
  private current: Zone | null = null;
  private timer: NodeJS.Timeout | null = null;

  /** `onChange` is told of every new version. */
  constructor(origin: Name, zones: ZoneSet, clock: { now(): number }, onChange: () => void) {
    this.origin = origin;
    this.clock = clock;
    this.onChange = onChange;
    this.knownSince = this.serial = this.seconds;
    for (const zone of zones) this.members.set(zone.origin.key, this.memberOf(zone));
    this.published = new Map(Array.from(this.members.values(), (record) => [record.owner.key, record]));
    zones.watch(this);
  }

  /** The catalog as it is now. */
  get zone(): Zone {
    this.current ??= Zone.of(NOBODY, this.origin, this.records());
    return this.current;
  }

  zoneSet(zone: Zone): void {
    const record = this.memberOf(zone);
    const known = this.members.get(zone.origin.key);
    // An edit of a zone that is listed is none of the list.
    if (known?.owner.equals(record.owner) === true) return;
    if (known !== undefined) this.change(known, false);
    this.members.set(zone.origin.key, record);
    this.change(record, true);
  }

  zoneDeleted(origin: Name): void {
    const known = this.members.get(origin.key);
    if (known === undefined) return;
    this.members.delete(origin.key);
    this.change(known, false);
  }

  /** What came and went since a serial; null when that was too long ago. */
  since(serial: number): Difference | null {
    if (serial < this.knownSince) return null;
    const net = new Map<string, Change>();
    for (const change of this.changes) {
      if (change.serial <= serial) continue;
      // What came and went again meanwhile is nothing to tell.
      if (!net.delete(change.record.owner.key)) net.set(change.record.owner.key, change);
    }
    const all = [...net.values()];
    return {
      removed: all.filter(({ isAdded }) => !isAdded).map(({ record }) => record),
      added: all.filter(({ isAdded }) => isAdded).map(({ record }) => record),
    };
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private change(record: ZoneRecord, isAdded: boolean): void {
    this.pending.push({ record, isAdded });
    this.timer ??= setTimeout(() => this.publish(), GATHER);
  }

  private publish(): void {
    this.timer = null;
    this.serial = Math.max(this.serial + 1, this.seconds);
    for (const { record, isAdded } of this.pending) {
      this.changes.push({ serial: this.serial, record, isAdded });
      if (isAdded) this.published.set(record.owner.key, record);
      else this.published.delete(record.owner.key);
    }
    this.pending = [];
    while (this.changes.length > MAX_REMEMBERED) this.knownSince = this.changes.shift()!.serial;
    this.current = null;
    this.onChange();
  }

  private get seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** RFC 9432 §4.1 and §4.3: SOA, an NS that means nothing, the version, the members. */
  private records(): ZoneRecord[] {
    const nothing = Name.fromText('invalid.') as Name;
    const soa = new Writer(new Uint8Array(64));
    soa.bytes(nothing.octets);
    soa.bytes(nothing.octets);
    for (const number of [this.serial, REFRESH, RETRY, EXPIRE, TTL]) soa.u32(number);
    const version = Name.fromText('version', this.origin) as Name;
    return [
      { owner: this.origin, type: TYPE.SOA, ttl: TTL, rdata: soa.octets.slice(0, soa.position) },
      { owner: this.origin, type: TYPE.NS, ttl: TTL, rdata: nothing.octets },
      { owner: version, type: TYPE.TXT, ttl: TTL, rdata: Uint8Array.of(1, 0x32) },
      ...this.published.values(),
    ];
  }

  /** The label of a member says which zone it is, not what it is called: a name that is given again is another zone (§4.3). */
  private memberOf({ id, origin }: Zone): ZoneRecord {
    const label = id === NOBODY ? `n${hashOf(origin)}` : `z${id}`;
    return { owner: Name.fromText(`${label}.zones`, this.origin) as Name, type: TYPE.PTR, ttl: TTL, rdata: origin.octets };
  }
}

function hashOf({ octets }: Name): string {
  const folded = octets.map((octet) => FOLD[octet]!);
  return createHash('sha256').update(folded).digest('hex').slice(0, 32);
}
