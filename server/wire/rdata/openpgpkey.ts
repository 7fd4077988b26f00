import { base64 } from './binary.ts';
import type { RdataType } from './field.ts';

/** OPENPGPKEY: RFC 7929 §2.1, a transferable OpenPGP public key, nothing else in front or behind. */
export const openpgpkey: RdataType = { code: 61, mnemonic: 'OPENPGPKEY', fields: [base64('publicKey')], compress: false };
