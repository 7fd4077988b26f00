import type { Name } from '../wire/name.ts';
import type { Rr } from './rr.ts';

export type CacheKind = 'records' | 'nodata' | 'nxdomain' | 'delegation';

/** What is remembered of a name. For `nodata` and `nxdomain` the records are the SOA, for `delegation` NS and their glue. */
export interface CacheEntry {
  readonly kind: CacheKind;
  readonly name: Name;
  /** Null for `nxdomain`, which is about every type, RFC 2308 §5. */
  readonly type: number | null;
  readonly records: readonly Rr[];
  /** Seconds for which it was to be kept when it came. */
  readonly ttl: number;
  /** When it ends, in milliseconds of the clock of the cache. */
  readonly expires: number;
  /** How many answers it has served. */
  hits: number;
}

export interface CacheLimits {
  readonly entries: number;
  readonly octets: number;
}

/** What an entry takes beside its names and RDATA, roughly. */
const ENTRY_OCTETS = 300;
const RECORD_OCTETS = 150;

/**
 * What one resolver remembers for one zone's owner. Time is an argument, in milliseconds of whatever clock. The entry that came
 * first goes first when there are too many, or too large ones.
 */
export class Cache {
  private readonly limits: CacheLimits;
  /** By key, the oldest first. */
  private readonly entries = new Map<string, CacheEntry>();
  private size = 0;

  constructor(limits: CacheLimits) {
    this.limits = limits;
  }

  /** Octets that the entries take, roughly. */
  get octets(): number {
    return this.size;
  }

  /** The entry of a kind, unless its time is over. `type` is null for `nxdomain`. */
  find(kind: CacheKind, name: Name, type: number | null, now: number): CacheEntry | undefined {
    const key = keyOf(kind, name, type);
    const entry = this.entries.get(key);
    if (entry === undefined || entry.expires > now) return entry;
    this.remove(key, entry);
    return undefined;
  }

  /**
   * Keeps something for `ttl` seconds, in place of what it contradicts: records and NODATA of the same name and type, and a name
   * that is not there and anything at it. Nothing is kept for 0 seconds (RFC 1035 §3.2.1), or that would fill the cache alone.
   */
  put(entry: Omit<CacheEntry, 'hits' | 'expires'>, now: number): void {
    const { kind, name, type } = entry;
    if (kind === 'nxdomain') this.forgetName(name);
    else this.forget('nxdomain', name, null);
    if (kind === 'nodata') this.forget('records', name, type);
    if (kind === 'records') this.forget('nodata', name, type);
    this.forget(kind, name, type);
    if (entry.ttl <= 0 || octetsOf(entry) > this.limits.octets / 2) return;
    this.entries.set(keyOf(kind, name, type), { ...entry, expires: now + entry.ttl * 1000, hits: 0 });
    this.size += octetsOf(entry);
    this.makeRoom(now);
  }

  /** Everything whose time is not over, the newest first. */
  list(now: number): CacheEntry[] {
    this.sweep(now);
    return [...this.entries.values()].toReversed();
  }

  clear(): void {
    this.entries.clear();
    this.size = 0;
  }

  private makeRoom(now: number): void {
    if (!this.isFull()) return;
    this.sweep(now);
    for (const [key, entry] of this.entries) {
      if (!this.isFull()) return;
      this.remove(key, entry);
    }
  }

  private isFull(): boolean {
    return this.entries.size > this.limits.entries || this.size > this.limits.octets;
  }

  private sweep(now: number): void {
    for (const [key, entry] of this.entries) if (entry.expires <= now) this.remove(key, entry);
  }

  private forget(kind: CacheKind, name: Name, type: number | null): void {
    const key = keyOf(kind, name, type);
    const entry = this.entries.get(key);
    if (entry !== undefined) this.remove(key, entry);
  }

  private forgetName(name: Name): void {
    for (const [key, entry] of this.entries) if (entry.name.equals(name)) this.remove(key, entry);
  }

  private remove(key: string, entry: CacheEntry): void {
    this.entries.delete(key);
    this.size -= octetsOf(entry);
  }
}

/** What tells one thing to be known from another. */
export function keyOf(kind: CacheKind, name: Name, type: number | null): string {
  return `${kind} ${type ?? ''} ${name.key}`;
}

function octetsOf({ name, records }: Pick<CacheEntry, 'name' | 'records'>): number {
  return records.reduce(
    (sum, { owner, rdata }) => sum + RECORD_OCTETS + owner.octets.length + rdata.length,
    ENTRY_OCTETS + name.octets.length,
  );
}
