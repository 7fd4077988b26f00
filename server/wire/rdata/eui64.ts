import type { RdataType } from './field.ts';
import { eui } from './identifiers.ts';

/** EUI64: RFC 7043 §4.1, an IEEE EUI-64 address: 8 octets. */
export const eui64: RdataType = { code: 109, mnemonic: 'EUI64', fields: [eui('address', 8)], compress: false };
