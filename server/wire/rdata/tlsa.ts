import { hex } from './binary.ts';
import type { Field, RdataType } from './field.ts';
import { unsigned } from './numbers.ts';

export const tlsaFields: readonly Field<unknown>[] = [
  unsigned('usage', 8),
  unsigned('selector', 8),
  unsigned('matchingType', 8),
  hex('data'),
];

/**
 * TLSA: RFC 6698 §2.1, the certificate that a TLS server shows.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |      CERT. USAGE      |        SELECTOR       |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |     MATCHING TYPE     /          DATA         /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const tlsa: RdataType = { code: 52, mnemonic: 'TLSA', fields: tlsaFields, compress: false };
