import type { Exchange } from '../answer/exchange.ts';
import { IOVEC, LINUX, MMSGHDR, PKTINFO, SOCKADDR, type Libc } from './libc.ts';

/** Messages taken from the kernel at a time. More than this gains nothing: the calls are an eighth of the work already. */
export const BATCH_SIZE = 64;
/** Octets of the longest query that is read whole. One that is longer is cut, and then is no well-formed message. */
const QUERY_ROOM = 4096;

/** An address, and the control message that came with a query from it. */
export interface Envelope {
  readonly name: Uint8Array;
  readonly control: Uint8Array;
}

/**
 * Memory for a batch of messages as the kernel wants it: for each place a query, where it came from, and an answer to that.
 * Everything lies in one buffer, laid out once; what changes from batch to batch is a few lengths.
 */
export class Batch {
  /** The query in each place. */
  readonly queries: readonly Uint8Array[];
  /** Room for the answer in each place. */
  readonly answers: readonly Uint8Array[];
  private readonly libc: Libc;
  private readonly octets: Uint8Array;
  private readonly words: Uint32Array;
  private readonly address: number;
  private readonly inAt: number;
  private readonly outAt: number;
  private readonly outVectorAt: number;
  private readonly nameAt: number;
  private readonly controlAt: number;

  private readonly size: number;

  /** `size` places, `answerRoom` octets for each answer. */
  constructor(libc: Libc, answerRoom: number, size = BATCH_SIZE) {
    const plan = new Plan(size);
    this.size = size;
    this.libc = libc;
    this.inAt = plan.take(MMSGHDR.SIZE);
    this.outAt = plan.take(MMSGHDR.SIZE);
    const inVectorAt = plan.take(IOVEC.SIZE);
    this.outVectorAt = plan.take(IOVEC.SIZE);
    this.nameAt = plan.take(SOCKADDR.SIZE);
    this.controlAt = plan.take(PKTINFO.SIZE);
    const queryAt = plan.take(QUERY_ROOM);
    const room = (answerRoom + 7) & ~7;
    const answerAt = plan.take(room);
    this.octets = new Uint8Array(plan.size);
    this.words = new Uint32Array(this.octets.buffer);
    this.address = libc.addressOf(this.octets);
    this.queries = this.slices(queryAt, QUERY_ROOM, QUERY_ROOM);
    this.answers = this.slices(answerAt, room, answerRoom);
    for (let i = 0; i < size; i++) {
      const query = { at: queryAt + i * QUERY_ROOM, vectorAt: inVectorAt + i * IOVEC.SIZE, length: QUERY_ROOM };
      const answer = { at: answerAt + i * room, vectorAt: this.outVectorAt + i * IOVEC.SIZE, length: 0 };
      this.link(this.inAt, i, query);
      this.link(this.outAt, i, answer);
    }
  }

  /** Takes what waits at a socket, 0 to BATCH_SIZE messages, without waiting for more. */
  receive(fd: number): number {
    return this.libc.receive(fd, this.address + this.inAt, this.size);
  }

  /** Octets of the query in place `i`. */
  lengthOf(i: number): number {
    return this.words[(this.inAt + i * MMSGHDR.SIZE + MMSGHDR.LENGTH) >> 2]!;
  }

  /** Says who sent the query in place `i`. An IPv4 client of an IPv6 socket is an IPv4 client. */
  describe(i: number, exchange: Exchange): void {
    const { octets } = this;
    const name = this.nameAt + i * SOCKADDR.SIZE;
    exchange.port = (octets[name + SOCKADDR.PORT]! << 8) | octets[name + SOCKADDR.PORT + 1]!;
    let from = name + SOCKADDR.IPV4;
    let length = 4;
    if (octets[name + SOCKADDR.FAMILY] === LINUX.AF_INET6) {
      from = name + SOCKADDR.IPV6;
      if (this.isMapped(from)) from += 12;
      else length = 16;
    }
    exchange.addressLength = length;
    for (let k = 0; k < length; k++) exchange.address[k] = octets[from + k]!;
  }

  /** Says how long the answer in place `i` is, 0 for none. It goes to where the query came from, from where that was sent to. */
  reply(i: number, length: number): void {
    const { words } = this;
    const from = (this.inAt + i * MMSGHDR.SIZE) >> 2;
    const to = (this.outAt + i * MMSGHDR.SIZE) >> 2;
    words[(this.outVectorAt + i * IOVEC.SIZE + IOVEC.LENGTH) >> 2] = length;
    words[to + (MMSGHDR.NAME_LENGTH >> 2)] = words[from + (MMSGHDR.NAME_LENGTH >> 2)]!;
    words[to + (MMSGHDR.CONTROL_LENGTH >> 2)] = words[from + (MMSGHDR.CONTROL_LENGTH >> 2)]!;
    this.forgetInterface(i);
    words[from + (MMSGHDR.NAME_LENGTH >> 2)] = SOCKADDR.SIZE;
    words[from + (MMSGHDR.CONTROL_LENGTH >> 2)] = PKTINFO.SIZE;
  }

