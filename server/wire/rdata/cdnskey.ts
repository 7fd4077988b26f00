import { dnskeyFields } from './dnskey.ts';
import type { RdataType } from './field.ts';

/** CDNSKEY: RFC 7344 §3.2, the key whose DS the parent zone shall have; `0 3 0 AA==` takes it away, RFC 8078 §4. */
export const cdnskey: RdataType = { code: 60, mnemonic: 'CDNSKEY', fields: dnskeyFields, compress: false };
