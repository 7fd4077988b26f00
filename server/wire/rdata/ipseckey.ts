import { base64 } from './binary.ts';
import type { RdataType } from './field.ts';
import { gateway, gatewayType } from './gateway.ts';
import { unsigned } from './numbers.ts';

/**
 * IPSECKEY: RFC 4025 §2.1, the public key and gateway for IPsec; without an algorithm there may be no key, RFC 4025 §3.1.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       PRECEDENCE      |      GATEWAY TYPE     |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |       ALGORITHM       /        GATEWAY        /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     /                   PUBLIC KEY                  /
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const ipseckey: RdataType = {
  code: 45,
  mnemonic: 'IPSECKEY',
  fields: [
    unsigned('precedence', 8),
    gatewayType(),
    unsigned('algorithm', 8),
    gateway('gateway'),
    base64('publicKey', (earlier) => earlier.get('algorithm') === 0),
  ],
  compress: false,
};