  /** What says where the query in place `i` came from and which address it asked: for an answer that is sent later. A copy. */
  envelopeOf(i: number): Envelope {
    const header = (this.inAt + i * MMSGHDR.SIZE) >> 2;
    const name = this.nameAt + i * SOCKADDR.SIZE;
    const control = this.controlAt + i * PKTINFO.SIZE;
    return {
      name: this.octets.slice(name, name + this.words[header + (MMSGHDR.NAME_LENGTH >> 2)]!),
      control: this.octets.slice(control, control + this.words[header + (MMSGHDR.CONTROL_LENGTH >> 2)]!),
    };
  }

  /** Sends an answer in the first place to where an envelope says. One that is too long for the place is not sent. */
  sendTo(fd: number, { name, control }: Envelope, answer: Uint8Array): void {
    if (answer.length > this.answers[0]!.length) return;
    this.octets.set(name, this.nameAt);
    this.octets.set(control, this.controlAt);
    this.words[(this.inAt + MMSGHDR.NAME_LENGTH) >> 2] = name.length;
    this.words[(this.inAt + MMSGHDR.CONTROL_LENGTH) >> 2] = control.length;
    this.answers[0]!.set(answer);
    this.reply(0, answer.length);
    this.send(fd, 1);
  }

  /** Sends the answers of the first `count` places that have one, and empties the places. Returns how many could not be sent. */
  send(fd: number, count: number): number {
    let failed = 0;
    for (let start = 0; start < count;) {
      if (this.answerLength(start) === 0) {
        start++;
        continue;
      }
      let end = start + 1;
      while (end < count && this.answerLength(end) > 0) end++;
      const sent = this.libc.send(fd, this.address + this.outAt + start * MMSGHDR.SIZE, end - start);
      // The first one that could not be sent is passed over: its client asks again, and the others need not wait.
      if (sent <= 0) failed++;
      start += Math.max(sent, 1);
    }
    return failed;
  }

  /** Whether the address at `at` is ::ffff:0:0/96, RFC 4291 §2.5.5.2. */
  private isMapped(at: number): boolean {
    for (let i = 0; i < 10; i++) if (this.octets[at + i] !== 0) return false;
    return this.octets[at + 10] === 0xff && this.octets[at + 11] === 0xff;
  }

  private answerLength(i: number): number {
    return this.words[(this.outVectorAt + i * IOVEC.SIZE + IOVEC.LENGTH) >> 2]!;
  }

  /**
   * The control message that came with the query names the address that was asked and the interface it came in by. Sent back, it
   * makes that address the source; the way out is for the routing table to choose.
   */
  private forgetInterface(i: number): void {
    const at = this.controlAt + i * PKTINFO.SIZE;
    const isIpv6 = this.words[(at + PKTINFO.LEVEL) >> 2] === LINUX.IPPROTO_IPV6;
    this.words[(at + (isIpv6 ? PKTINFO.IFINDEX_IPV6 : PKTINFO.IFINDEX_IPV4)) >> 2] = 0;
  }

  private slices(start: number, stride: number, length: number): Uint8Array[] {
    return Array.from({ length: this.size }, (_, i) => this.octets.subarray(start + i * stride, start + i * stride + length));
  }

  /** Points header `i` of those at `headers` to its vector, and that to its octets; to the address and control message of its place. */
  private link(headers: number, i: number, { at, vectorAt, length }: { at: number; vectorAt: number; length: number }): void {
    const header = headers + i * MMSGHDR.SIZE;
    this.point(header + MMSGHDR.NAME, this.nameAt + i * SOCKADDR.SIZE);
    this.words[(header + MMSGHDR.NAME_LENGTH) >> 2] = SOCKADDR.SIZE;
    this.point(header + MMSGHDR.VECTOR, vectorAt);
    this.words[(header + MMSGHDR.VECTOR_COUNT) >> 2] = 1;
    this.point(header + MMSGHDR.CONTROL, this.controlAt + i * PKTINFO.SIZE);
    this.words[(header + MMSGHDR.CONTROL_LENGTH) >> 2] = PKTINFO.SIZE;
    this.point(vectorAt + IOVEC.BASE, at);
    this.words[(vectorAt + IOVEC.LENGTH) >> 2] = length;
  }

  /** Writes the address of an offset of our own as a pointer. */
  private point(at: number, offset: number): void {
    const target = this.address + offset;
    this.words[at >> 2] = target % 2 ** 32;
    this.words[(at >> 2) + 1] = Math.floor(target / 2 ** 32);
  }
}

/** Deals out room for as many things of one size as there are places, one kind after the other, each beginning at a multiple of eight octets. */
class Plan {
  size = 0;
  private readonly count: number;

  constructor(count: number) {
    this.count = count;
  }

  take(each: number): number {
    const at = this.size;
    this.size += (this.count * each + 7) & ~7;
    return at;
  }
}
