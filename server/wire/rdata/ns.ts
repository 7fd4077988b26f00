import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { name } from './names.ts';

/** NS: RFC 1035 §3.3.11, an authoritative name server (NSDNAME). */
export const ns: RdataType = { code: TYPE.NS, mnemonic: 'NS', fields: [name('target')], compress: true };
