import type { Reason } from '../answer/reason.ts';
import type { Transport } from '../answer/transport.ts';
import { MAX_IDENTITY } from '../wire/limits.ts';

/**
 * One query and its answer on its way from the answering path to the disk and the page, as a frame of octets:
 *
 *      0  u32  length of the whole frame
 *      4  u32  zone
 *      8  f64  id, given when the frame leaves the ring
 *     16  f64  time, milliseconds since 1970
 *     24  u8   transport
 *     25  u8   octets of the address: 4 or 16
 *     26  u16  port
 *     28  u32  AS number, 0 when unknown
 *     32  u16  country, two ASCII octets, 0 when unknown
 *     34  u16  length of the query
 *     36  u16  length of the response
 *     38  u8   reason, see answer/reason.ts
 *     39  u8   labels of the name that decided
 *     40  u32  microseconds that answering took
 *     44  16   address
 *     60       query, response
 *              of a query that another server answered: one octet of marks, and what that server is called
 *
 * The ring and the database hold frames as they are, each at a multiple of four octets; numbers are big-endian.
 */
export const FRAME = {
  LENGTH: 0,
  ZONE: 4,
  ID: 8,
  TIME: 16,
  TRANSPORT: 24,
  ADDRESS_LENGTH: 25,
  PORT: 26,
  ASN: 28,
  COUNTRY: 32,
  QUERY_LENGTH: 34,
  RESPONSE_LENGTH: 36,
  REASON: 38,
  ENCLOSER: 39,
  TOOK: 40,
  ADDRESS: 44,
  HEADER: 60,
} as const;

/** What another server reported is marked with this when it did not report the query, which then is what its response repeats of it. */
export const QUERY_UNSEEN = 1;
/** Octets of what a server is called, at most, and of all that stands behind the messages. */
export const MAX_SERVER = MAX_IDENTITY;
export const MAX_BEHIND = 1 + MAX_SERVER;

/** Octets that a frame of this length takes, in the ring and in a batch. */
export function pad(length: number): number {
  return (length + 3) & ~3;
}

/** A frame read for people. The octets are views of the frame. */
export interface LoggedQuery {
  readonly id: number;
  readonly zone: number;
  readonly time: number;
  readonly transport: Transport;
  readonly address: Uint8Array;
  readonly port: number;
  /** 0 when the table did not know the address. */
  readonly asn: number;
  /** Two letters, or empty. */
  readonly country: string;
  /** Why the answer was what it was, see `REASON`. */
  readonly reason: Reason;
  /** Labels of the name in the zone that decided: the node found, the closest encloser, the cut, or the wildcard. */
  readonly encloser: number;
  /** Microseconds. */
  readonly took: number;
  readonly query: Uint8Array;
  readonly response: Uint8Array;
  /** What the server is called that answered; empty when it was this one. */
  readonly server: string;
  /** The query was not reported by that server: it is what the response repeats of it. */
  readonly isQueryUnseen: boolean;
}

const SERVER_TEXT = new TextDecoder();

/** Reads the frame at `at`. */
export function readFrame(octets: Uint8Array, at: number): LoggedQuery {
  const view = new DataView(octets.buffer, octets.byteOffset + at);
  const query = at + FRAME.HEADER;
  const response = query + view.getUint16(FRAME.QUERY_LENGTH);
  const behind = response + view.getUint16(FRAME.RESPONSE_LENGTH);
  const end = at + view.getUint32(FRAME.LENGTH);
  const address = at + FRAME.ADDRESS;
  const country = view.getUint16(FRAME.COUNTRY);
  return {
    id: view.getFloat64(FRAME.ID),
    zone: view.getUint32(FRAME.ZONE),
    time: view.getFloat64(FRAME.TIME),
    transport: view.getUint8(FRAME.TRANSPORT) as Transport,
    address: octets.subarray(address, address + view.getUint8(FRAME.ADDRESS_LENGTH)),
    port: view.getUint16(FRAME.PORT),
    asn: view.getUint32(FRAME.ASN),
    country: country === 0 ? '' : String.fromCharCode(country >>> 8, country & 0xff),
    reason: view.getUint8(FRAME.REASON),
    encloser: view.getUint8(FRAME.ENCLOSER),
    took: view.getUint32(FRAME.TOOK),
    query: octets.subarray(query, response),
    response: octets.subarray(response, behind),
    server: end === behind ? '' : SERVER_TEXT.decode(octets.subarray(behind + 1, end)),
    isQueryUnseen: end > behind && (octets[behind]! & QUERY_UNSEEN) !== 0,
  };
}

/** Reads all frames that lie one behind the other. */
export function readFrames(octets: Uint8Array): LoggedQuery[] {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const queries: LoggedQuery[] = [];
  for (let at = 0; at < octets.length; at += pad(view.getUint32(at + FRAME.LENGTH))) queries.push(readFrame(octets, at));
  return queries;
}
