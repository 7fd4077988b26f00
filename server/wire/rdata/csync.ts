import { typeBitmaps } from './bitmaps.ts';
import type { RdataType } from './field.ts';
import { unsigned } from './numbers.ts';

/**
 * CSYNC: RFC 7477 §2.1.1, which records the parent zone shall copy from here.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |              SOA SERIAL (32 bits)             |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                     FLAGS                     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                  TYPE BIT MAP                 /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const csync: RdataType = {
  code: 62,
  mnemonic: 'CSYNC',
  fields: [unsigned('serial', 32), unsigned('flags', 16), typeBitmaps('types', { mayBeEmpty: true })],
  compress: false,
};
