import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';

/** DNAME: RFC 6672 §2.1, an alias for everything below a name. The target is never compressed, RFC 6672 §2.5. */
export const dname: RdataType = { code: TYPE.DNAME, mnemonic: 'DNAME', fields: [name('target')], compress: false };
