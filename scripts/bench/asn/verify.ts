/** The long proof: ten million random addresses of each family against a scan of the ranges in order. */
import { openPackedFile } from '../../../server/asn/packed-file.ts';
import type { PackedTable } from '../../../server/asn/table.ts';
import type { Columns, Ranges } from './columns.ts';
import { seeded } from './random.ts';
import { inside } from './workload.ts';

const ADDRESSES = 10_000_000;

/** Addresses spread over the ranges in turn, so that the scan that knows the answer is the loop itself. */
function verifyFamily(table: PackedTable, columns: Columns, ranges: Ranges, width: 4 | 16): number {
  const random = seeded(width + 100);
  const each = Math.ceil(ADDRESSES / ranges.count);
  const address = new Uint8Array(width);
  let checked = 0;
  for (let range = 0; range < ranges.count; range++) {
    const network = ranges.network[range]!;
    const expected = network < 0 ? 0 : columns.asn[network]!;
    for (let i = 0; i < each; i++) {
      inside(ranges, range, width, random, address);
      const found = table.asnOf(table.lookup(address, 0, width));
      if (found !== expected) throw new Error(`${address.join('.')} is AS ${found}, and the scan says AS ${expected}`);
      checked++;
    }
  }
  return checked;
}

/** Throws at the first difference; returns a sentence when there is none. */
export function verify(columns: Columns, packedFile: string): string {
  const table = openPackedFile(packedFile);
  const ipv4 = verifyFamily(table, columns, columns.ipv4, 4);
  const ipv6 = verifyFamily(table, columns, columns.ipv6, 16);
  return `${ipv4} random IPv4 and ${ipv6} random IPv6 addresses: table and scan agree on all`;
}
