import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';

/**
 * MX: RFC 1035 §3.3.9, mail exchange.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                  PREFERENCE                   |
 *     /                   EXCHANGE                    /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const mx: RdataType = {
  code: TYPE.MX,
  mnemonic: 'MX',
  fields: [unsigned('preference', 16), name('exchange')],
  compress: true,
};
