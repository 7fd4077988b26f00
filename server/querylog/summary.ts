import { HEADER_SIZE } from '../wire/limits.ts';
import { FRAME, pad } from './event.ts';

/**
 * What a batch of frames holds, in a thirtieth of its octets, so that a search passes over those that cannot hold what is sought:
 * a Bloom filter with one hash function. A *term* is a number that stands for three letters of a name in a row, or for the value
 * of a field. A search for a dozen letters asks for ten terms at once, so that one bit for each is enough, however full the filter.
 */
const SHARE = 32;
const SMALLEST = 16;
const LARGEST = 1024;
/** The part of it that is for values of fields, of which a batch has few, so that names do not fill it. */
const FIELD_SHARE = 1 / 4;

/** Terms of letters take 24 bits; above those stands what else a term may be of. */
const FIELD = {
  TYPE: 1 << 24,
  CODE: 2 << 24,
  ASN: 3 << 24,
  COUNTRY: 4 << 24,
  TRANSPORT: 5 << 24,
  ADDRESS: 6 << 24,
  SERVER: 7 << 24,
} as const;
export type SummaryField = keyof typeof FIELD;

/** Each must be there: for each of several reasons one of several values, which is there when all of its terms are. */
export type Sought = readonly (readonly (readonly number[])[])[];

const MAX_LABEL = 63;
const DOT = 0x2e;
/** Letters of a name that stand in its presentation form as they are, RFC 1035 §5.1; upper case as lower. 0 for all others. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, octet) => {
  const isEscaped = octet <= 0x20 || octet >= 0x7f || '.\\"();@$'.includes(String.fromCharCode(octet));
  return isEscaped ? 0 : String.fromCharCode(octet).toLowerCase().charCodeAt(0);
});

/** The summary of frames that lie one behind the other. */
export function summarize(octets: Uint8Array): Uint8Array {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const room = Math.min(LARGEST, Math.max(SMALLEST, octets.length / SHARE));
  const summary = new Uint8Array(1 << (31 - Math.clz32(room)));
  // The name of the frame before.
  let before = 0;
  let beforeEnd = 0;
  for (let at = 0; at < octets.length; at += pad(view.getUint32(at + FRAME.LENGTH))) {
    const query = at + FRAME.HEADER;
    const response = query + view.getUint16(at + FRAME.QUERY_LENGTH);
    const name = query + HEADER_SIZE;
    const nameEnd = endOfName(octets, name, response);
    if (nameEnd > 0) {
      addName(octets, name, nameEnd, commonOf(octets, name, nameEnd, before, beforeEnd), summary);
      if (nameEnd + 2 <= response) addField(summary, termOf('TYPE', view.getUint16(nameEnd)));
      before = name;
      beforeEnd = nameEnd;
    }
    if (view.getUint16(at + FRAME.RESPONSE_LENGTH) >= HEADER_SIZE) addField(summary, termOf('CODE', octets[response + 3]!));
    addField(summary, termOf('ASN', view.getUint32(at + FRAME.ASN)));
    addField(summary, termOf('COUNTRY', view.getUint16(at + FRAME.COUNTRY)));
    addField(summary, termOf('TRANSPORT', octets[at + FRAME.TRANSPORT]!));
    const address = at + FRAME.ADDRESS;
    addField(summary, termOfAddress(octets, address, octets[at + FRAME.ADDRESS_LENGTH]!));
    const server = response + view.getUint16(at + FRAME.RESPONSE_LENGTH) + 1;
    const end = at + view.getUint32(at + FRAME.LENGTH);
    if (end > server) addField(summary, termOfServer(octets.subarray(server, end)));
  }
  return summary;
}

/** Whether a batch with this summary may hold what is sought. One without a summary may hold anything. */
export function mayHold(summary: Uint8Array, sought: Sought): boolean {
  if (summary.length === 0) return true;
  const has = (term: number) => {
    const bit = bitOf(summary, term);
    return (summary[bit >>> 3]! & (1 << (bit & 7))) !== 0;
  };
  return sought.every((values) => values.some((terms) => terms.every(has)));
}

