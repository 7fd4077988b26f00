import { TRANSPORT, TRANSPORT_NAMES, type Transport } from '../answer/transport.ts';
import { NO_ENTRY, type AsnTable } from '../asn/asn.ts';
import { toDnsJson } from '../querylog/dns-json.ts';
import { readFrames, type LoggedQuery } from '../querylog/event.ts';
import type { Ring } from '../querylog/ring.ts';
import { formatAddress } from '../wire/address.ts';
import { encodeDnstap, MESSAGE_TYPE, SOCKET_PROTOCOL } from './dnstap.ts';
import type { Feed, FeedCounts, Sink } from './sink.ts';

/** Octets of the ring that are worked on at a time. */
const RUN = 1 << 16;
const NOTHING = new Uint8Array(0);

const PROTOCOLS: Readonly<Record<Transport, number>> = {
  [TRANSPORT.UDP]: SOCKET_PROTOCOL.UDP,
  [TRANSPORT.TCP]: SOCKET_PROTOCOL.TCP,
  [TRANSPORT.DOH]: SOCKET_PROTOCOL.DOH,
  [TRANSPORT.DOT]: SOCKET_PROTOCOL.DOT,
};

/** What a query becomes for a program, and where that goes. */
export interface Outlet {
  readonly feed: Feed;
  readonly sink: Sink;
  encode(query: LoggedQuery): Uint8Array;
}

/** Hands what is in the ring to all outlets, one run of it. Returns whether there was anything. */
export function pour(ring: Ring, outlets: readonly Outlet[], counts: FeedCounts): boolean {
  const frames = ring.peek(RUN);
  if (frames.start === frames.end) return false;
  // A copy, for what is cut out of shared memory is not taken everywhere.
  const queries = readFrames(frames.octets.slice(frames.start, frames.end));
  ring.release(frames);
  for (const query of queries) {
    for (const { feed, sink, encode } of outlets) counts.count(feed, sink.write(encode(query)));
  }
  return true;
}

/** As dnstap with its length in front, a response with its query; `identity` is what this server is called. */
export function dnstapEncoder(identity: string, version: string): Outlet['encode'] {
  const names = { identity: Buffer.from(identity), version: Buffer.from(version) };
  return ({ server, transport, address, port, time, took, query, response, isQueryUnseen }) => {
    const message = encodeDnstap(
      {
        identity: server === '' ? names.identity : Buffer.from(server),
        type: MESSAGE_TYPE.AUTH_RESPONSE,
        protocol: PROTOCOLS[transport],
        address,
        port,
        queryTime: time,
        responseTime: time + took / 1000,
        query: isQueryUnseen ? NOTHING : query,
        response,
      },
      names.version,
    );
    const frame = new Uint8Array(4 + message.length);
    new DataView(frame.buffer).setUint32(0, message.length);
    frame.set(message, 4);
    return frame;
  };
}

/** Looks up what JSON lines say besides the messages. */
export interface LineDeps {
  readonly table: () => AsnTable;
  /** The origin of a zone; null when it is gone. */
  zoneOf(id: number): string | null;
}

/** As a line of JSON: both messages as in RFC 8427 §4, and what the log says of them, in the words of the HTTP interface. */
export function lineEncoder({ table, zoneOf }: LineDeps): Outlet['encode'] {
  return (query) => {
    const { id, time, zone, transport, server, address, port, asn, country, took } = query;
    const source = {
      address: formatAddress(address),
      port,
      asn: asn || null,
      name: nameOf(query, table()),
      country: country || null,
    };
    const line = {
      id,
      time: Math.floor(time),
      zone: zoneOf(zone),
      transport: TRANSPORT_NAMES[transport],
      ...(server !== '' && { server }),
      source,
      took,
      ...toDnsJson(query),
    };
    return Buffer.from(`${JSON.stringify(line)}\n`);
  };
}

/** The name is today's if the address still belongs to the number that it had when the query came. */
function nameOf({ address, asn }: LoggedQuery, table: AsnTable): string | null {
  const handle = asn === 0 ? NO_ENTRY : table.lookup(address, 0, address.length);
  return handle !== NO_ENTRY && table.asnOf(handle) === asn ? table.entry(handle).name : null;
}
