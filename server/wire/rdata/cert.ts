import { base64 } from './binary.ts';
import type { RdataType } from './field.ts';
import { certificateType, namedAlgorithm } from './mnemonics.ts';
import { unsigned } from './numbers.ts';

/**
 * CERT: RFC 4398 §2, a certificate or certificate revocation list.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                      TYPE                     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    KEY TAG                    |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       ALGORITHM       /      CERTIFICATE      /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const cert: RdataType = {
  code: 37,
  mnemonic: 'CERT',
  fields: [certificateType('certType'), unsigned('keyTag', 16), namedAlgorithm('algorithm'), base64('certificate')],
  compress: false,
};
