/**
 * Text compression for names, after FSST (Boncz, Neumann, Leis: "Fast Static Symbol Table", VLDB 2020). Up to 254 short
 * strings stand for one octet each, so that a single name can be read without reading the others. An octet without a
 * symbol costs two.
 *
 * Encoded name: symbols 1 to 254, or 255 followed by one octet as it is, then 0 for the end.
 */

export const END = 0;
export const ESCAPE = 255;
const MAX_SYMBOLS = 254;
const MAX_SYMBOL_OCTETS = 16;

/** In place of its length, 1. Eight is what the paper uses. */
const LONE_OCTET_GAIN = 8;

/** Rounds after which a longer training bought less than one part in a hundred. */
const ROUNDS = 7;

/** Octets of sample: enough for the frequent strings to stand out, little enough for a quarter of a second. */
const SAMPLE_OCTETS = 200_000;

/** Decoding side: symbol `s` is `octets[ends[s - 1], ends[s])`, `ends[0]` being 0. */
export interface SymbolTable {
  readonly ends: Uint16Array;
  readonly octets: Uint8Array;
}

type Name = Uint8Array;

/**
 * Finds the longest symbol at a place: a trie, one row of 256 children for each node. Node 0 is the root. Symbols that are
 * still sought are strings with one character for each octet.
 */
class Matcher {
  readonly #children: Uint16Array;
  readonly #symbolAt: Uint8Array;
  #nodes = 1;
  /** Octets of the symbol that `match` found last. */
  length = 0;

  constructor(symbols: readonly string[]) {
    const nodes = symbols.reduce((sum, symbol) => sum + symbol.length, 1);
    this.#children = new Uint16Array(nodes * 256);
    this.#symbolAt = new Uint8Array(nodes);
    for (const [index, symbol] of symbols.entries()) this.#insert(symbol, index + 1);
  }

  /** Returns the symbol of the longest match at `text[at, end)`, or 0 for none. */
  match(text: Uint8Array, at: number, end: number): number {
    let node = 0;
    let found = 0;
    this.length = 1;
    for (let i = at; i < end; i++) {
      node = this.#children[node * 256 + text[i]!]!;
      if (node === 0) break;
      const symbol = this.#symbolAt[node]!;
      if (symbol === 0) continue;
      found = symbol;
      this.length = i + 1 - at;
    }
    return found;
  }

  #insert(symbol: string, number: number): void {
    let node = 0;
    for (let i = 0; i < symbol.length; i++) {
      const slot = node * 256 + symbol.charCodeAt(i);
      if (this.#children[slot] === 0) this.#children[slot] = this.#nodes++;
      node = this.#children[slot]!;
    }
    this.#symbolAt[node] = number;
  }
}

