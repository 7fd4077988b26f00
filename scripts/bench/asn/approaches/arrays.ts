/** (7) to (11): columns of numbers instead of objects, each with one idea more. */
import type { Approach, Index } from '../approach.ts';
import { wordAt, wordsOf } from '../columns.ts';
import type { Columns, Ranges } from '../columns.ts';
import { nameColumns } from '../names.ts';

type Find = Index['find4'];
type Family = (columns: Columns) => Find;

/** Number of elements that are not above the key: the element before is the one in force. */
function countUpTo(starts: Uint32Array | Uint16Array, key: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A network for each range, as the file of columns has it. */
const networkColumn = (ranges: Ranges): Int32Array => ranges.network.slice();

function withEnds4(columns: Columns): Find {
  const starts = wordsOf(columns.ipv4.starts, 4);
  const ends = wordsOf(columns.ipv4.ends, 4);
  const network = networkColumn(columns.ipv4);
  return (octets, at) => {
    const address = wordAt(octets, at);
    const index = countUpTo(starts, address, 0, starts.length) - 1;
    return index >= 0 && address <= ends[index]! ? network[index]! : -1;
  };
}

function withoutEnds4(columns: Columns): Find {
  const starts = wordsOf(columns.ipv4.starts, 4);
  const network = networkColumn(columns.ipv4);
  return (octets, at) => network[countUpTo(starts, wordAt(octets, at), 0, starts.length) - 1]!;
}

/** Guesses where the key is from the values at both ends; after a few guesses that gain little, halves. */
function interpolated4(columns: Columns): Find {
  const starts = wordsOf(columns.ipv4.starts, 4);
  const network = networkColumn(columns.ipv4);
  return (octets, at) => {
    const key = wordAt(octets, at);
    let low = 0;
    let high = starts.length - 1;
    for (let guess = 0; guess < 4 && high - low > 16 && starts[low]! <= key && key <= starts[high]!; guess++) {
      const share = (key - starts[low]!) / (starts[high]! - starts[low]! + 1);
      const middle = low + Math.floor(share * (high - low));
      if (starts[middle]! <= key) low = middle;
      else high = middle;
    }
    return network[countUpTo(starts, key, low, high + 1) - 1]!;
  };
}

/** The prototype: an index on the upper 16 bits, the lower 16 of each start, values of 17 bits. */
function indexed4(columns: Columns): Find {
  const words = wordsOf(columns.ipv4.starts, 4);
  const first = new Uint32Array(65_537);
  for (let high = 0, at = 0; high <= 65_536; high++) {
    while (at < words.length && words[at]! >>> 16 < high) at++;
    first[high] = at;
  }
  const starts = Uint16Array.from(words, (word) => word & 0xffff);
  const low = Uint16Array.from(columns.ipv4.network, (network) => (network + 1) & 0xffff);
  const high = new Uint8Array(Math.ceil(words.length / 8));
  for (let i = 0; i < words.length; i++) high[i >> 3]! |= ((columns.ipv4.network[i]! + 1) >> 16) << (i & 7);
  return (octets, at) => {
    const top = (octets[at]! << 8) | octets[at + 1]!;
    const key = (octets[at + 2]! << 8) | octets[at + 3]!;
    const index = countUpTo(starts, key, first[top]!, first[top + 1]!) - 1;
    return (low[index]! | (((high[index >> 3]! >> (index & 7)) & 1) << 16)) - 1;
  };
}

/** Compares four columns of words with an address, from the first word on. */
function full6(columns: Columns, ends: boolean): Find {
  const { starts } = columns.ipv6;
  const a = wordsOf(starts, 16, 0);
  const b = wordsOf(starts, 16, 1);
  const c = wordsOf(starts, 16, 2);
  const d = wordsOf(starts, 16, 3);
  const last = ends ? columns.ipv6.ends.slice() : undefined;
  const network = networkColumn(columns.ipv6);
  return (octets, at) => {
    const [w, x, y, z] = [wordAt(octets, at), wordAt(octets, at + 4), wordAt(octets, at + 8), wordAt(octets, at + 12)];
    let low = 0;
    let high = a.length;
    while (low < high) {
      const m = (low + high) >>> 1;
      const isUpTo = a[m] !== w ? a[m]! < w : b[m] !== x ? b[m]! < x : c[m] !== y ? c[m]! < y : d[m]! <= z;
      if (isUpTo) low = m + 1;
      else high = m;
    }
    const index = low - 1;
    return last && isBehind(last, index * 16, octets, at) ? -1 : network[index]!;
  };
}

/** Whether an address lies behind the end of a range. */
function isBehind(ends: Uint8Array, end: number, octets: Uint8Array, at: number): boolean {
  for (let i = 0; i < 16; i++) if (octets[at + i] !== ends[end + i]) return octets[at + i]! > ends[end + i]!;
  return false;
}

interface HalfStarts {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly networks: Int32Array;
  readonly fineStarts: Uint8Array;
  readonly fineNetworks: Int32Array;
}

function splitStarts({ starts, network, count }: Ranges): HalfStarts {
  const fine: number[] = [];
  const coarse: number[] = [];
  for (let i = 0; i < count; i++) {
    const isFine = wordAt(starts, i * 16 + 8) !== 0 || wordAt(starts, i * 16 + 12) !== 0;
    (isFine ? fine : coarse).push(i);
  }
  return {
    high: Uint32Array.from(coarse, (i) => wordAt(starts, i * 16)),
    low: Uint32Array.from(coarse, (i) => wordAt(starts, i * 16 + 4)),
    networks: Int32Array.from(coarse, (i) => network[i]!),
    fineStarts: Uint8Array.from(fine.flatMap((i) => [...starts.subarray(i * 16, i * 16 + 16)])),
    fineNetworks: Int32Array.from(fine, (i) => network[i]!),
  };
}

/** Starts in 64 bits; the few ranges that begin inside a /64 are in a list of their own. */
function half6(columns: Columns): Find {
  const { high, low, networks, fineStarts, fineNetworks } = splitStarts(columns.ipv6);
  return (octets, at) => {
    const [w, x] = [wordAt(octets, at), wordAt(octets, at + 4)];
    let from = 0;
    let to = high.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (high[middle]! < w || (high[middle] === w && low[middle]! <= x)) from = middle + 1;
      else to = middle;
    }
    const exception = fineAt(fineStarts, octets, at);
    const isLater = exception >= 0 && isAfter(fineStarts, exception * 16, high[from - 1]!, low[from - 1]!);
    return isLater ? fineNetworks[exception]! : networks[from - 1]!;
  };
}

