import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';
import { unsigned } from './numbers.ts';
import { svcParams } from './svc-params.ts';

const fields = [unsigned('priority', 16), name('target'), svcParams('params')];

/**
 * SVCB: RFC 9460 §2.2, service binding.
 *
 *     |        SvcPriority (16 bits)        |
 *     |  TargetName (never compressed)      |
 *     |  SvcParams: key, length (16 bits    |
 *     |  each), value; keys strictly rising |
 */
export const svcb: RdataType = { code: TYPE.SVCB, mnemonic: 'SVCB', fields, compress: false };

/** HTTPS: RFC 9460 §9, SVCB for the https scheme. */
export const https: RdataType = { code: TYPE.HTTPS, mnemonic: 'HTTPS', fields, compress: false };
