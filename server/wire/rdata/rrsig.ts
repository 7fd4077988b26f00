import { base64 } from './binary.ts';
import type { RdataType } from './field.ts';
import { algorithm, recordType } from './mnemonics.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';
import { timestamp } from './times.ts';

/**
 * RRSIG: RFC 4034 §3.1, the signature over an RRset; the signer's name is never compressed.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                  TYPE COVERED                 |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       ALGORITHM       |         LABELS        |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |             ORIGINAL TTL (32 bits)            |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |              EXPIRATION (32 bits)             |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |              INCEPTION (32 bits)              |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    KEY TAG                    |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                 SIGNER'S NAME                 /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   SIGNATURE                   /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const rrsig: RdataType = {
  code: 46,
  mnemonic: 'RRSIG',
  fields: [
    recordType('typeCovered'),
    algorithm('algorithm'),
    unsigned('labels', 8),
    unsigned('originalTtl', 32),
    timestamp('expiration'),
    timestamp('inception'),
    unsigned('keyTag', 16),
    name('signer'),
    base64('signature'),
  ],
  compress: false,
};
