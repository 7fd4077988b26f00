import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';
import { Writer } from '../wire/writer.ts';
import type { ZoneRecord } from './rrset.ts';
import { Zone } from './zone.ts';

/**
 * A zone as octets, on its way to another thread:
 *
 *     u32 id, name origin, then for each record: name owner, u16 type, u32 TTL, u32 length of RDATA, RDATA
 */
export function packZone(zone: Zone): Uint8Array {
  const records = [...zone.records()];
  const size = records.reduce((sum, { owner, rdata }) => sum + owner.octets.length + 10 + rdata.length, 0);
  const writer = new Writer(new Uint8Array(4 + zone.origin.octets.length + size));
  writer.u32(zone.id);
  writer.bytes(zone.origin.octets);
  for (const { owner, type, ttl, rdata } of records) {
    writer.bytes(owner.octets);
    writer.u16(type);
    writer.u32(ttl);
    writer.u32(rdata.length);
    writer.bytes(rdata);
  }
  return writer.octets;
}

/** The zone that `packZone` made these octets of. */
export function unpackZone(octets: Uint8Array): Zone {
  const reader = new Reader(octets);
  const id = reader.u32();
  const origin = Name.fromOctets(reader.name());
  const records: ZoneRecord[] = [];
  // Owners of one RRset are one object, as are those of its neighbours.
  let owner = origin;
  while (reader.remaining > 0) {
    const next = Name.fromOctets(reader.name());
    if (Buffer.compare(next.octets, owner.octets) !== 0) owner = next;
    const type = reader.u16();
    const ttl = reader.u32();
    // A copy: a view would keep the whole zone's octets for as long as one record of it lives.
    records.push({ owner, type, ttl, rdata: reader.bytes(reader.u32()).slice() });
  }
  return new Zone(id, origin, records);
}
