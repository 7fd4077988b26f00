/** The buffers of a table, which are also the sections of its packed file: one list for both. */

/** Numbers that the buffers themselves do not say. */
export const Meta = { ipv4Ranges: 0, ipv6Ranges: 1, ipv4HighBits: 2, ipv6HighBits: 3, length: 4 } as const;

/** Names are found by walking from the last multiple of this many networks: few bytes of index, few names walked over. */
export const NAMES_PER_BLOCK = 16;

/** Longest name, in octets. The longest of March 2024 has about a hundred. */
export const MAX_NAME_OCTETS = 16_384;

export interface TableParts {
  /** Indexed by `Meta`. */
  readonly meta: Uint32Array;

  /** The AS number of each network, in ascending order. */
  readonly asns: Uint32Array;
  /** The countries that occur, the first being 0 for none; and which of them each network has. */
  readonly countries: Uint16Array;
  readonly countryOf: Uint8Array;
  /** Where the name of every NAMES_PER_BLOCK-th network begins, the table of symbols, and the encoded names. */
  readonly nameBlocks: Uint32Array;
  readonly symbolEnds: Uint16Array;
  readonly symbolOctets: Uint8Array;
  readonly names: Uint8Array;

  /** Element `ipv4Base[i >> 8] + ipv4First[i]` is the first whose upper 16 bits are i or more, for i up to 65,536. */
  readonly ipv4Base: Uint32Array;
  readonly ipv4First: Uint16Array;
  /** Third octet of each element (fourth in a detail block), code, and first element of each detail block. */
  readonly ipv4Starts: Uint8Array;
  readonly ipv4CodesLow: Uint16Array;
  readonly ipv4CodesHigh: Uint8Array;
  readonly ipv4Details: Uint32Array;

  /** Cell `ipv6Rows[first octet] * 256 + second octet` counts the groups, that is the /16s in which a range begins, up to there. */
  readonly ipv6Rows: Uint8Array;
  readonly ipv6Cells: Uint16Array;
  /** Upper 16 bits of each group; `ipv6First[group * 256 + third octet]` is its first element from that octet on. */
  readonly ipv6Groups: Uint16Array;
  readonly ipv6First: Uint32Array;
  /**
   * Of each element fourth to sixth octet, and the lowest eight bits of its code below them: what the search ends on is on
   * the same cache line as where it leads. Then the other bits of the code, as for IPv4.
   */
  readonly ipv6Starts: Uint32Array;
  readonly ipv6CodesMiddle: Uint8Array;
  readonly ipv6CodesHigh: Uint8Array;
  readonly ipv6Details: Uint32Array;
}

type Section = { [K in keyof TableParts]: readonly [K, 1 | 2 | 4] }[keyof TableParts];

/** The sections in the order of the file, with the octets of an element. The widest come first, which aligns them all. */
export const SECTIONS: readonly Section[] = [
  ['meta', 4],
  ['asns', 4],
  ['nameBlocks', 4],
  ['ipv4Base', 4],
  ['ipv4Details', 4],
  ['ipv6First', 4],
  ['ipv6Starts', 4],
  ['ipv6Details', 4],
  ['countries', 2],
  ['symbolEnds', 2],
  ['ipv4First', 2],
  ['ipv4CodesLow', 2],
  ['ipv6Cells', 2],
  ['ipv6Groups', 2],
  ['countryOf', 1],
  ['symbolOctets', 1],
  ['names', 1],
  ['ipv4Starts', 1],
  ['ipv4CodesHigh', 1],
  ['ipv6Rows', 1],
  ['ipv6CodesMiddle', 1],
  ['ipv6CodesHigh', 1],
];
