import { TRANSPORT } from '../../answer/transport.ts';
import type { LoggedQuery } from '../../querylog/event.ts';
import { parseAddress } from '../../wire/address.ts';
import { tcpPacket, udpPacket, type Place } from './packet.ts';

/** Blocks and options of draft-ietf-opsawg-pcapng. */
const BLOCK = { SECTION: 0x0a0d0d0a, INTERFACE: 1, PACKET: 6 } as const;
const OPTION = { END: 0, COMMENT: 1, DESCRIPTION: 3, APPLICATION: 4 } as const;
const BYTE_ORDER = 0x1a2b3c4d;
/** Packets that begin with their IP header. */
const LINKTYPE_RAW = 101;
/** The port by which programs know DNS, whatever port this server listens on. */
const DNS_PORT = 53;
/** Octets of one TCP segment, so that a large answer fits into packets. */
const SEGMENT = 16_384;
/** Connections of which it is known how far they have come. One that is forgotten begins anew. */
const MAX_CONNECTIONS = 1000;

/**
 * The log as packets, for Wireshark: what the network carried, put together again from the messages. Headers of IP, UDP and TCP
 * are made up around them, for the log does not keep those; a message that came over HTTPS stands there as one over TCP.
 */
export class PcapngWriter {
  private readonly hosts: { readonly v4: Uint8Array; readonly v6: Uint8Array };
  private readonly connections = new Map<string, { client: number; server: number }>();

  /** `host` is the address of this server, if it is known. */
  constructor(host: string | null) {
    const address = host === null ? null : parseAddress(host);
    this.hosts = {
      v4: address?.length === 4 ? address : Uint8Array.of(127, 0, 0, 1),
      v6: address?.length === 16 ? address : parseAddress('::1')!,
    };
  }

  /** What stands at the beginning of the file. */
  begin(): Uint8Array {
    const section = new Uint8Array(16);
    const view = new DataView(section.buffer);
    view.setUint32(0, BYTE_ORDER, true);
    view.setUint16(4, 1, true);
    // The length of the section is not known before its end.
    view.setBigInt64(8, -1n, true);
    const link = new Uint8Array(8);
    new DataView(link.buffer).setUint16(0, LINKTYPE_RAW, true);
    return Buffer.concat([
      block(BLOCK.SECTION, section, option(OPTION.APPLICATION, 'Digpit')),
      block(BLOCK.INTERFACE, link, option(OPTION.DESCRIPTION, 'Query log; IP, UDP and TCP headers are made up')),
    ]);
  }

  /** The packets of a query and its response. `comment` says who asked. */
  write(logged: LoggedQuery, comment: string): Uint8Array {
    const { address, port, query, response, time } = logged;
    const client: Place = { address, port };
    const server: Place = { address: address.length === 4 ? this.hosts.v4 : this.hosts.v6, port: DNS_PORT };
    const [asked, answered] =
      logged.transport === TRANSPORT.UDP
        ? [[udpPacket(client, server, query)], [udpPacket(server, client, response)]]
        : this.converse(client, server, query, response);
    return Buffer.concat([
      ...asked.map((packet) => packetBlock(packet, time, comment)),
      ...answered.map((packet) => packetBlock(packet, time, '')),
    ]);
  }

  private converse(client: Place, server: Place, query: Uint8Array, response: Uint8Array): [Uint8Array[], Uint8Array[]] {
    const key = `${client.address.join('.')} ${client.port}`;
    const at = this.connections.get(key) ?? { client: 1, server: 1 };
    const asked = segments(query).map((payload) => {
      const packet = tcpPacket(client, server, { sent: at.client, received: at.server }, payload);
      at.client += payload.length;
      return packet;
    });
    const answered = segments(response).map((payload) => {
      const packet = tcpPacket(server, client, { sent: at.server, received: at.client }, payload);
      at.server += payload.length;
      return packet;
    });
    this.connections.delete(key);
    this.connections.set(key, at);
    if (this.connections.size > MAX_CONNECTIONS) this.connections.delete(this.connections.keys().next().value!);
    return [asked, answered];
  }
}

/** A message with its length in front, RFC 1035 §4.2.2, cut to what fits into packets. */
function segments(message: Uint8Array): Uint8Array[] {
  const framed = new Uint8Array(2 + message.length);
  new DataView(framed.buffer).setUint16(0, message.length);
  framed.set(message, 2);
  const count = Math.ceil(framed.length / SEGMENT);
  return Array.from({ length: count }, (_, i) => framed.subarray(i * SEGMENT, (i + 1) * SEGMENT));
}

function packetBlock(packet: Uint8Array, time: number, comment: string): Uint8Array {
  const fixed = new Uint8Array(20);
  const view = new DataView(fixed.buffer);
  const micros = BigInt(Math.floor(time * 1000));
  view.setUint32(4, Number(micros >> 32n), true);
  view.setUint32(8, Number(micros & 0xffff_ffffn), true);
  view.setUint32(12, packet.length, true);
  view.setUint32(16, packet.length, true);
  return block(BLOCK.PACKET, Buffer.concat([fixed, packet, padding(packet.length)]), option(OPTION.COMMENT, comment));
}

/** A block has its length at both ends, so that it can be read backwards. */
function block(type: number, body: Uint8Array, options: Uint8Array): Uint8Array {
  const length = 12 + body.length + options.length;
  const octets = new Uint8Array(length);
  const view = new DataView(octets.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  octets.set(body, 8);
  octets.set(options, 8 + body.length);
  view.setUint32(length - 4, length, true);
  return octets;
}

/** One option and the end of the options; nothing when there is nothing to say. */
function option(code: number, text: string): Uint8Array {
  const value = Buffer.from(text);
  if (value.length === 0) return value;
  const head = Buffer.alloc(4);
  head.writeUInt16LE(code, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value, padding(value.length), Buffer.alloc(4)]);
}

function padding(length: number): Uint8Array {
  return new Uint8Array((4 - (length % 4)) % 4);
}
