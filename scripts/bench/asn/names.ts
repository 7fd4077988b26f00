/** Numbers, countries and names as the approaches with flat columns keep them: once each, the names in one UTF-8 blob. */
import type { Columns } from './columns.ts';

export interface NameColumns {
  readonly asn: Uint32Array;
  readonly country: Uint16Array;
  readonly ends: Uint32Array;
  readonly text: Uint8Array;
}

export function nameColumns(columns: Columns): NameColumns {
  const ends = new Uint32Array(columns.names.length);
  const pieces = columns.names.map((name) => Buffer.from(name));
  let at = 0;
  for (const [index, piece] of pieces.entries()) ends[index] = at += piece.length;
  return { asn: columns.asn.slice(), country: columns.country.slice(), ends, text: new Uint8Array(Buffer.concat(pieces)) };
}
