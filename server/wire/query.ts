import { CLASS, OPTION, TYPE } from './codes.ts';
import { AT, u16At } from './header.ts';
import {
  CLASSIC_UDP_SIZE,
  HEADER_SIZE,
  MAX_LABEL,
  MAX_LABELS,
  MAX_NAME,
  MAX_QUERY_ADDITIONAL,
  MAX_QUERY_OPTIONS,
} from './limits.ts';
import { hashSuffixes, wordsOf, type LabelSequence, type Name } from './name.ts';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

/** Octets of a client cookie, and of the server cookies that may stand behind it, RFC 7873 §4. */
const CLIENT_COOKIE = 8;
const MIN_SERVER_COOKIE = 8;
const MAX_SERVER_COOKIE = 32;

/** The question's name where it lies in the datagram. */
class QuestionName implements LabelSequence {
  octets: Uint8Array = new Uint8Array(0);
  readonly words = new Int32Array(wordsOf(MAX_LABELS));
  readonly at = 0;
  labelCount = 0;
}

/** A query as the answering path needs it. One object is filled again for each query, so that decoding allocates nothing. */
export class Query {
  readonly qname = new QuestionName();
  qtype = 0;
  qclass = 0;
  /** Whether the question could be read, so that an answer can repeat it. */
  hasQuestion = false;
  /** Where the question ends. */
  questionEnd = HEADER_SIZE;
  hasEdns = false;
  /** What the client says it can take over UDP, at least 512, RFC 6891 §6.2.3. */
  udpSize = CLASSIC_UDP_SIZE;
  ednsVersion = 0;
  dnssecOk = false;
  /** Whether the client wants to know which server this is, RFC 5001 §2.1. */
  wantsNsid = false;
  /** Whether the client wants to know how long its connection may be idle, RFC 7828 §3.2.1. */
  wantsKeepalive = false;
  /** Whether the client padded its query, so that the answer is to be padded too, RFC 7830 §4. */
  isPadded = false;
  /** Whether the message is signed, RFC 8945 §4.2. */
  isSigned = false;
  /** Where the value of COOKIE lies in the message, and how long it is: 0 for none, RFC 7873 §4. */
  cookieAt = 0;
  cookieLength = 0;

  /** Whether the client shows a server cookie, RFC 7873 §4.2. */
  get hasServerCookie(): boolean {
    return this.cookieLength > CLIENT_COOKIE;
  }
}

/**
 * Reads question and OPT of a query whose header has been screened, `octets` being at most 65,535 long and only the first
 * `length` of them counting. Returns whether it is well formed; when it is not, `query` says how much of it was.
 */
export function decodeQuery(octets: Uint8Array, length: number, query: Query): boolean {
  query.hasQuestion = false;
  query.questionEnd = HEADER_SIZE;
  query.hasEdns = false;
  query.udpSize = CLASSIC_UDP_SIZE;
  query.ednsVersion = 0;
  query.dnssecOk = false;
  query.wantsNsid = false;
  query.wantsKeepalive = false;
  query.isPadded = false;
  query.isSigned = false;
  query.cookieLength = 0;
  // A client may ask for a cookie alone, RFC 7873 §5.4; whether it did is for the caller to see.
  if (u16At(octets, AT.QDCOUNT) > 1) return false;
  if (u16At(octets, AT.QDCOUNT) === 1 && !decodeQuestion(octets, length, query)) return false;
  if (u16At(octets, AT.ANCOUNT) !== 0) return false;
  // IXFR carries the client's SOA there, RFC 1995 §3; no other query has anything to say in that section.
  const authority = u16At(octets, AT.NSCOUNT);
  if (authority > 1 || (authority === 1 && query.qtype !== TYPE.IXFR)) return false;
  const additional = u16At(octets, AT.ARCOUNT);
  if (additional > MAX_QUERY_ADDITIONAL) return false;
  let at = query.questionEnd;
  for (let i = 0; i < authority + additional; i++) {
    at = decodeRecord(octets, at, length, query);
    if (at < 0) return false;
  }
  return at === length;
}

/** The name of a question comes before anything it could point at, so it has no pointers. */
function decodeQuestion(octets: Uint8Array, length: number, query: Query): boolean {
  const { qname } = query;
  let at = HEADER_SIZE;
  let count = 0;
  while (at < length && octets[at] !== 0) {
    if (octets[at]! > MAX_LABEL || count === MAX_LABELS) return false;
    qname.words[count++] = at;
    at += 1 + octets[at]!;
  }
  if (at + 5 > length || at + 1 - HEADER_SIZE > MAX_NAME) return false;
  qname.words[count] = at;
  qname.octets = octets;
  qname.labelCount = count;
  hashSuffixes(qname);
  query.qtype = u16At(octets, at + 1);
  query.qclass = u16At(octets, at + 3);
  query.questionEnd = at + 5;
  query.hasQuestion = true;
  return true;
}

