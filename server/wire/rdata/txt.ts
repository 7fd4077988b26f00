import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { characterStrings } from './strings.ts';

/** TXT: RFC 1035 §3.3.14, one or more <character-string>s. */
export const txt: RdataType = { code: TYPE.TXT, mnemonic: 'TXT', fields: [characterStrings('text')], compress: false };
