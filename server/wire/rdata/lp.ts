import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';

/**
 * LP: RFC 6742 §2.4, a name that has the L32 or L64 records of this one; never compressed.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PREFERENCE                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                      FQDN                     /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const lp: RdataType = {
  code: 107,
  mnemonic: 'LP',
  fields: [unsigned('preference', 16), name('target')],
  compress: false,
};
