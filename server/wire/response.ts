import { TYPE } from './codes.ts';
import type { Query } from './query.ts';
import { AT, FLAG, OPCODE_MASK, OPCODE_SHIFT, RCODE_MASK, u16At } from './header.ts';
import { HEADER_SIZE, OPT_SIZE } from './limits.ts';
import type { LabelSequence } from './name.ts';
import type { EmbeddedNames } from './rdata.ts';
import { Writer } from './writer.ts';

/** What a response needs of an RRset; zones keep theirs in this form. */
export interface WireRrset {
  readonly type: number;
  readonly rdatas: readonly { readonly octets: Uint8Array; readonly embedded: EmbeddedNames | null }[];
  readonly compress: boolean;
}

/** Where the counts of the sections lie in the header. */
export const SECTION = { ANSWER: AT.ANCOUNT, AUTHORITY: AT.NSCOUNT, ADDITIONAL: AT.ARCOUNT } as const;
export type Section = (typeof SECTION)[keyof typeof SECTION];

const CLASS_IN = 1;

/**
 * Writes one response at a time: `begin`, RRsets section by section, `finish`. An RRset goes in whole or not at all, and the
 * room for OPT is kept from the start, so that what is cut is never OPT, RFC 6891 §7.
 */
export class ResponseWriter {
  private readonly writer = new Writer(new Uint8Array(0));
  private query: Query | null = null;
  private octets: Uint8Array = new Uint8Array(0);
  private flags = 0;
  /** Twelve bits: what does not fit the header goes into OPT, RFC 6891 §6.1.3. */
  rcode = 0;

  private questionEnd = HEADER_SIZE;

  /** Begins the response to `query` (whose octets are `from`) in `out`, at most `size` octets long. */
  begin(query: Query, from: Uint8Array, out: Uint8Array, size: number): void {
    this.query = query;
    this.octets = out;
    this.rcode = 0;
    this.writer.reset(out, size);
    this.writer.u16(u16At(from, AT.ID));
    const asked = u16At(from, AT.FLAGS);
    // RD is copied, RFC 1035 §4.1.1; so is CD, RFC 4035 §3.1.6. AD means nothing in what we say unsigned.
    this.flags = FLAG.QR | (asked & (OPCODE_MASK | FLAG.RD | FLAG.CD));
    this.writer.u16(this.flags);
    this.writer.u16(query.hasQuestion ? 1 : 0);
    this.writer.u32(0);
    this.writer.u16(0);
    if (query.hasEdns) this.writer.reserve(OPT_SIZE);
    if (query.hasQuestion) {
      this.writer.range(from, HEADER_SIZE, query.questionEnd);
      this.writer.rememberName(query.qname, HEADER_SIZE);
    }
    this.questionEnd = this.writer.position;
  }

  setFlag(flag: number): void {
    this.flags |= flag;
  }

  /** Takes all records out again and sets TC: "ask over TCP". */
  truncate(): void {
    this.writer.rollback(this.questionEnd);
    for (const section of [SECTION.ANSWER, SECTION.AUTHORITY, SECTION.ADDITIONAL]) this.writer.patchU16(section, 0);
    this.setFlag(FLAG.TC);
  }

  /** Adds a whole RRset under `owner`. Returns false, and leaves the message as it was, when it does not fit. */
  add(section: Section, owner: LabelSequence, rrset: WireRrset, ttl: number): boolean {
    const mark = this.writer.position;
    for (let i = 0; i < rrset.rdatas.length; i++) this.addRecord(owner, rrset, ttl, i);
    if (this.writer.overflow) {
      this.writer.rollback(mark);
      return false;
    }
    const countAt = section;
    this.writer.patchU16(countAt, u16At(this.octets, countAt) + rrset.rdatas.length);
    return true;
  }

  /** Puts in flags, RCODE and OPT. `udpSize` is what we take ourselves. Returns the length of the message. */
  finish(udpSize: number): number {
    const { writer } = this;
    writer.patchU16(AT.FLAGS, this.flags | (this.rcode & RCODE_MASK));
    if (this.query!.hasEdns) {
      writer.reserve(-OPT_SIZE);
      writer.u8(0);
      writer.u16(TYPE.OPT);
      writer.u16(udpSize);
      // The upper RCODE bits, version 0, and DO copied as RFC 3225 §3 asks.
      writer.u8(this.rcode >> 4);
      writer.u8(0);
      writer.u16(this.query!.dnssecOk ? 0x8000 : 0);
      writer.u16(0);
      const countAt = SECTION.ADDITIONAL;
      writer.patchU16(countAt, u16At(this.octets, countAt) + 1);
    }
    return writer.position;
  }

  private addRecord(owner: LabelSequence, rrset: WireRrset, ttl: number, i: number): void {
    const { writer } = this;
    writer.compressedName(owner);
    writer.u16(rrset.type);
    writer.u16(CLASS_IN);
    writer.u32(ttl);
    const lengthAt = writer.position;
    writer.u16(0);
    const { octets, embedded } = rrset.rdatas[i]!;
    if (rrset.compress && embedded !== null) {
      writer.range(octets, 0, embedded.start);
      for (let n = 0; n < embedded.names.length; n++) writer.compressedName(embedded.names[n]!);
      writer.range(octets, embedded.end, octets.length);
    } else {
      writer.bytes(octets);
    }
    if (!writer.overflow) writer.patchU16(lengthAt, writer.position - lengthAt - 2);
  }
}

/** The opcode of a header. */
export function opcodeOf(octets: Uint8Array): number {
  return (u16At(octets, AT.FLAGS) & OPCODE_MASK) >> OPCODE_SHIFT;
}
