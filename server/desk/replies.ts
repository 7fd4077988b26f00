import { EDE, OPTION, TYPE } from '../wire/codes.ts';
import { AT, FLAG, OPCODE_MASK, u16At } from '../wire/header.ts';
import { HEADER_SIZE, OPT_SIZE } from '../wire/limits.ts';
import { Reader } from '../wire/reader.ts';
import { Writer } from '../wire/writer.ts';

/** Octets of a sentence that an answer carries, so that it fits beside a signature. */
const MAX_TEXT = 200;
/** What we take over UDP, as OPT says it. */
const UDP_SIZE = 1232;

/** Flags of an answer that are those of the question: opcode, RD and CD. */
export function answerFlags(message: Uint8Array): number {
  return FLAG.QR | (u16At(message, AT.FLAGS) & (OPCODE_MASK | FLAG.RD | FLAG.CD));
}

/**
 * An answer without records: header and question of the message, an RCODE, and an OPT if the message has one (RFC 6891 §7), with a
 * sentence in it where there is something to say (RFC 8914). A message whose question cannot be read is answered without one.
 */
export function makeReply(
  message: Uint8Array,
  rcode: number,
  { flags = 0, text = null }: { flags?: number; text?: string | null | undefined } = {},
): Uint8Array {
  const questionEnd = endOfQuestion(message);
  const writer = new Writer(new Uint8Array(questionEnd + OPT_SIZE + 6 + MAX_TEXT));
  writer.range(message, 0, questionEnd);
  writer.patchU16(AT.FLAGS, answerFlags(message) | flags | rcode);
  if (questionEnd === HEADER_SIZE) writer.patchU16(AT.QDCOUNT, 0);
  for (const at of [AT.ANCOUNT, AT.NSCOUNT, AT.ARCOUNT]) writer.patchU16(at, 0);
  if (optAt(message) >= 0) addOpt(writer, text);
  return writer.octets.slice(0, writer.position);
}

function addOpt(writer: Writer, text: string | null): void {
  const value = Buffer.from(text ?? '').subarray(0, MAX_TEXT);
  writer.u8(0);
  writer.u16(TYPE.OPT);
  writer.u16(UDP_SIZE);
  writer.u32(0);
  writer.u16(text === null ? 0 : 6 + value.length);
  if (text !== null) {
    writer.u16(OPTION.EDE);
    writer.u16(2 + value.length);
    writer.u16(EDE.OTHER);
    writer.bytes(value);
  }
  writer.patchU16(AT.ARCOUNT, 1);
}

/** An answer without additional records, with an OPT that says nothing. */
export function withOpt(answer: Uint8Array): Uint8Array {
  const writer = new Writer(new Uint8Array(answer.length + OPT_SIZE));
  writer.bytes(answer);
  addOpt(writer, null);
  return writer.octets;
}

/** Where the only question ends; where the header does when there is none, or more than one. */
export function endOfQuestion(message: Uint8Array): number {
  if (message.length < HEADER_SIZE || u16At(message, AT.QDCOUNT) !== 1) return HEADER_SIZE;
  const reader = new Reader(message, HEADER_SIZE);
  reader.name();
  reader.bytes(4);
  return reader.fault === null ? reader.position : HEADER_SIZE;
}

/** Where the OPT record of a message lies, or -1: its type, with the size that the client takes behind it. */
export function optAt(message: Uint8Array): number {
  const reader = new Reader(message, endOfQuestion(message));
  const count = u16At(message, AT.ANCOUNT) + u16At(message, AT.NSCOUNT) + u16At(message, AT.ARCOUNT);
  for (let n = 0; n < count && reader.fault === null; n++) {
    reader.name();
    const at = reader.position;
    if (reader.u16() === TYPE.OPT) return at;
    reader.bytes(6);
    reader.bytes(reader.u16());
  }
  return -1;
}
