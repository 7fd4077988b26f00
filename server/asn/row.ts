/** The form in which every source hands its ranges to the builder. */

/**
 * One range, inclusive at both ends. A source keeps a single row and fills it anew for each range, so nothing in it
 * outlives the call that it is given to.
 */
export interface Row {
  /** Octets of an address: 4 or 16. */
  length: number;
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  /** AS number; 0 is "not routed". */
  asn: number;
  /** Two ASCII letters as `first << 8 | second`; 0 for none. */
  country: number;
  /** UTF-8 of the name: `name[nameFrom, nameTo)`. */
  name: Uint8Array;
  nameFrom: number;
  nameTo: number;
}

export function createRow(): Row {
  return {
    length: 4,
    first: new Uint8Array(16),
    last: new Uint8Array(16),
    asn: 0,
    country: 0,
    name: new Uint8Array(0),
    nameFrom: 0,
    nameTo: 0,
  };
}

/**
 * Reads a country from `text[from, to)`. Returns the packed letters, 0 for the ways in which sources say none (nothing,
 * `-`, `None`, `ZZ`), or -1 for anything that is not two letters.
 */
export function parseCountry(text: Uint8Array, from: number, to: number): number {
  if (to === from || (to - from === 1 && text[from] === 0x2d)) return 0;
  if (to - from === 2) {
    const first = text[from]! & 0xdf;
    const second = text[from + 1]! & 0xdf;
    const letters = first >= 0x41 && first <= 0x5a && second >= 0x41 && second <= 0x5a;
    if (!letters) return -1;
    const packed = (first << 8) | second;
    return packed === 0x5a5a ? 0 : packed;
  }
  const isNone = to - from === 4 && text[from] === 0x4e && text[from + 1] === 0x6f && text[from + 2] === 0x6e;
  return isNone && text[from + 3] === 0x65 ? 0 : -1;
}

/** Two packed letters as text; empty for 0. */
export function countryText(packed: number): string {
  return packed === 0 ? '' : String.fromCharCode(packed >> 8, packed & 0xff);
}

/** Largest AS number, RFC 6793. */
export const MAX_ASN = 0xffffffff;

/** Reads a decimal AS number, with or without the letters `AS` before it. Returns -1 when it is not one. */
export function parseAsn(text: Uint8Array, from: number, to: number): number {
  const prefixed = to - from > 2 && (text[from]! & 0xdf) === 0x41 && (text[from + 1]! & 0xdf) === 0x53;
  const begin = prefixed ? from + 2 : from;
  if (to === begin || to - begin > 10) return -1;
  let value = 0;
  for (let i = begin; i < to; i++) {
    const digit = text[i]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= MAX_ASN ? value : -1;
}
