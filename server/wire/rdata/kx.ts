import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';

/**
 * KX: RFC 2230 §3.1, key exchange delegation; never compressed.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PREFERENCE                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   EXCHANGER                   /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const kx: RdataType = {
  code: 36,
  mnemonic: 'KX',
  fields: [unsigned('preference', 16), name('exchange')],
  compress: false,
};
