/** Addresses to ask for. The same for every approach: the seed is fixed. */
import type { Columns, Ranges } from './columns.ts';
import { seeded } from './random.ts';

export const ADDRESSES = 1 << 18;

/** A resolver population: real queries come from few addresses, a handful of them most of the time. */
const RESOLVERS = 20_000;

export const WORKLOADS = ['random', 'sequential', 'misses', 'skew'] as const;
export type Workload = (typeof WORKLOADS)[number];

type Random = () => number;

/** Writes an address somewhere between the ends of a range to the front of `out`. */
export function inside(ranges: Ranges, index: number, width: 4 | 16, random: Random, out: Uint8Array): void {
  const first = ranges.starts.subarray(index * width, (index + 1) * width);
  const last = ranges.ends.subarray(index * width, (index + 1) * width);
  let isFirst: boolean = true;
  let isLast: boolean = true;
  for (let i = 0; i < width; i++) {
    const low: number = isFirst ? first[i]! : 0;
    const high: number = isLast ? last[i]! : 255;
    const octet: number = low + Math.floor(random() * (high - low + 1));
    isFirst &&= octet === low;
    isLast &&= octet === high;
    out[i] = octet;
  }
}

function pick(ranges: Ranges, random: Random, isRouted: boolean): number {
  for (;;) {
    const index = Math.floor(random() * ranges.count);
    if (ranges.network[index]! >= 0 === isRouted) return index;
  }
}

function sortAddresses(octets: Uint8Array, width: number): Uint8Array {
  const list = Array.from({ length: octets.length / width }, (_, i) =>
    Buffer.from(octets.subarray(i * width, (i + 1) * width)),
  );
  return new Uint8Array(Buffer.concat(list.sort(Buffer.compare)));
}

/**
 * ADDRESSES addresses of `width` octets one after the other.
 * random: IPv4 anywhere, IPv6 anywhere in a random routed range (anywhere at all would nearly always be outside 2000::/3).
 * sequential: the same in order. misses: in ranges that are not routed. skew: from RESOLVERS addresses, rank r as often as 1/r.
 */
export function addressesOf(workload: Workload, columns: Columns, width: 4 | 16): Uint8Array {
  const random = seeded(width);
  const ranges = width === 4 ? columns.ipv4 : columns.ipv6;
  const out = new Uint8Array(ADDRESSES * width);
  if (workload === 'sequential') return sortAddresses(addressesOf('random', columns, width), width);
  if (workload === 'skew') {
    const resolvers = new Uint8Array(RESOLVERS * width);
    for (let i = 0; i < RESOLVERS; i++)
      inside(ranges, pick(ranges, random, true), width, random, resolvers.subarray(i * width));
    for (let i = 0; i < ADDRESSES; i++) {
      const rank = Math.min(RESOLVERS - 1, Math.floor(Math.exp(random() * Math.log(RESOLVERS))) - 1);
      out.set(resolvers.subarray(rank * width, (rank + 1) * width), i * width);
    }
    return out;
  }
  for (let i = 0; i < ADDRESSES; i++) {
    if (workload === 'random' && width === 4) for (let at = 0; at < 4; at++) out[i * 4 + at] = random() * 256;
    else inside(ranges, pick(ranges, random, workload === 'random'), width, random, out.subarray(i * width));
  }
  return out;
}