/** The last of the fine starts that is not above the address, or -1. */
function fineAt(fine: Uint8Array, octets: Uint8Array, at: number): number {
  let low = 0;
  let high = fine.length / 16;
  while (low < high) {
    const middle = (low + high) >>> 1;
    let i = 0;
    while (i < 15 && fine[middle * 16 + i] === octets[at + i]) i++;
    if (fine[middle * 16 + i]! <= octets[at + i]!) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether a fine start lies at or after the start of a coarse one. */
function isAfter(fine: Uint8Array, at: number, high: number, low: number): boolean {
  const word = wordAt(fine, at);
  return word !== high ? word > high : wordAt(fine, at + 4) >= low;
}

function approach(key: string, title: string, ipv4: Family, ipv6: Family): Approach {
  return {
    key,
    title,
    load(source) {
      const columns = source.columns();
      const names = nameColumns(columns);
      const four = ipv4(columns);
      const six = ipv6(columns);
      return {
        find4: (octets, at) => names.asn[four(octets, at)] ?? 0,
        find6: (octets, at) => names.asn[six(octets, at)] ?? 0,
        keep: names,
      };
    },
  };
}

export const arrays: readonly Approach[] = [
  approach('7', 'typed arrays, binary search', withEnds4, (columns) => full6(columns, true)),
  approach('8', 'the same without ends', withoutEnds4, (columns) => full6(columns, false)),
  approach('9', 'interpolation search (IPv4)', interpolated4, (columns) => full6(columns, false)),
  approach('10', 'IPv6 starts in 64 bits', withoutEnds4, half6),
  approach('11', 'index on 16 bits, short starts (prototype)', indexed4, half6),
];
