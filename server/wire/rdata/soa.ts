import { TYPE } from '../codes.ts';
import type { RdataType } from './field.ts';
import { mailbox, name } from './names.ts';
import { unsigned } from './numbers.ts';

/**
 * SOA: RFC 1035 §3.3.13, marks the start of a zone of authority.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                     MNAME                     /
 *     /                     RNAME                     /
 *     |         SERIAL, REFRESH, RETRY, EXPIRE        |  32 bits each
 *     |                    MINIMUM                    |  the TTL of negative answers, RFC 2308 §4
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const soa: RdataType = {
  code: TYPE.SOA,
  mnemonic: 'SOA',
  fields: [
    name('mname'),
    mailbox('rname'),
    unsigned('serial', 32),
    unsigned('refresh', 32),
    unsigned('retry', 32),
    unsigned('expire', 32),
    unsigned('minimum', 32),
  ],
  compress: true,
};
