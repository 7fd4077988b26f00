/** (1) and (2): an array of objects and a binary search; each range with its own copy of the name, or the names pooled. */
import type { Approach, Index } from '../approach.ts';
import { bigAt, wordAt } from '../columns.ts';
import type { Columns, Ranges } from '../columns.ts';

interface ObjectRange<Address> {
  first: Address;
  last: Address;
  asn: number;
  country: string;
  name: string;
}

function rangesOf<A>(
  columns: Columns,
  ranges: Ranges,
  width: 4 | 16,
  read: (octets: Uint8Array, at: number) => A,
  pooled: boolean,
): ObjectRange<A>[] {
  const list: ObjectRange<A>[] = [];
  for (let i = 0; i < ranges.count; i++) {
    const network = ranges.network[i]!;
    const name = columns.names[network] ?? 'Not routed';
    const packed = columns.country[network] ?? 0;
    list.push({
      first: read(ranges.starts, i * width),
      last: read(ranges.ends, i * width),
      asn: columns.asn[network] ?? 0,
      country: String.fromCharCode(packed >> 8, packed & 0xff),
      // A trip through octets makes a string of its own, as splitting a line does.
      name: pooled ? name : Buffer.from(name).toString('utf8'),
    });
  }
  return list;
}

function search<A extends number | bigint>(list: readonly ObjectRange<A>[], address: A): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]!.first <= address) low = middle + 1;
    else high = middle;
  }
  const found = list[low - 1];
  return found && address <= found.last ? found.asn : 0;
}

function load(columns: Columns, pooled: boolean): Index {
  const ipv4 = rangesOf(columns, columns.ipv4, 4, wordAt, pooled);
  const ipv6 = rangesOf(columns, columns.ipv6, 16, bigAt, pooled);
  return {
    find4: (octets, at) => search(ipv4, wordAt(octets, at)),
    find6: (octets, at) => search(ipv6, bigAt(octets, at)),
  };
}

export const objects: Approach = {
  key: '1',
  title: 'array of objects, binary search',
  load: (source) => load(source.columns(), false),
};

export const pooledObjects: Approach = {
  key: '2',
  title: 'the same, names pooled',
  load: (source) => load(source.columns(), true),
};
