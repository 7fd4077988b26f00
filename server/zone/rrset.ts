import { CLASS } from '../wire/codes.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Name } from '../wire/name.ts';
import { embeddedNames, rdataType, type EmbeddedNames } from '../wire/rdata.ts';

/** One record as zones are made from: RDATA in wire form with its names uncompressed. */
export interface ZoneRecord {
  readonly owner: Name;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

/** One RDATA with what answering needs of it, found once when the zone is built. */
export interface Rdata {
  readonly octets: Uint8Array;
  readonly embedded: EmbeddedNames | null;
}

/** All records of one owner and type. They share one TTL, RFC 2181 §5.2. */
export interface Rrset {
  readonly owner: Name;
  readonly type: number;
  /** IN, but for the few CHAOS names that a server answers about itself. */
  readonly class: number;
  readonly ttl: number;
  readonly rdatas: readonly Rdata[];
  /** Whether the names in it may be compressed, RFC 3597 §4. */
  readonly compress: boolean;
}

/** Gathers records of one owner and type; the lowest TTL counts where they differ, RFC 2181 §5.2. */
export function makeRrset(records: readonly ZoneRecord[]): Rrset {
  const { owner, type } = records[0]!;
  return {
    owner,
    type,
    class: CLASS.IN,
    ttl: records.reduce((lowest, record) => Math.min(lowest, record.ttl), Infinity),
    rdatas: records.map(({ rdata }) => ({ octets: rdata, embedded: embeddedNames(type, rdata) })),
    compress: rdataType(type).compress,
  };
}

/** What an RRset of this many octets of RDATA leaves of a message for the header, the question, the owner and OPT. */
export const MAX_RRSET = MAX_MESSAGE - 2048;

/** Octets that an RRset takes in a message when its owner is compressed and nothing else is. */
export function rrsetSize(records: readonly ZoneRecord[]): number {
  return records.reduce((size, record) => size + 12 + record.rdata.length, 0);
}
