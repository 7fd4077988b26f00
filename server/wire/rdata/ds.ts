import { TYPE } from '../codes.ts';
import { hex } from './binary.ts';
import type { Field, RdataType } from './field.ts';
import { algorithm } from './mnemonics.ts';
import { unsigned } from './numbers.ts';

/** Octets of the digests of SHA-1 (RFC 4034 §5.1.4), SHA-256 (RFC 4509 §2.2) and SHA-384 (RFC 6605 §2). */
const SIZES = { 1: 20, 2: 32, 4: 48 };

export const dsFields: readonly Field<unknown>[] = [
  unsigned('keyTag', 16),
  algorithm('algorithm'),
  unsigned('digestType', 8),
  hex('digest', { sized: { by: 'digestType', sizes: SIZES } }),
];

/**
 * DS: RFC 4034 §5.1, delegation signer: the digest of a key of the child zone.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    KEY TAG                    |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       ALGORITHM       |      DIGEST TYPE      |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                     DIGEST                    /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const ds: RdataType = { code: TYPE.DS, mnemonic: 'DS', fields: dsFields, compress: false };
