import { CLASS, TYPE } from '../wire/codes.ts';
import { AT, u16At } from '../wire/header.ts';
import { HEADER_SIZE } from '../wire/limits.ts';
import { Name } from '../wire/name.ts';
import { Reader } from '../wire/reader.ts';

/** The signature of a message, RFC 8945 §4.2. */
export interface TsigRecord {
  /** Where it begins in the message, which it ends. */
  readonly at: number;
  readonly keyName: Name;
  readonly algorithm: Name;
  /** Seconds since 1970. */
  readonly time: number;
  readonly fudge: number;
  readonly mac: Uint8Array;
  /** The id under which the message was signed; forwarders may have given it another. */
  readonly originalId: number;
  readonly error: number;
  readonly other: Uint8Array;
}

/**
 * The TSIG record of a message: null when it has none, 'malformed' when the message cannot be read, or has one that is not alone or
 * not the last of its additional section (RFC 8945 §5.1).
 */
export function findTsig(message: Uint8Array): TsigRecord | null | 'malformed' {
  if (message.length < HEADER_SIZE) return 'malformed';
  const reader = new Reader(message, HEADER_SIZE);
  for (let left = u16At(message, AT.QDCOUNT); left > 0 && reader.fault === null; left--) {
    reader.name();
    reader.bytes(4);
  }
  const additional = u16At(message, AT.ARCOUNT);
  const count = u16At(message, AT.ANCOUNT) + u16At(message, AT.NSCOUNT) + additional;
  for (let i = 1; i <= count && reader.fault === null; i++) {
    const at = reader.position;
    const owner = reader.name();
    const type = reader.u16();
    const rrclass = reader.u16();
    const ttl = reader.u32();
    const rdata = reader.bytes(reader.u16());
    if (reader.fault !== null || type !== TYPE.TSIG) continue;
    const isLast = i === count && additional > 0 && reader.remaining === 0;
    if (!isLast || rrclass !== CLASS.ANY || ttl !== 0) return 'malformed';
    return readRdata(at, Name.fromOctets(owner), rdata);
  }
  return reader.fault === null && reader.remaining === 0 ? null : 'malformed';
}

/** The names of RDATA are never compressed, RFC 8945 §4.2. */
function readRdata(at: number, keyName: Name, rdata: Uint8Array): TsigRecord | 'malformed' {
  const reader = new Reader(rdata);
  const algorithm = Name.fromOctets(reader.name());
  const time = reader.u16() * 2 ** 32 + reader.u32();
  const fudge = reader.u16();
  const mac = reader.bytes(reader.u16());
  const originalId = reader.u16();
  const error = reader.u16();
  const other = reader.bytes(reader.u16());
  if (reader.fault !== null || reader.remaining > 0) return 'malformed';
  return { at, keyName, algorithm, time, fudge, mac, originalId, error, other };
}
