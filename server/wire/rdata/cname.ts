import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';

/** CNAME: RFC 1035 §3.3.1, the canonical name for an alias. */
export const cname: RdataType = { code: TYPE.CNAME, mnemonic: 'CNAME', fields: [name('target')], compress: true };
