import { CLASS, isDataType, RCODE, TYPE } from '../wire/codes.ts';
import { AT, u16At } from '../wire/header.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { rdataFromMessage, type RdataFault } from '../wire/rdata.ts';
import { Reader } from '../wire/reader.ts';

/** One prerequisite, or one thing to do. */
export interface UpdateRecord {
  readonly owner: Name;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  /** In wire form, names uncompressed; empty where the class says that there is none. */
  readonly rdata: Uint8Array;
}

/** A message that asks for a zone to be changed, RFC 2136 §2. */
export interface UpdateMessage {
  readonly zone: Name;
  readonly prerequisites: readonly UpdateRecord[];
  readonly updates: readonly UpdateRecord[];
}

/** Why an update is not done: the RCODE, and where there is more to say a sentence for people. */
export class UpdateFault {
  readonly rcode: number;
  readonly message: string | null;
  /** What of its key did not allow it, for the owner to see. */
  readonly limit: 'name' | 'type' | null;

  constructor(rcode: number, message: string | null = null, limit: UpdateFault['limit'] = null) {
    this.rcode = rcode;
    this.message = message;
    this.limit = limit;
  }
}

/** The zone that an update is for, RFC 2136 §3.1.1; null when its zone section is not one question of type SOA and class IN. */
export function readZone(message: Uint8Array): Name | null {
  if (u16At(message, AT.QDCOUNT) !== 1) return null;
  const reader = new Reader(message, HEADER_SIZE);
  const zone = reader.name();
  const isZone = reader.u16() === TYPE.SOA && reader.u16() === CLASS.IN;
  return isZone && reader.fault === null ? Name.fromOctets(zone) : null;
}

/**
 * Reads an update and looks at each of its records by itself: whether it lies in the zone, and whether class, type, TTL and RDATA
 * go together (RFC 2136 §3.2 and §3.4.1). What it asks for is not compared with the zone yet.
 */
export function readUpdate(message: Uint8Array): UpdateMessage | UpdateFault {
  const zone = readZone(message);
  if (zone === null) return new UpdateFault(RCODE.FORMERR);
  const reader = new Reader(message, HEADER_SIZE);
  reader.name();
  reader.bytes(4);
  const prerequisites = readSection(reader, u16At(message, AT.ANCOUNT), zone, checkPrerequisite);
  if (prerequisites instanceof UpdateFault) return prerequisites;
  const updates = readSection(reader, u16At(message, AT.NSCOUNT), zone, checkUpdate);
  return updates instanceof UpdateFault ? updates : { zone, prerequisites, updates };
}

function readSection(
  reader: Reader,
  count: number,
  zone: Name,
  check: (record: UpdateRecord) => boolean,
): UpdateRecord[] | UpdateFault {
  const records: UpdateRecord[] = [];
  for (let n = 0; n < count; n++) {
    const record = readRecord(reader);
    if (record instanceof UpdateFault) return record;
    if (!record.owner.isWithin(zone)) return new UpdateFault(RCODE.NOTZONE);
    if (!check(record)) return new UpdateFault(RCODE.FORMERR);
    records.push(record);
  }
  return records;
}

function readRecord(reader: Reader): UpdateRecord | UpdateFault {
  const owner = reader.name();
  const type = reader.u16();
  const rrclass = reader.u16();
  const ttl = reader.u32();
  const length = reader.u16();
  const start = reader.position;
  const octets = reader.bytes(length);
  if (reader.fault !== null) return new UpdateFault(RCODE.FORMERR);
  const record = { owner: Name.fromOctets(owner), type, class: rrclass, ttl };
  // Only where there is data can it be read as data: elsewhere it has to be empty, which is for the checks to see.
  const hasData = isDataType(type) && rrclass !== CLASS.ANY && !(rrclass === CLASS.NONE && length === 0);
  if (!hasData) return { ...record, rdata: octets };
  const rdata = rdataFromMessage(type, reader.octets, start, start + length);
  if (rdata === null) return new UpdateFault(RCODE.FORMERR);
  return Array.isArray(rdata) ? new UpdateFault(RCODE.REFUSED, sentence(rdata)) : { ...record, rdata };
}

function sentence(faults: readonly RdataFault[]): string {
  return faults.map(({ fault }) => fault.message).join(' ');
}

/** RFC 2136 §3.2. */
function checkPrerequisite({ class: rrclass, type, ttl, rdata }: UpdateRecord): boolean {
  if (ttl !== 0) return false;
  if (rrclass === CLASS.IN) return isDataType(type);
  return (rrclass === CLASS.ANY || rrclass === CLASS.NONE) && rdata.length === 0 && (type === TYPE.ANY || isDataType(type));
}

/** The prescan of RFC 2136 §3.4.1. */
function checkUpdate({ class: rrclass, type, ttl, rdata }: UpdateRecord): boolean {
  if (rrclass === CLASS.IN) return isDataType(type) && ttl < 2 ** 31;
  if (ttl !== 0) return false;
  if (rrclass === CLASS.ANY) return rdata.length === 0 && (type === TYPE.ANY || isDataType(type));
  return rrclass === CLASS.NONE && isDataType(type);
}
