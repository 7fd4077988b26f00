/** (12): what we ship. The packed file is opened, as the server does at its start. */
import { openPackedFile } from '../../../../server/asn/packed-file.ts';
import type { Approach } from '../approach.ts';

export const shipped: Approach = {
  key: '12',
  title: 'what we ship',
  load(source) {
    const table = openPackedFile(source.packedFile);
    return {
      find4: (octets, at) => table.asnOf(table.lookup(octets, at, 4)),
      find6: (octets, at) => table.asnOf(table.lookup(octets, at, 16)),
      keep: table,
    };
  },
};