/** The names to encode: name i is `text[from[i], to[i])`. No views: they would take more memory than the names. */
export interface NameList {
  readonly text: Uint8Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** Every n-th name, so that the sample has the mixture of the whole. */
function sampleOf({ text, from, to }: NameList): Name[] {
  let total = 0;
  for (let index = 0; index < from.length; index++) total += to[index]! - from[index]!;
  const step = Math.max(1, Math.floor(total / SAMPLE_OCTETS));
  const sample: Name[] = [];
  for (let index = 0; index < from.length; index += step) {
    const begin = from[index]!;
    if (to[index]! > begin) sample.push(text.subarray(begin, Math.min(to[index]!, begin + SAMPLE_OCTETS)));
  }
  return sample;
}

/** How often each unit, and each pair of neighbours, occurs. Units below 256 are single octets, 256 + s symbol s. */
function countUnits(sample: readonly Name[], matcher: Matcher, single: Uint32Array, pairs: Uint32Array): void {
  for (const name of sample) {
    let previous = -1;
    for (let at = 0; at < name.length; at += matcher.length) {
      const symbol = matcher.match(name, at, name.length);
      const unit = symbol === 0 ? name[at]! : 256 + symbol;
      single[unit] = single[unit]! + 1;
      if (previous >= 0) pairs[previous * 512 + unit] = pairs[previous * 512 + unit]! + 1;
      previous = unit;
    }
  }
}

/** Pairs that are rarer in the sample never make it into the table, and would be most of the candidates. */
const RAREST_PAIR = 6;

/** One round: counts with the symbols of the round before, and keeps the strings that would have saved the most. */
function improve(sample: readonly Name[], symbols: readonly string[]): string[] {
  const single = new Uint32Array(512);
  const pairs = new Uint32Array(512 * 512);
  countUnits(sample, new Matcher(symbols), single, pairs);

  const gains = new Map<string, number>();
  const offer = (text: string, gain: number) => gains.set(text, (gains.get(text) ?? 0) + gain);
  const textOf = (unit: number) => (unit < 256 ? String.fromCharCode(unit) : symbols[unit - 257]!);
  for (let unit = 0; unit < 512; unit++) {
    const count = single[unit]!;
    if (count === 0) continue;
    const head = textOf(unit);
    // A single octet without a symbol costs an escape wherever it stands, which is why it counts more than its length.
    offer(head, count * (head.length === 1 ? LONE_OCTET_GAIN : head.length));
    for (let next = 0; next < 512; next++) {
      const together = pairs[unit * 512 + next]!;
      if (together < RAREST_PAIR) continue;
      const text = head + textOf(next);
      if (text.length <= MAX_SYMBOL_OCTETS) offer(text, together * text.length);
    }
  }
  const best = [...gains].sort((a, b) => b[1] - a[1]).slice(0, MAX_SYMBOLS);
  return best.map(([text]) => text);
}

/** Encodes names with the symbols that suit them. */
export class NameEncoder {
  readonly table: SymbolTable;
  readonly #names: NameList;
  readonly #matcher: Matcher;

  constructor(names: NameList) {
    this.#names = names;
    const sample = sampleOf(names);
    let symbols: string[] = [];
    for (let round = 0; round < ROUNDS; round++) symbols = improve(sample, symbols);
    this.#matcher = new Matcher(symbols);
    this.table = tableOf(symbols);
  }

  /** Writes one name of the list, encoded and with its end, through `push`. */
  encode(index: number, push: (octet: number) => void): void {
    const { text } = this.#names;
    const to = this.#names.to[index]!;
    for (let at = this.#names.from[index]!; at < to; at += this.#matcher.length) {
      const symbol = this.#matcher.match(text, at, to);
      if (symbol === 0) push(ESCAPE);
      push(symbol === 0 ? text[at]! : symbol);
    }
    push(END);
  }
}

function tableOf(symbols: readonly string[]): SymbolTable {
  const ends = new Uint16Array(MAX_SYMBOLS + 1);
  let at = 0;
  for (let index = 0; index < MAX_SYMBOLS; index++) {
    at += symbols[index]?.length ?? 0;
    ends[index + 1] = at;
  }
  return { ends, octets: Uint8Array.from(Buffer.from(symbols.join(''), 'latin1')) };
}

/** Where the name after the one at `at` begins; `names.length` when there is none. */
export function skipName(names: Uint8Array, at: number): number {
  let next = at;
  while (next < names.length) {
    const symbol = names[next++];
    if (symbol === END) return next;
    if (symbol === ESCAPE) next++;
  }
  return names.length;
}

/** The name at `at`, decoded; the first `most` octets when it is longer. */
export function decodeName(names: Uint8Array, at: number, symbols: SymbolTable, most: number): Uint8Array {
  let out = new Uint8Array(64);
  let length = 0;
  const put = (octet: number) => {
    if (length === out.length) {
      const wider = new Uint8Array(out.length * 2);
      wider.set(out);
      out = wider;
    }
    out[length++] = octet;
  };
  for (let i = at; i < names.length && length < most; i++) {
    const symbol = names[i]!;
    if (symbol === END) break;
    if (symbol === ESCAPE) {
      put(names[++i] ?? 0);
      continue;
    }
    const end = Math.min(symbols.ends[symbol]!, symbols.octets.length);
    for (let from = symbols.ends[symbol - 1]!; from < end && length < most; from++) put(symbols.octets[from]!);
  }
  return out.subarray(0, length);
}
