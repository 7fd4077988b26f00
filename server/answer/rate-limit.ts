import type { Exchange } from './exchange.ts';

/** What may be done with an answer. */
export const VERDICT = {
  SEND: 0,
  /** Send it empty with TC set: a real client then comes over TCP, which nobody can forge. */
  SLIP: 1,
  DROP: 2,
} as const;
export type Verdict = (typeof VERDICT)[keyof typeof VERDICT];

/** Buckets. One that another source needs is given to it, so memory is fixed and forgetting errs on the side of answering. */
const BUCKETS = 1 << 14;
/** Of the answers over the limit, one in this many slips through truncated. */
const SLIP = 2;
/** Octets of the source that make a network: /24 and /56, as in BIND's and NSD's rate limiting. */
const IPV4_PREFIX = 3;
const IPV6_PREFIX = 7;

/**
 * Response rate limiting: the same answer goes to the same network at most so often in a second, for that is what a flood
 * with a forged source looks like. "The same" means same name and kind; see `Answerer.identity`.
 */
export class RateLimit {
  private readonly perSecond: number;
  private readonly keys = new Int32Array(BUCKETS);
  private readonly credits = new Float32Array(BUCKETS);
  private readonly seenAt = new Float64Array(BUCKETS);
  private readonly excess = new Uint8Array(BUCKETS);

  /** `perSecond` answers, and as many at once after a second of silence. */
  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  /** Counts one answer; `now` in milliseconds that never go back. */
  judge(exchange: Exchange, identity: number, now: number): Verdict {
    if (isLoopback(exchange)) return VERDICT.SEND;
    const key = hashSource(exchange, identity);
    const bucket = key & (BUCKETS - 1);
    const earned = ((now - this.seenAt[bucket]!) / 1000) * this.perSecond;
    const known = this.keys[bucket] === key;
    const credit = known ? Math.min(this.credits[bucket]! + earned, this.perSecond) : this.perSecond;
    this.keys[bucket] = key;
    this.seenAt[bucket] = now;
    if (credit >= 1) {
      this.credits[bucket] = credit - 1;
      return VERDICT.SEND;
    }
    this.credits[bucket] = credit;
    return ++this.excess[bucket]! % SLIP === 0 ? VERDICT.SLIP : VERDICT.DROP;
  }
}

/** No packet from the network can have such a source: whoever sends it is on this machine. */
function isLoopback({ address, addressLength }: Exchange): boolean {
  if (addressLength === 4) return address[0] === 127;
  for (let i = 0; i < 15; i++) if (address[i] !== 0) return false;
  return address[15] === 1;
}

function hashSource({ address, addressLength }: Exchange, identity: number): number {
  let hash = identity ^ addressLength;
  const prefix = addressLength === 4 ? IPV4_PREFIX : IPV6_PREFIX;
  for (let i = 0; i < prefix; i++) hash = Math.imul(hash ^ address[i]!, 0x01000193);
  // The low bits choose the bucket, and the multiplication above stirs the high ones best.
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 0;
}
