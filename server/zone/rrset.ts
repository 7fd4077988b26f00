import type { RrsetSource } from '../wire/arena.ts';
import { CLASS } from '../wire/codes.ts';
import { MAX_MESSAGE } from '../wire/limits.ts';
import type { Name } from '../wire/name.ts';

/** One record as zones are made from: RDATA in wire form with its names uncompressed. */
export interface ZoneRecord {
  readonly owner: Name;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Uint8Array;
}

/** Gathers records of one owner and type; the lowest TTL counts where they differ, RFC 2181 §5.2. */
export function makeRrset(records: readonly ZoneRecord[]): RrsetSource {
  const { owner, type } = records[0]!;
  const ttl = records.reduce((lowest, record) => Math.min(lowest, record.ttl), Infinity);
  return { owner, type, class: CLASS.IN, ttl, rdatas: records.map(({ rdata }) => rdata) };
}

/** Equal for records of one RRset. */
export function recordKey(record: Pick<ZoneRecord, 'owner' | 'type'>): string {
  return `${record.type} ${record.owner.key}`;
}

/** What an RRset of this many octets of RDATA leaves of a message for the header, the question, the owner and OPT. */
export const MAX_RRSET = MAX_MESSAGE - 2048;

/** Octets that an RRset takes in a message when its owner is compressed and nothing else is. */
export function rrsetSize(records: readonly ZoneRecord[]): number {
  return records.reduce((size, record) => size + 12 + record.rdata.length, 0);
}
