import type { RdataType } from './field.ts';
import { groups64 } from './identifiers.ts';
import { unsigned } from './numbers.ts';

/**
 * NID: RFC 6742 §2.1, a node identifier of the Identifier-Locator Network Protocol.
 *
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                   PREFERENCE                  |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 *     |                NODEID (64 bits)               |
 *     +--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+--+
 */
export const nid: RdataType = {
  code: 104,
  mnemonic: 'NID',
  fields: [unsigned('preference', 16), groups64('nodeId')],
  compress: false,
};
