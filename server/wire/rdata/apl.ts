import type { RdataType } from './field.ts';
import { prefixes } from './prefixes.ts';

/**
 * APL: RFC 3123 §4, a list of address prefixes. Any number of these, AFDPART of AFDLENGTH octets, N negating the item:
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                 ADDRESSFAMILY                 |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |        PREFIX         | N|     AFDLENGTH      |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                    AFDPART                    /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const apl: RdataType = { code: 42, mnemonic: 'APL', fields: [prefixes('prefixes')], compress: false };
