import type { Exchange } from './exchange.ts';

/** What may be done with an answer. */
export const VERDICT = {
  SEND: 0,
  /** Send it empty with TC set: a real client then comes over TCP, which nobody can forge. */
  SLIP: 1,
  DROP: 2,
} as const;
export type Verdict = (typeof VERDICT)[keyof typeof VERDICT];

/**
 * Buckets of each kind. Who has the same bucket shares what is in it: memory is fixed, and nobody can fill it up anew by sending
 * as somebody else in between. A flood that empties one leaves one in so many of all others to TCP.
 */
const BUCKETS = 1 << 14;
/** Of the answers over the limit, one in this many slips through truncated. */
const SLIP = 2;
/** Octets of the source that make a network: /24 and /56, as in BIND's and NSD's rate limiting. */
const IPV4_PREFIX = 3;
const IPV6_PREFIX = 7;

/**
 * Response rate limiting: the same answer goes to the same network at most so often in a second, for that is what a flood
 * with a forged source looks like. "The same" means same name and kind; see `Answerer.identity`.
 *
 * Anybody can make a zone of many names with large records, and ask for one after the other. So a network also gets at most as many
 * octets of records as so many of the largest answers have, whatever they say.
 */
export class RateLimit {
  private readonly answers: Buckets;
  private readonly octets: Buckets;
  private excess = 0;

  /** `perSecond` answers, and as many at once after a second of silence, of at most `size` octets. */
  constructor(perSecond: number, size: number) {
    this.answers = new Buckets(perSecond);
    this.octets = new Buckets(perSecond * size);
  }

  /** Counts one answer with so many octets of records; `now` in milliseconds that never go back. */
  judge(exchange: Exchange, identity: number, octets: number, now: number): Verdict {
    if (isLoopback(exchange)) return VERDICT.SEND;
    const network = hashNetwork(exchange);
    if (this.answers.take(mix(network ^ identity), 1, now) && this.octets.take(mix(network), octets, now)) return VERDICT.SEND;
    return ++this.excess % SLIP === 0 ? VERDICT.SLIP : VERDICT.DROP;
  }
}

/** Buckets that run full in a second. */
class Buckets {
  private readonly room: number;
  private readonly credits: Float32Array;
  private readonly seenAt = new Float64Array(BUCKETS);

  constructor(room: number) {
    this.room = room;
    this.credits = new Float32Array(BUCKETS).fill(room);
  }

  /** Takes `amount` out of the bucket that `key` has, if that much is in it. */
  take(key: number, amount: number, now: number): boolean {
    const bucket = key & (BUCKETS - 1);
    const earned = ((now - this.seenAt[bucket]!) / 1000) * this.room;
    const credit = Math.min(this.credits[bucket]! + earned, this.room);
    const isEnough = credit >= amount;
    this.seenAt[bucket] = now;
    this.credits[bucket] = isEnough ? credit - amount : credit;
    return isEnough;
  }
}

/** No packet from the network can have such a source: whoever sends it is on this machine. */
function isLoopback({ address, addressLength }: Exchange): boolean {
  if (addressLength === 4) return address[0] === 127;
  for (let i = 0; i < 15; i++) if (address[i] !== 0) return false;
  return address[15] === 1;
}

function hashNetwork({ address, addressLength }: Exchange): number {
  let hash = addressLength;
  const prefix = addressLength === 4 ? IPV4_PREFIX : IPV6_PREFIX;
  for (let i = 0; i < prefix; i++) hash = Math.imul(hash ^ address[i]!, 0x01000193);
  return hash;
}

/** The low bits choose the bucket, and multiplication stirs the high ones best. */
function mix(hash: number): number {
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return stirred ^ (stirred >>> 13);
}
