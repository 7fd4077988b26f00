import { base64 } from './binary.ts';
import type { RdataType } from './field.ts';

/**
 * DHCID: RFC 4701 §3.1, whose DHCP lease a name is; printed as one piece of base64.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                IDENTIFIER TYPE                |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |      DIGEST TYPE      /         DIGEST        /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const dhcid: RdataType = { code: 49, mnemonic: 'DHCID', fields: [base64('data')], compress: false };
