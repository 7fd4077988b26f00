import { base64 } from './binary.ts';
import type { Field, RdataType } from './field.ts';
import { algorithm } from './mnemonics.ts';
import { unsigned } from './numbers.ts';

export const dnskeyFields: readonly Field<unknown>[] = [
  unsigned('flags', 16),
  unsigned('protocol', 8),
  algorithm('algorithm'),
  base64('publicKey'),
];

/**
 * DNSKEY: RFC 4034 §2.1, a public key of the zone.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                     FLAGS                     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |        PROTOCOL       |       ALGORITHM       |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   PUBLIC KEY                  /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const dnskey: RdataType = { code: 48, mnemonic: 'DNSKEY', fields: dnskeyFields, compress: false };
