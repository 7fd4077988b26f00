import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { unsigned } from './numbers.ts';
import { remainingText, tag } from './strings.ts';

/**
 * CAA: RFC 8659 §4.1, certification authority authorization.
 *
 *     +0-1-2-3-4-5-6-7-|0-1-2-3-4-5-6-7-|
 *     | Flags          | Tag Length = n |
 *     | Tag (n octets)                  |
 *     | Value (to the end of the RDATA) |
 *     +---------------------------------+
 */
export const caa: RdataType = {
  code: TYPE.CAA,
  mnemonic: 'CAA',
  fields: [unsigned('flags', 8), tag('tag'), remainingText('value', { optional: true })],
  compress: false,
};
