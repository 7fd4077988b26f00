import { hex } from './binary.ts';
import type { RdataType } from './field.ts';
import { unsigned } from './numbers.ts';

/** Octets of the digests of SHA-384 and SHA-512, RFC 8976 §2.2.3. */
const SIZES = { 1: 48, 2: 64 };
/** Octets of any digest, RFC 8976 §2.2.4. */
const MIN_DIGEST = 12;

/**
 * ZONEMD: RFC 8976 §2.2, a digest over the whole zone.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                SERIAL (32 bits)               |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |         SCHEME        |     HASH ALGORITHM    |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                     DIGEST                    /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const zonemd: RdataType = {
  code: 63,
  mnemonic: 'ZONEMD',
  fields: [
    unsigned('serial', 32),
    unsigned('scheme', 8),
    unsigned('hashAlgorithm', 8),
    hex('digest', { min: MIN_DIGEST, sized: { by: 'hashAlgorithm', sizes: SIZES } }),
  ],
  compress: false,
};
