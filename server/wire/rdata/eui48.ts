import type { RdataType } from './field.ts';
import { eui } from './identifiers.ts';

/** EUI48: RFC 7043 §3.1, an IEEE EUI-48 address, such as the MAC address of a network card: 6 octets. */
export const eui48: RdataType = { code: 108, mnemonic: 'EUI48', fields: [eui('address', 6)], compress: false };
