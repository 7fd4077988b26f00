import { base32hex } from './binary.ts';
import { typeBitmaps } from './bitmaps.ts';
import type { RdataType } from './field.ts';
import { nsec3Params } from './nsec3param.ts';

/** Octets of a SHA-1 hash, the one algorithm there is, RFC 5155 §11. */
const SIZES = { 1: 20 };

/**
 * NSEC3: RFC 5155 §3.2, the next hashed name of the zone and the types at the one hashed to this name.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |        HASH ALG       |         FLAGS         |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   ITERATIONS                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |      SALT LENGTH      /          SALT         /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |      HASH LENGTH      /   NEXT HASHED OWNER   /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                 TYPE BIT MAPS                 /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const nsec3: RdataType = {
  code: 50,
  mnemonic: 'NSEC3',
  fields: [
    ...nsec3Params,
    base32hex('nextHashedOwner', { by: 'hashAlgorithm', sizes: SIZES }),
    typeBitmaps('types', { mayBeEmpty: true }),
  ],
  compress: false,
};
