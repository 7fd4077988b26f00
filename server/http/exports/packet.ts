/** Where a packet comes from or goes to: four octets or sixteen, and a port. */
export interface Place {
  readonly address: Uint8Array;
  readonly port: number;
}

const PROTOCOL = { TCP: 6, UDP: 17 } as const;
const HOP_LIMIT = 64;
const UDP_HEADER = 8;
const TCP_HEADER = 20;
const TCP_FLAG = { PSH: 0x08, ACK: 0x10 } as const;
const WINDOW = 0xffff;

/** An IP packet with a UDP datagram in it, RFC 768. */
export function udpPacket(from: Place, to: Place, payload: Uint8Array): Uint8Array {
  const { packet, view, at } = ipPacket(from, to, PROTOCOL.UDP, UDP_HEADER + payload.length);
  view.setUint16(at, from.port);
  view.setUint16(at + 2, to.port);
  view.setUint16(at + 4, UDP_HEADER + payload.length);
  packet.set(payload, at + UDP_HEADER);
  // A sum of zero is sent as its twin, for zero says that there is none.
  view.setUint16(at + 6, transportChecksum(from, to, PROTOCOL.UDP, packet.subarray(at)) || 0xffff);
  return packet;
}

/** How far the two directions of a connection have come. */
export interface Sequence {
  readonly sent: number;
  readonly received: number;
}

/** An IP packet with a TCP segment in it, RFC 9293 §3.1. */
export function tcpPacket(from: Place, to: Place, { sent, received }: Sequence, payload: Uint8Array): Uint8Array {
  const { packet, view, at } = ipPacket(from, to, PROTOCOL.TCP, TCP_HEADER + payload.length);
  view.setUint16(at, from.port);
  view.setUint16(at + 2, to.port);
  view.setUint32(at + 4, sent);
  view.setUint32(at + 8, received);
  view.setUint8(at + 12, (TCP_HEADER / 4) << 4);
  view.setUint8(at + 13, TCP_FLAG.PSH | TCP_FLAG.ACK);
  view.setUint16(at + 14, WINDOW);
  packet.set(payload, at + TCP_HEADER);
  view.setUint16(at + 16, transportChecksum(from, to, PROTOCOL.TCP, packet.subarray(at)));
  return packet;
}

/** The IP header, RFC 791 §3.1 or RFC 8200 §3, with room behind it. */
function ipPacket(from: Place, to: Place, protocol: number, length: number) {
  const isV4 = from.address.length === 4;
  const at = isV4 ? 20 : 40;
  const packet = new Uint8Array(at + length);
  const view = new DataView(packet.buffer);
  if (isV4) {
    view.setUint8(0, 0x45);
    view.setUint16(2, at + length);
    view.setUint8(8, HOP_LIMIT);
    view.setUint8(9, protocol);
    packet.set(from.address, 12);
    packet.set(to.address, 16);
    view.setUint16(10, fold(sum(packet.subarray(0, at))));
  } else {
    view.setUint8(0, 0x60);
    view.setUint16(4, length);
    view.setUint8(6, protocol);
    view.setUint8(7, HOP_LIMIT);
    packet.set(from.address, 8);
    packet.set(to.address, 24);
  }
  return { packet, view, at };
}

/** Over the segment and a pseudo-header, RFC 9293 §3.1 and RFC 8200 §8.1. */
function transportChecksum(from: Place, to: Place, protocol: number, segment: Uint8Array): number {
  return fold(sum(from.address) + sum(to.address) + protocol + segment.length + sum(segment));
}

function sum(octets: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < octets.length; i += 2) total += (octets[i]! << 8) | (octets[i + 1] ?? 0);
  return total;
}

/** The ones' complement of a ones' complement sum, RFC 1071 §1. */
function fold(total: number): number {
  let folded = total;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}
