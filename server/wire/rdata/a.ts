import { TYPE } from '../codes.ts';
import { ipv4 } from './addresses.ts';
import type { RdataType } from './field.ts';

/**
 * A: RFC 1035 §3.4.1, a host address.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                    ADDRESS                    |
 *     |                   (32 bits)                   |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const a: RdataType = { code: TYPE.A, mnemonic: 'A', fields: [ipv4('address')], compress: false };
