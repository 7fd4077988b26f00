import { isMappedIpv4, parseAddress } from '../wire/address.ts';
import { Refusal, type ErrorCode } from './errors.ts';

export const HOUR_MS = 60 * 60 * 1000;
/** Sources remembered at most, a hundred octets or so each. */
const MAX_SOURCES = 10_000;

/** So many in a period for each source, all at once if need be: a bucket of tokens that fills again all the time. */
export class SourceQuota {
  private readonly period: number;
  /** Milliseconds in which one token grows. */
  private readonly interval: number;
  /** When the bucket of each source will be full again, the source seen last at the end. */
  private readonly fullAt = new Map<string, number>();

  constructor(count: number, period = HOUR_MS) {
    this.period = period;
    this.interval = period / count;
  }

  /** Takes one token for an address, or whatever else tells sources apart. Returns 0, or after how many whole seconds there will be one. */
  take(source: string, now: number): number {
    const key = sourceOf(source);
    const fullAt = Math.max(now, this.fullAt.get(key) ?? now) + this.interval;
    const wait = fullAt - now - this.period;
    if (wait > 0) return Math.ceil(wait / 1000);
    // A source that was quiet longest is forgotten first: its bucket is full, or nearly so.
    this.fullAt.delete(key);
    this.fullAt.set(key, fullAt);
    if (this.fullAt.size > MAX_SOURCES) this.fullAt.delete(this.fullAt.keys().next().value!);
    return 0;
  }

  /** The same, refusing with `code` when there is none. */
  demand(source: string, now: number, code: ErrorCode): void {
    const wait = this.take(source, now);
    if (wait > 0) throw new Refusal(code, { headers: { 'retry-after': String(wait) } });
  }
}

/** One household: an IPv4 address, or the /64 that an IPv6 host picks its addresses from (RFC 4291 §2.5.1). */
export function sourceOf(address: string): string {
  const octets = parseAddress(address);
  if (octets === null || octets.length === 4) return address;
  return Buffer.from(isMappedIpv4(octets) ? octets.subarray(12) : octets.subarray(0, 8)).toString('hex');
}
