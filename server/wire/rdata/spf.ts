import type { RdataType } from './field.ts';
import { characterStrings } from './strings.ts';

/** SPF: RFC 4408 §3.1.1, as TXT. Nobody asks for it any more; SPF policies stand in TXT, RFC 7208 §3.1. */
export const spf: RdataType = { code: 99, mnemonic: 'SPF', fields: [characterStrings('text')], compress: false };
