import type { RdataType } from './field.ts';
import { mailbox, name } from './names.ts';

/**
 * RP: RFC 1183 §2.2, the person responsible: a mailbox, and the name of TXT records that tell more; the root means none.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   mbox-dname                  /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   txt-dname                   /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const rp: RdataType = { code: 17, mnemonic: 'RP', fields: [mailbox('mailbox'), name('textName')], compress: false };
