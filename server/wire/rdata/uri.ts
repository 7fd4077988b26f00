import type { RdataType } from './field.ts';
import { unsigned } from './numbers.ts';
import { remainingText } from './strings.ts';

/**
 * URI: RFC 7553 §4.5, the URI of a service, without a length octet.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    PRIORITY                   |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                     WEIGHT                    |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                     TARGET                    /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const uri: RdataType = {
  code: 256,
  mnemonic: 'URI',
  fields: [unsigned('priority', 16), unsigned('weight', 16), remainingText('target', { optional: false })],
  compress: false,
};
