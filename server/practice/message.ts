import { CLASS, OPCODE, RCODE, TYPE } from '../wire/codes.ts';
import { AT, FLAG, OPCODE_MASK, OPCODE_SHIFT, RCODE_MASK, u16At } from '../wire/header.ts';
import { HEADER_SIZE, MAX_MESSAGE } from '../wire/limits.ts';
import { Name, startOf } from '../wire/name.ts';
import { decodeQuery, Query } from '../wire/query.ts';
import { Writer } from '../wire/writer.ts';
import type { Asked } from './reply.ts';
import type { Resolution } from './resolution.ts';

/** What we say that we take over UDP ourselves, RFC 6891 §6.2.5. */
const UDP_SIZE = 1232;

/** A query to a resolver: what it asks, or the RCODE that it gets. */
export interface Incoming {
  readonly asked: Asked | null;
  readonly rcode: number;
  /** Octets that the answer may have over UDP. */
  readonly udpSize: number;
  readonly hasEdns: boolean;
  readonly questionEnd: number;
}

/** Reads a query as a resolver gets it. Null for what gets no answer: no header, or an answer itself. */
export function readIncoming(octets: Uint8Array): Incoming | null {
  if (octets.length < HEADER_SIZE || (u16At(octets, AT.FLAGS) & FLAG.QR) !== 0) return null;
  const query = new Query();
  const sound = decodeQuery(octets, octets.length, query);
  const { hasEdns, questionEnd, udpSize } = query;
  const rcode = judge(octets, sound, query);
  const asked = rcode === RCODE.NOERROR ? { qname: nameOf(octets, query), qtype: query.qtype } : null;
  return {
    asked,
    rcode,
    udpSize: Math.min(udpSize, UDP_SIZE),
    hasEdns,
    questionEnd: query.hasQuestion ? questionEnd : HEADER_SIZE,
  };
}

/** Nobody who does not want it gets recursion, and there is nothing else to be had here. */
function judge(octets: Uint8Array, sound: boolean, { hasQuestion, ednsVersion, qclass }: Query): number {
  const flags = u16At(octets, AT.FLAGS);
  if ((flags & OPCODE_MASK) >> OPCODE_SHIFT !== OPCODE.QUERY) return RCODE.NOTIMP;
  if (!sound || !hasQuestion) return RCODE.FORMERR;
  if (ednsVersion !== 0) return RCODE.BADVERS;
  return qclass === CLASS.IN && (flags & FLAG.RD) !== 0 ? RCODE.NOERROR : RCODE.REFUSED;
}

function nameOf(octets: Uint8Array, { qname }: Query): Name {
  return Name.fromOctets(octets.slice(startOf(qname, 0), startOf(qname, qname.labelCount) + 1));
}

/** What an answer says. */
type Said = Pick<Resolution, 'rcode' | 'answer' | 'authority'>;

const NOTHING = { answer: [], authority: [] };

/** The answer to a query, at most `size` octets: with TC and without records when they are more than that, RFC 2181 §9. */
export function encodeAnswer(query: Uint8Array, incoming: Incoming, said: Said, size = MAX_MESSAGE): Uint8Array {
  const writer = new Writer(new Uint8Array(size));
  writeAnswer(writer, query, incoming, said);
  if (writer.overflow) {
    writer.reset(writer.octets, size);
    writeAnswer(writer, query, incoming, { ...NOTHING, rcode: said.rcode });
    writer.octets[AT.FLAGS]! |= FLAG.TC >> 8;
  }
  return writer.octets.slice(0, writer.position);
}

function writeAnswer(writer: Writer, query: Uint8Array, incoming: Incoming, { rcode, answer, authority }: Said): void {
  const { hasEdns, questionEnd } = incoming;
  const asked = u16At(query, AT.FLAGS) & (OPCODE_MASK | FLAG.RD | FLAG.CD);
  const counts = [questionEnd > HEADER_SIZE ? 1 : 0, answer.length, authority.length, hasEdns ? 1 : 0];
  for (const number of [u16At(query, AT.ID), FLAG.QR | FLAG.RA | asked | (rcode & RCODE_MASK), ...counts]) writer.u16(number);
  writer.range(query, HEADER_SIZE, questionEnd);
  for (const record of [...answer, ...authority]) writer.record(record);
  if (hasEdns) writeOpt(writer, rcode);
}

/** The upper bits of the RCODE go here, RFC 6891 §6.1.3. */
function writeOpt(writer: Writer, rcode: number): void {
  writer.u8(0);
  writer.u16(TYPE.OPT);
  writer.u16(UDP_SIZE);
  writer.u8(rcode >> 4);
  writer.u8(0);
  writer.u16(0);
  writer.u16(0);
}

/** What a resolver is asked by a message, and what it says. Null for what gets no answer. */
export async function answerMessage(
  query: Uint8Array,
  resolve: (asked: Asked) => Promise<Resolution | null>,
  overUdp: boolean,
): Promise<{ response: Uint8Array; resolution: Resolution | null } | null> {
  const incoming = readIncoming(query);
  if (incoming === null) return null;
  const resolution = incoming.asked && (await resolve(incoming.asked));
  const refused = { ...NOTHING, rcode: incoming.asked === null ? incoming.rcode : RCODE.SERVFAIL };
  const response = encodeAnswer(query, incoming, resolution ?? refused, overUdp ? incoming.udpSize : MAX_MESSAGE);
  return { response, resolution };
}
