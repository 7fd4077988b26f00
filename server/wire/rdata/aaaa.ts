import { TYPE } from '../codes.ts';
import { ipv6 } from './addresses.ts';
import type { RdataType } from './field.ts';

/** AAAA: RFC 3596 §2.2, an IPv6 host address: 128 bits in network order. */
export const aaaa: RdataType = { code: TYPE.AAAA, mnemonic: 'AAAA', fields: [ipv6('address')], compress: false };
