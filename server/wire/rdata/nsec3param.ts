import { salt } from './binary.ts';
import type { Field, RdataType } from './field.ts';
import { unsigned } from './numbers.ts';

export const nsec3Params: readonly Field<unknown>[] = [
  unsigned('hashAlgorithm', 8),
  unsigned('flags', 8),
  unsigned('iterations', 16),
  salt('salt'),
];

/**
 * NSEC3PARAM: RFC 5155 §4.2, how a server hashes names to find the NSEC3 record that an answer needs.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |        HASH ALG       |         FLAGS         |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   ITERATIONS                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |      SALT LENGTH      /          SALT         /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const nsec3param: RdataType = { code: 51, mnemonic: 'NSEC3PARAM', fields: nsec3Params, compress: false };
