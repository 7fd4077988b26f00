import type { RdataType } from './field.ts';
import { characterString } from './strings.ts';

/**
 * HINFO: RFC 1035 §3.3.2, host information: two <character-string>s.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                      CPU                      /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                       OS                      /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const hinfo: RdataType = {
  code: 13,
  mnemonic: 'HINFO',
  fields: [characterString('cpu'), characterString('os')],
  compress: false,
};
