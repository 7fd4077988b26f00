import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';

/** PTR: RFC 1035 §3.3.12, a pointer to another part of the name space (PTRDNAME). */
export const ptr: RdataType = { code: TYPE.PTR, mnemonic: 'PTR', fields: [name('target')], compress: true };
