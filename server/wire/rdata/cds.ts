import { dsFields } from './ds.ts';
import type { RdataType } from './field.ts';

/** CDS: RFC 7344 §3.1, the DS record that the parent zone shall have; `0 0 0 00` takes it away, RFC 8078 §4. */
export const cds: RdataType = { code: 59, mnemonic: 'CDS', fields: dsFields, compress: false };
