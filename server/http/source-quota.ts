import { isMappedIpv4, parseAddress } from '../wire/address.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Sources remembered at most, a hundred octets or so each. */
const MAX_SOURCES = 10_000;

/** So many an hour for each source, all at once if need be: a bucket of tokens that fills again all the time. */
export class SourceQuota {
  /** Milliseconds in which one token grows. */
  private readonly interval: number;
  /** When the bucket of each source will be full again, the source seen last at the end. */
  private readonly fullAt = new Map<string, number>();

  constructor(perHour: number) {
    this.interval = HOUR_MS / perHour;
  }

  /** Takes one token for an address. Returns 0, or after how many whole seconds there will be one. */
  take(address: string, now: number): number {
    const source = sourceOf(address);
    const fullAt = Math.max(now, this.fullAt.get(source) ?? now) + this.interval;
    const wait = fullAt - now - HOUR_MS;
    if (wait > 0) return Math.ceil(wait / 1000);
    // A source that was quiet longest is forgotten first: its bucket is full, or nearly so.
    this.fullAt.delete(source);
    this.fullAt.set(source, fullAt);
    if (this.fullAt.size > MAX_SOURCES) this.fullAt.delete(this.fullAt.keys().next().value!);
    return 0;
  }
}

/** One household: an IPv4 address, or the /64 that an IPv6 host picks its addresses from (RFC 4291 §2.5.1). */
function sourceOf(address: string): string {
  const octets = parseAddress(address);
  if (octets === null || octets.length === 4) return address;
  return Buffer.from(isMappedIpv4(octets) ? octets.subarray(12) : octets.subarray(0, 8)).toString('hex');
}
