import { hex } from './binary.ts';
import type { RdataType } from './field.ts';
import { unsigned } from './numbers.ts';

/** Octets of the digests of SHA-1 (RFC 4255 §3.1.2) and of SHA-256, which RFC 6594 added. */
const SIZES = { 1: 20, 2: 32 };

/**
 * SSHFP: RFC 4255 §3.1, the fingerprint of a host's SSH key.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       ALGORITHM       |        FP TYPE        |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                  FINGERPRINT                  /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const sshfp: RdataType = {
  code: 44,
  mnemonic: 'SSHFP',
  fields: [
    unsigned('algorithm', 8),
    unsigned('fingerprintType', 8),
    hex('fingerprint', { sized: { by: 'fingerprintType', sizes: SIZES } }),
  ],
  compress: false,
};
