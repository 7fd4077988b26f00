import type { RdataType } from './field.ts';
import { groups64 } from './identifiers.ts';
import { unsigned } from './numbers.ts';

/**
 * L64: RFC 6742 §2.3, a 64-bit locator of the Identifier-Locator Network Protocol.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PREFERENCE                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |              LOCATOR64 (64 bits)              |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const l64: RdataType = {
  code: 106,
  mnemonic: 'L64',
  fields: [unsigned('preference', 16), groups64('locator')],
  compress: false,
};
