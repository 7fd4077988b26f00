import type { Name } from '../wire/name.ts';
import type { CacheKind } from './cache.ts';
import type { Rr } from './rr.ts';
import type { NoReply } from './upstream.ts';

/** What came of a question, as the resolver tells it to whoever asked. */
export interface Resolution {
  readonly rcode: number;
  readonly answer: readonly Rr[];
  /** The SOA of a negative answer. */
  readonly authority: readonly Rr[];
  readonly cached: 'all' | 'part' | 'none';
  /** What was done for it, in this order. */
  readonly steps: readonly Step[];
  /** Microseconds. */
  readonly took: number;
}

/**
 * Why a resolver gave up. `foreign`: outside our zones. `elsewhere`: delegated to name servers that are not ours. `lame`: those who
 * should know the zone do not. `loop`, `limit`: the way leads back, or is too long. `rcode`: the server refused or failed.
 */
export type Stop = NoReply | 'foreign' | 'elsewhere' | 'lame' | 'loop' | 'limit' | 'rcode';

export type Step =
  | { kind: 'cache'; name: Name; type: number; held: CacheKind; remaining: number }
  | QueryStep
  | { kind: 'alias'; name: Name; target: Name }
  | { kind: 'referral'; name: Name; nameservers: readonly Name[]; glue: readonly string[] }
  | { kind: 'stop'; name: Name; reason: Stop; detail?: string };

export interface QueryStep {
  readonly kind: 'query';
  readonly name: Name;
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
  /** Where a delegation led; absent for the server that all begins with. */
  readonly server?: string;
  /** Null: no answer came. */
  readonly rcode: number | null;
  readonly answers: number;
  readonly truncated: boolean;
  readonly took: number;
}
