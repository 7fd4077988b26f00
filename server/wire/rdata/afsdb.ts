import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';

/**
 * AFSDB: RFC 1183 §1, a server of an AFS cell (subtype 1) or of a DCE cell (2).
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    SUBTYPE                    |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                    HOSTNAME                   /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const afsdb: RdataType = {
  code: 18,
  mnemonic: 'AFSDB',
  fields: [unsigned('subtype', 16), name('target')],
  compress: false,
};
