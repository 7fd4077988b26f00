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
  for (let at = 0; at < octets.length; at += pad(view.getUint32(at + FRAME.LENGTH))) {
    const query = at + FRAME.HEADER;
    const response = query + view.getUint16(at + FRAME.QUERY_LENGTH);
    const type = addName(octets, query + HEADER_SIZE, response, summary);
    if (type >= 0) add(summary, termOf('TYPE', view.getUint16(type)));
    if (view.getUint16(at + FRAME.RESPONSE_LENGTH) >= HEADER_SIZE) add(summary, termOf('CODE', octets[response + 3]!));
    add(summary, termOf('ASN', view.getUint32(at + FRAME.ASN)));
    add(summary, termOf('COUNTRY', view.getUint16(at + FRAME.COUNTRY)));
    add(summary, termOf('TRANSPORT', octets[at + FRAME.TRANSPORT]!));
    const address = at + FRAME.ADDRESS;
    add(summary, termOfAddress(octets, address, octets[at + FRAME.ADDRESS_LENGTH]!));
    const server = response + view.getUint16(at + FRAME.RESPONSE_LENGTH) + 1;
    const end = at + view.getUint32(at + FRAME.LENGTH);
    if (end > server) add(summary, termOfServer(octets.subarray(server, end)));
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

/**
 * Adds the letters of the name at `at`. Returns where it ends, or -1 when it does not end before `end`. A name with letters that are
 * not as they look may have anything in it.
 */
function addName(octets: Uint8Array, at: number, end: number, summary: Uint8Array): number {
  let three = 0;
  let count = 0;
  while (at < end && octets[at] !== 0) {
    const last = at + octets[at]!;
    if (last - at > MAX_LABEL || last >= end) return -1;
    for (at++; at <= last + 1; at++) {
      const letter = at <= last ? PLAIN[octets[at]!]! : DOT;
      if (letter === 0) summary.fill(0xff);
      three = ((three << 8) | letter) & 0xff_ffff;
      if (++count >= 3) add(summary, three);
    }
    at--;
  }
  return at + 3 <= end ? at + 1 : -1;
}

function add(summary: Uint8Array, term: number): void {
  const bit = bitOf(summary, term);
  summary[bit >>> 3]! |= 1 << (bit & 7);
}

/** Where the bit of a term is: fields in front, letters behind. */
function bitOf(summary: Uint8Array, term: number): number {
  const bits = summary.length * 8;
  const fields = bits * FIELD_SHARE;
  const isField = term >>> 24 !== 0;
  const part = (Math.imul(term ^ (term >>> 15), 0x9e37_79b1) >>> 0) / 0x1_0000_0000;
  return isField ? Math.trunc(part * fields) : fields + Math.trunc(part * (bits - fields));
}
