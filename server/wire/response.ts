import { ArenaName, LIST, RDATA, rdataAt, RRSET, type Arena } from './arena.ts';
import { CLASS, OPTION, TYPE } from './codes.ts';
import type { Query } from './query.ts';
import { AT, FLAG, OPCODE_MASK, OPCODE_SHIFT, RCODE_MASK, u16At } from './header.ts';
import { HEADER_SIZE, OPT_SIZE, PADDING_BLOCK } from './limits.ts';
import type { LabelSequence } from './name.ts';
import { Writer } from './writer.ts';

/** Octets of options that we ever put into one response: cookie, NSID, keepalive and reporting agent at their longest. */
const MAX_OPTIONS = 512;
const NOTHING: Uint8Array = new Uint8Array(0);

/** Where the counts of the sections lie in the header. */
export const SECTION = { ANSWER: AT.ANCOUNT, AUTHORITY: AT.NSCOUNT, ADDITIONAL: AT.ARCOUNT } as const;
export type Section = (typeof SECTION)[keyof typeof SECTION];

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
  /** EDNS options of this response, kept room for from the start. */
  private readonly options = new Uint8Array(MAX_OPTIONS);
  private optionsLength = 0;
  private edeCode = -1;
  private edeText = NOTHING;
  private padded = false;
  /** Whether everything that was to be added found room, and nothing was explained: what a prepared answer has to be. */
  isWhole = true;
  /** Where the RDATA of the record being written begins. */
  private rdataAt = 0;
  private readonly name = new ArenaName();
  /** Which record of an RRset comes first; see `rotate`. */
  private first = 0;

  /** Lets the records of each RRset begin with another one than in the response before, for those who asked for that. */
  rotate(): void {
    this.first = (this.first + 1) & 0xffff;
  }

  /** Begins the response to `query` (whose octets are `from`) in `out`, at most `size` octets long. */
  begin(query: Query, from: Uint8Array, out: Uint8Array, size: number): void {
    this.query = query;
    this.octets = out;
    this.rcode = 0;
    this.edeCode = -1;
    this.padded = false;
    this.isWhole = true;
    this.optionsLength = 0;
    this.writer.reset(out, size);
    this.writer.u16(u16At(from, AT.ID));
    const asked = u16At(from, AT.FLAGS);
    // RD is copied, RFC 1035 §4.1.1; so is CD, RFC 4035 §3. AD means nothing in what we say unsigned.
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

  /** Adds an option to the OPT of the response; to be called before any RRset, and not at all without EDNS in the query. */
  addOption(code: number, value: Uint8Array): void {
    const at = this.optionsLength;
    const length = 4 + value.length;
    // An option is an extra: a name of 255 octets in a packet of 512 leaves no room for all that we might say of ourselves.
    if (at + length > MAX_OPTIONS || this.writer.position + length > this.writer.limit) return;
    this.options[at] = code >>> 8;
    this.options[at + 1] = code;
    this.options[at + 2] = value.length >>> 8;
    this.options[at + 3] = value.length;
    for (let i = 0; i < value.length; i++) this.options[at + 4 + i] = value[i]!;
    this.optionsLength += length;
    this.writer.reserve(length);
  }

  get hasAnswer(): boolean {
    return u16At(this.octets, SECTION.ANSWER) > 0;
  }

  /** Says why, RFC 8914, if there is room in the end. `text` is UTF-8. */
  explain(edeCode: number, text: Uint8Array = NOTHING): void {
    this.edeCode = edeCode;
    this.edeText = text;
    this.isWhole = false;
  }

  /** Lets the message be filled up with zeros to a length that says nothing of what is in it, RFC 8467 §4.1. */
  pad(): void {
    this.padded = true;
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

  /** Octets of all records so far. */
  get bodyLength(): number {
    return this.writer.position - this.questionEnd;
  }

  /** How many records the sections have, ten bits each. */
  get counts(): number {
    const { octets } = this;
    return u16At(octets, SECTION.ANSWER) | (u16At(octets, SECTION.AUTHORITY) << 10) | (u16At(octets, SECTION.ADDITIONAL) << 20);
  }

  /** The flags that are not copied from the query. */
  get ownFlags(): number {
    return this.flags & (FLAG.AA | FLAG.TC);
  }

  /** Copies all records so far, as they stand behind the question. */
  copyBody(to: Uint8Array, at: number): void {
    for (let from = this.questionEnd, i = at; from < this.writer.position;) to[i++] = this.octets[from++]!;
  }

  /**
   * Adds the records of a whole answer to the same question, as `copyBody` gave them: behind a question of the same length its
   * pointers still point at what they did. Returns false, and adds nothing, when they do not fit.
   */
  addBody(source: Uint8Array, start: number, end: number, counts: number): boolean {
    const { writer } = this;
    writer.range(source, start, end);
    if (writer.overflow) {
      writer.rollback(this.questionEnd);
      return false;
    }
    writer.patchU16(SECTION.ANSWER, counts & 0x3ff);
    writer.patchU16(SECTION.AUTHORITY, (counts >> 10) & 0x3ff);
    writer.patchU16(SECTION.ADDITIONAL, counts >> 20);
    return true;
  }

  /** Adds a whole RRset of an arena under `owner`. Returns false, and leaves the message as it was, when it does not fit. */
  add(section: Section, owner: LabelSequence, arena: Arena, rrset: number, ttl = arena.words[rrset + RRSET.TTL]!): boolean {
    const { writer } = this;
    const { words } = arena;
    const mark = writer.position;
    const count = words[rrset + RRSET.COUNT]!;
    for (let i = 0; i < count; i++) {
      this.beginRecord(owner, words[rrset + RRSET.TYPE]!, words[rrset + RRSET.CLASS]!, ttl);
      const isCompressed = words[rrset + RRSET.COMPRESS] === 1;
      this.writeRdata(arena, rdataAt(rrset, (this.first + i) % count), isCompressed);
      this.endRecord();
    }
    return this.count(section, count, mark);
  }

  /** Adds a CNAME that no zone has, RFC 6672 §3.1. Returns false, and leaves the message as it was, when it does not fit. */
  addCname(owner: LabelSequence, target: LabelSequence, ttl: number): boolean {
    const mark = this.writer.position;
    this.beginRecord(owner, TYPE.CNAME, CLASS.IN, ttl);
    this.writer.compressedName(target);
    this.endRecord();
    return this.count(SECTION.ANSWER, 1, mark);
  }

  /** Puts in flags, RCODE and OPT. `udpSize` is what we take ourselves. Returns the length of the message. */
  finish(udpSize: number): number {
    const { writer } = this;
    writer.patchU16(AT.FLAGS, this.flags | (this.rcode & RCODE_MASK));
    if (this.query!.hasEdns) this.writeOpt(udpSize);
    return writer.position;
  }

  private writeOpt(udpSize: number): void {
    const { writer } = this;
    writer.reserve(-OPT_SIZE - this.optionsLength);
    writer.u8(0);
    writer.u16(TYPE.OPT);
    writer.u16(udpSize);
    // The upper RCODE bits, version 0, and DO copied as RFC 3225 §3 asks.
    writer.u8(this.rcode >> 4);
    writer.u8(0);
    writer.u16(this.query!.dnssecOk ? 0x8000 : 0);
    const lengthAt = writer.position;
    writer.u16(0);
    writer.range(this.options, 0, this.optionsLength);
    if (this.edeCode >= 0 && writer.position + 6 + this.edeText.length <= writer.limit) {
      writer.u16(OPTION.EDE);
      writer.u16(2 + this.edeText.length);
      writer.u16(this.edeCode);
      writer.bytes(this.edeText);
    }
    if (this.padded) this.writePadding();
    writer.patchU16(lengthAt, writer.position - lengthAt - 2);
    writer.patchU16(SECTION.ADDITIONAL, u16At(this.octets, SECTION.ADDITIONAL) + 1);
  }

  /** The last option, RFC 7830 §3: up to the next whole block, or as far as there is room. */
  private writePadding(): void {
    const { writer } = this;
    const start = writer.position + 4;
    if (start > writer.limit) return;
    const end = Math.min(Math.ceil(start / PADDING_BLOCK) * PADDING_BLOCK, writer.limit);
    writer.u16(OPTION.PADDING);
    writer.u16(end - start);
    for (let at = start; at < end; at++) writer.u8(0);
  }

  private beginRecord(owner: LabelSequence, type: number, rrclass: number, ttl: number): void {
    const { writer } = this;
    writer.compressedName(owner);
    writer.u16(type);
    writer.u16(rrclass);
    writer.u32(ttl);
    this.rdataAt = writer.position + 2;
    writer.u16(0);
  }

  private writeRdata(arena: Arena, rdata: number, isCompressed: boolean): void {
    const { writer } = this;
    const { words, octets } = arena;
    const names = words[rdata + RDATA.NAMES]!;
    const end = words[rdata + RDATA.END]!;
    if (!isCompressed || names === 0) {
      writer.range(octets, words[rdata + RDATA.START]!, end);
      return;
    }
    writer.range(octets, words[rdata + RDATA.START]!, words[rdata + RDATA.NAMES_START]!);
    const count = words[names + LIST.COUNT]!;
    for (let i = 0; i < count; i++) {
      this.name.point(arena, words[names + LIST.ITEMS + i]!);
      writer.compressedName(this.name);
    }
    writer.range(octets, words[rdata + RDATA.NAMES_END]!, end);
  }

  private endRecord(): void {
    const { writer } = this;
    if (!writer.overflow) writer.patchU16(this.rdataAt - 2, writer.position - this.rdataAt);
  }

  /** Counts records written since `mark`, or takes them back when they did not all fit. */
  private count(section: Section, count: number, mark: number): boolean {
    if (this.writer.overflow) {
      this.writer.rollback(mark);
      this.isWhole = false;
      return false;
    }
    this.writer.patchU16(section, u16At(this.octets, section) + count);
    return true;
  }
}

/** The opcode of a header. */
export function opcodeOf(octets: Uint8Array): number {
  return (u16At(octets, AT.FLAGS) & OPCODE_MASK) >> OPCODE_SHIFT;
}
