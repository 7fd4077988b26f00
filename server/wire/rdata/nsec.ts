import { typeBitmaps } from './bitmaps.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';

/**
 * NSEC: RFC 4034 §4.1, the next name of the zone and the types at this one; never compressed.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                NEXT DOMAIN NAME               /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                 TYPE BIT MAPS                 /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const nsec: RdataType = {
  code: 47,
  mnemonic: 'NSEC',
  fields: [name('nextName'), typeBitmaps('types', { mayBeEmpty: false })],
  compress: false,
};
