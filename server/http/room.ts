import type { ZoneRecord } from '../zone/rrset.ts';
import type { HttpDeps } from './deps.ts';
import type { Limits } from './limits.ts';
import { Refusal, type ErrorCode } from './errors.ts';
import { SourceQuota } from './source-quota.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** What stands for everybody together where sources are told apart. */
const EVERYBODY = 'everybody';

/** One thing that a zone would have too much of. */
export interface Surplus {
  readonly code: 'too_many_records' | 'too_many_names' | 'too_many_octets';
  readonly message: string;
}

/** How much room there is for zones, for what is in them, and for calls. Quotas are refused with 429 and the time to come back. */
export class Room {
  private readonly zoneSet: HttpDeps['zoneSet'];
  private readonly limits: HttpDeps['settings']['limits'];
  private readonly clock: HttpDeps['clock'];
  private readonly calls: SourceQuota;
  private readonly callsOfZone: SourceQuota;
  private readonly zones: SourceQuota;
  private readonly allZones: SourceQuota;

  constructor({ zoneSet, settings, clock }: Pick<HttpDeps, 'zoneSet' | 'clock'> & { settings: { readonly limits: Limits } }) {
    this.zoneSet = zoneSet;
    this.limits = settings.limits;
    this.clock = clock;
    this.calls = new SourceQuota(this.limits.callsPerMinute, MINUTE_MS);
    this.callsOfZone = new SourceQuota(this.limits.callsPerZone, MINUTE_MS);
    this.zones = new SourceQuota(this.limits.zonesPerDay, DAY_MS);
    this.allZones = new SourceQuota(this.limits.allZonesPerDay, DAY_MS);
  }

  takeCall(address: string): void {
    this.calls.demand(address, this.clock.monotonic(), 'too_many_calls');
  }

  takeCallOfZone(zoneId: number): void {
    this.callsOfZone.demand(`zone ${zoneId}`, this.clock.monotonic(), 'too_many_calls');
  }

  /** The same for those who are not told by HTTP: whether it is one too many. */
  isTooOften(zoneId: number): boolean {
    return this.callsOfZone.take(`zone ${zoneId}`, this.clock.monotonic()) > 0;
  }

  /** Refuses one zone too many: from one address, in a day, or in all. */
  takeZone(address: string): void {
    if (this.zoneSet.size >= this.limits.zones) throw new Refusal('too_many_zones');
    this.checkHouse();
    this.zones.demand(address, this.clock.monotonic(), 'too_many_sessions');
    this.allZones.demand(EVERYBODY, this.clock.monotonic(), 'too_many_zones');
  }

  /** Refuses more records when all zones together have taken what memory there is for them. */
  checkHouse(): void {
    if (this.zoneSet.byteLength >= this.limits.zoneOctets) throw new Refusal('server_full');
  }

  /** What speaks against a zone with these records, for those who are not told by HTTP; null for nothing. */
  refusalOf(records: readonly ZoneRecord[]): string | null {
    if (this.zoneSet.byteLength >= this.limits.zoneOctets) return 'There is no more room here for records at the moment.';
    return this.findSurplus(records)?.message ?? null;
  }

  /** Refuses what makes a zone too large. */
  checkZone(records: readonly ZoneRecord[]): void {
    const surplus = this.findSurplus(records);
    if (surplus !== null) throw new Refusal(surplus.code, { message: surplus.message });
  }

  /** What a zone with these records would have too much of. */
  findSurplus(records: readonly ZoneRecord[]): Surplus | null {
    const { recordsPerZone, namesPerZone, octetsPerZone } = this.limits;
    if (records.length > recordsPerZone) return surplus('too_many_records', recordsPerZone, 'records', records.length);
    const names = new Set(records.map(({ owner }) => owner.key)).size;
    if (names > namesPerZone) return surplus('too_many_names', namesPerZone, 'names', names);
    const octets = records.reduce((sum, { rdata }) => sum + rdata.length, 0);
    return octets > octetsPerZone ? surplus('too_many_octets', octetsPerZone, 'octets of data', octets) : null;
  }
}

function surplus(code: Surplus['code'] & ErrorCode, limit: number, what: string, count: number): Surplus {
  return {
    code,
    message: `A subdomain has room for ${limit} ${what}, and this would make ${count}. Delete some first.`,
  };
}
