import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';

/** SRV: RFC 2782, the location of a service: priority, weight and port of 16 bits each, then the target, never compressed. */
export const srv: RdataType = {
  code: TYPE.SRV,
  mnemonic: 'SRV',
  fields: [unsigned('priority', 16), unsigned('weight', 16), unsigned('port', 16), name('target')],
  compress: false,
};
