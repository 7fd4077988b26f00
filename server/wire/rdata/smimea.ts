import type { RdataType } from './field.ts';
import { tlsaFields } from './tlsa.ts';

/** SMIMEA: RFC 8162 §2, the certificate of a person's mail address, in the fields of TLSA. */
export const smimea: RdataType = { code: 53, mnemonic: 'SMIMEA', fields: tlsaFields, compress: false };