/** The term of a field's value; of an RCODE the four bits that the header has. */
export function termOf(field: SummaryField, value: number): number {
  return FIELD[field] | (Math.imul(field === 'CODE' ? value & 15 : value, 0x85eb_ca6b) >>> 8);
}

/** The term of an address of `length` octets at `at`. */
export function termOfAddress(octets: Uint8Array, at: number, length: number): number {
  return termOf('ADDRESS', mix(octets, at, at + length));
}

/** The term of what a server is called. */
export function termOfServer(octets: Uint8Array): number {
  return termOf('SERVER', mix(octets, 0, octets.length));
}

function mix(octets: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i++) value = Math.imul(value ^ octets[i]!, 0x0100_0193) + 1;
  return value;
}

/** The terms of every name whose presentation form has `part` in it, whatever the case; none when that says nothing. */
export function termsOfName(part: string): number[] {
  const letters = [...part].map((letter) => (letter === '.' ? DOT : PLAIN[letter.charCodeAt(0)]));
  if (letters.some((letter) => letter === undefined || letter === 0)) return [];
  return letters.slice(2).map((letter, i) => (letters[i]! << 16) | (letters[i + 1]! << 8) | letter!);
}

/** Where the name at `at` ends, which is behind its root; -1 when it does not end before `end`. */
function endOfName(octets: Uint8Array, at: number, end: number): number {
  while (at < end && octets[at] !== 0) {
    if (octets[at]! > MAX_LABEL) return -1;
    at += 1 + octets[at]!;
  }
  return at < end ? at + 1 : -1;
}

/** Where in the name from `at` to `end` the labels begin that the other name ends with, too; its root at the latest. */
function commonOf(octets: Uint8Array, at: number, end: number, other: number, otherEnd: number): number {
  for (; at < end - 1; at += 1 + octets[at]!) {
    while (otherEnd - other > end - at) other += 1 + octets[other]!;
    if (otherEnd - other < end - at) continue;
    let i = at;
    for (let theirs = other; i < end && octets[i] === octets[theirs]; theirs++) i++;
    if (i === end) break;
  }
  return at;
}

/**
 * Adds the letters of the name from `at` to `end`, as threes; all threes that lie in the labels from `common` on are in the summary
 * already: names of one zone have most of them in common. A name with letters that are not as they look may have anything in it.
 */
function addName(octets: Uint8Array, at: number, end: number, common: number, summary: Uint8Array): void {
  if (common === at) return;
  const bits = summary.length * 8;
  const fields = bits * FIELD_SHARE;
  const until = Math.min(common + 3, end);
  let dot = at + 1 + octets[at]!;
  let three = 0;
  for (let i = at + 1; i < until; i++) {
    let letter = PLAIN[octets[i]!]!;
    if (i === dot) {
      dot += 1 + octets[i]!;
      letter = DOT;
    }
    if (letter === 0) summary.fill(0xff);
    three = ((three << 8) | letter) & 0xff_ffff;
    if (i >= at + 3) set(summary, fields + placeOf(three, bits - fields));
  }
}

function addField(summary: Uint8Array, term: number): void {
  set(summary, placeOf(term, summary.length * 8 * FIELD_SHARE));
}

function set(summary: Uint8Array, bit: number): void {
  summary[bit >>> 3]! |= 1 << (bit & 7);
}

/** Where the bit of a term is: fields in front, letters behind. */
function bitOf(summary: Uint8Array, term: number): number {
  const bits = summary.length * 8;
  const fields = bits * FIELD_SHARE;
  return term >>> 24 === 0 ? fields + placeOf(term, bits - fields) : placeOf(term, fields);
}

/** Which of `count` places a term has: its hash, as a part of 2³², times the count, in numbers that stay small. */
function placeOf(term: number, count: number): number {
  const hash = Math.imul(term ^ (term >>> 15), 0x9e37_79b1);
  return ((hash >>> 16) * count + (((hash & 0xffff) * count) >>> 16)) >>> 16;
}
