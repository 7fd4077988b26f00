import { ipv4 } from './addresses.ts';
import type { RdataType } from './field.ts';
import { unsigned } from './numbers.ts';

/**
 * L32: RFC 6742 §2.2, a 32-bit locator of the Identifier-Locator Network Protocol, written like an IPv4 address.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PREFERENCE                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |              LOCATOR32 (32 bits)              |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const l32: RdataType = {
  code: 105,
  mnemonic: 'L32',
  fields: [unsigned('preference', 16), ipv4('locator', 'A locator of 32 bits looks like an IPv4 address.')],
  compress: false,
};
