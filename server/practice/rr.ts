import type { Name } from '../wire/name.ts';

/** A record of class IN as resolvers pass it on: RDATA uncompressed, TTL in seconds. */
export interface Rr {
  readonly owner: Name;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}
