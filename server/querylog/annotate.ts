import { NO_ENTRY, type AsnTable } from '../asn/asn.ts';
import { FRAME } from './event.ts';

/** Writes into a frame which network its address belongs to. */
export function annotate(octets: Uint8Array, view: DataView, at: number, table: AsnTable): void {
  const handle = table.lookup(octets, at + FRAME.ADDRESS, view.getUint8(at + FRAME.ADDRESS_LENGTH));
  view.setUint32(at + FRAME.ASN, handle === NO_ENTRY ? 0 : table.asnOf(handle));
  view.setUint16(at + FRAME.COUNTRY, handle === NO_ENTRY ? 0 : table.countryOf(handle));
}
