/** (6): a MaxMind DB file read with mmdb-lib, the address handed over as the text that it wants. */
import { Reader } from 'mmdb-lib';
import type { AsnResponse } from 'mmdb-lib';
import { formatAddress } from '../../../../server/asn/address.ts';
import type { Approach } from '../approach.ts';
import { writeMmdb } from '../mmdb-writer.ts';

export const mmdb: Approach = {
  key: '6',
  title: 'MaxMind DB, mmdb-lib',
  load(source) {
    const columns = source.columns();
    const file = writeMmdb(columns, 'GeoLite2-ASN', (network) => ({
      autonomous_system_number: columns.asn[network]!,
      autonomous_system_organization: columns.names[network]!,
    }));
    const reader = new Reader<AsnResponse>(file);
    const find = (octets: Uint8Array, at: number, length: number) =>
      reader.get(formatAddress(octets, at, length))?.autonomous_system_number ?? 0;
    return { find4: (octets, at) => find(octets, at, 4), find6: (octets, at) => find(octets, at, 16) };
  },
};