/** Passes over one record, reading it when it is OPT. Returns where it ends, or -1. */
function decodeRecord(octets: Uint8Array, start: number, length: number, query: Query): number {
  const at = skipName(octets, start, length);
  if (at < 0 || at + 10 > length) return -1;
  const end = at + 10 + u16At(octets, at + 8);
  if (end > length) return -1;
  const type = u16At(octets, at);
  if (type !== TYPE.OPT) {
    if (type === TYPE.TSIG) query.isSigned = true;
    return end;
  }
  // One OPT at most, and at the root, RFC 6891 §6.1.1 and §6.1.2.
  if (query.hasEdns || octets[start] !== 0) return -1;
  query.hasEdns = true;
  query.udpSize = Math.max(u16At(octets, at + 2), CLASSIC_UDP_SIZE);
  query.ednsVersion = octets[at + 5]!;
  query.dnssecOk = (octets[at + 6]! & 0x80) !== 0;
  // What the options of another version look like, we cannot know.
  return query.ednsVersion !== 0 || decodeOptions(octets, at + 10, end, query) ? end : -1;
}

/**
 * Where an owner name ends, or -1. That of OPT is the root; others (TSIG) are rare enough to be read by the reader of whole
 * messages, which knows all that can be wrong with a name.
 */
function skipName(octets: Uint8Array, start: number, length: number): number {
  if (start < length && octets[start] === 0) return start + 1;
  const reader = new Reader(octets.subarray(0, length), start);
  reader.name();
  return reader.fault === null ? reader.position : -1;
}

/** Reads the options that mean something to us and passes over the others. Returns whether all of them fit. */
function decodeOptions(octets: Uint8Array, start: number, end: number, query: Query): boolean {
  let at = start;
  for (let count = 0; at < end; count++) {
    if (at + 4 > end || count === MAX_QUERY_OPTIONS) return false;
    const value = at + 4;
    const next = value + u16At(octets, at + 2);
    if (next > end || !decodeOption(octets, u16At(octets, at), value, next, query)) return false;
    at = next;
  }
  return true;
}

function decodeOption(octets: Uint8Array, code: number, start: number, end: number, query: Query): boolean {
  if (code === OPTION.CLIENT_SUBNET) return clientSubnetFits(octets, start, end);
  if (code === OPTION.NSID) query.wantsNsid = true;
  else if (code === OPTION.KEEPALIVE) query.wantsKeepalive = true;
  else if (code === OPTION.PADDING) query.isPadded = true;
  else if (code === OPTION.COOKIE) return decodeCookie(start, end, query);
  return true;
}

/** A client cookie, alone or with a server cookie; other lengths get FORMERR, RFC 7873 §5.2.2. Of several the first counts, §5.2. */
function decodeCookie(start: number, end: number, query: Query): boolean {
  const behind = end - start - CLIENT_COOKIE;
  if (behind !== 0 && (behind < MIN_SERVER_COOKIE || behind > MAX_SERVER_COOKIE)) return false;
  if (query.cookieLength > 0) return true;
  query.cookieAt = start;
  query.cookieLength = end - start;
  return true;
}

/** RFC 7871 §7.1.2 asks for FORMERR when the address does not have just the octets and bits that the prefix says. */
function clientSubnetFits(octets: Uint8Array, start: number, end: number): boolean {
  if (end - start < 4) return false;
  const family = u16At(octets, start);
  const prefix = octets[start + 2]!;
  if (octets[start + 3] !== 0 || family < 1 || family > 2 || prefix > (family === 1 ? 32 : 128)) return false;
  if (end - start !== 4 + ((prefix + 7) >> 3)) return false;
  return (prefix & 7) === 0 || (octets[end - 1]! & (0xff >> (prefix & 7))) === 0;
}

/** The octets of a plain query for `qname`, RD clear, no EDNS: what we ask ourselves to see that we answer. */
export function encodeQuery(id: number, qname: Name, qtype: number): Uint8Array {
  const writer = new Writer(new Uint8Array(HEADER_SIZE + MAX_NAME + 4));
  for (const number of [id, 0, 1, 0, 0, 0]) writer.u16(number);
  writer.bytes(qname.octets);
  writer.u16(qtype);
  writer.u16(CLASS.IN);
  return writer.octets.slice(0, writer.position);
}
