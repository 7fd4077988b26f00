/** Rows in, table out. Holds one column of starts and codes for each family and each network once; no row is kept. */
import { packCodes } from './codes.ts';
import { EntrySet } from './entry-set.ts';
import { flatten, IPV4_SHAPE, IPV6_SHAPE } from './flatten.ts';
import { GrowingBytes, GrowingWords } from './growing.ts';
import { MAX_NAME_OCTETS, Meta, NAMES_PER_BLOCK } from './parts.ts';
import type { TableParts } from './parts.ts';
import { NO_NETWORK, RangeColumn } from './range-column.ts';
import { parseAsn } from './row.ts';
import type { Row } from './row.ts';
import { NameEncoder } from './symbols.ts';

/** Different countries, besides none: ISO 3166-1 has 249, and sources add EU, AP and XK. */
const MAX_COUNTRIES = 255;

/**
 * /16s of IPv6 in which ranges begin. 2000::/3, which is all that is given out, has 8,192; each costs a kilobyte. Today's
 * Internet has 63.
 */
const MAX_IPV6_GROUPS = 8_192;

export class TableBuilder {
  readonly #ipv4 = new RangeColumn(4);
  readonly #ipv6 = new RangeColumn(16);
  readonly #entries = new EntrySet();
  readonly #countries = new Map<number, number>([[0, 0]]);
  readonly #groups = new Set<number>([0]);

  get ipv4Ranges(): number {
    return this.#ipv4.sourceRanges;
  }

  get ipv6Ranges(): number {
    return this.#ipv6.sourceRanges;
  }

  /** Takes one row, each family in ascending order. Returns what is wrong with it; a wrong row changes nothing. */
  add(row: Row): string | undefined {
    const column = row.length === 4 ? this.#ipv4 : this.#ipv6;
    const problem = column.problemOf(row.first, row.last) ?? this.#problemOfNetwork(row);
    if (problem !== undefined) return problem;
    if (row.length === 16) this.#groups.add((row.first[0]! << 8) | row.first[1]!);
    if (!this.#countries.has(row.country)) this.#countries.set(row.country, this.#countries.size);
    column.add(row.first, row.last, row.asn === 0 ? NO_NETWORK : this.#entries.intern(row));
    return undefined;
  }

  #problemOfNetwork(row: Row): string | undefined {
    if (row.nameTo - row.nameFrom > MAX_NAME_OCTETS) {
      return `the name has ${row.nameTo - row.nameFrom} octets; ${MAX_NAME_OCTETS} is the most`;
    }
    if (this.#countries.size > MAX_COUNTRIES && !this.#countries.has(row.country)) {
      return `more than ${MAX_COUNTRIES} different countries: the column holds something else`;
    }
    if (this.#groups.size >= MAX_IPV6_GROUPS && row.length === 16) {
      return `ranges begin in more than ${MAX_IPV6_GROUPS} different /16s: this is no table of networks`;
    }
    return undefined;
  }

  /** Makes the buffers of the table. What no row named is in no network. The builder is of no use afterwards. */
  finish(): TableParts {
    this.#ipv4.close();
    this.#ipv6.close();
    const order = this.#entries.sortedIds();
    const codeOf = new Uint32Array(order.length);
    for (const [rank, id] of order.entries()) codeOf[id] = rank + 1;

    const names = packNames(order, this.#entries);
    const ipv4 = flatten(this.#ipv4, codeOf, IPV4_SHAPE);
    const ipv6 = flatten(this.#ipv6, codeOf, IPV6_SHAPE);
    const codes4 = packCodes(ipv4.codes);
    const codes6 = packCodes(ipv6.codes);

    const meta = new Uint32Array(Meta.length);
    meta[Meta.ipv4Ranges] = this.#ipv4.sourceRanges;
    meta[Meta.ipv6Ranges] = this.#ipv6.sourceRanges;
    meta[Meta.ipv4HighBits] = codes4.highBits;
    meta[Meta.ipv6HighBits] = codes6.highBits;
    return {
      meta,
      ...packNumbers(order, this.#entries),
      ...packCountries(order, this.#entries, this.#countries),
      ...names,
      ...indexIpv4(ipv4.highs),
      ipv4Starts: ipv4.lows.copyTo(new Uint8Array(ipv4.lows.length)),
      ipv4CodesLow: codes4.low,
      ipv4CodesHigh: codes4.high,
      ipv4Details: wordsOf(ipv4.details),
      ...indexIpv6(ipv6.highs),
      ...joinStarts(ipv6.lows, codes6.low),
      ipv6CodesHigh: codes6.high,
      ipv6Details: wordsOf(ipv6.details),
    };
  }
}

function wordsOf(words: GrowingWords): Uint32Array {
  return words.copyTo(new Uint32Array(words.length));
}

/** The 24 bits of each IPv6 start with the lowest 8 of its code, and the next 8 of the code. */
function joinStarts(lows: GrowingWords, codesLow: Uint16Array): Pick<TableParts, 'ipv6Starts' | 'ipv6CodesMiddle'> {
  const ipv6Starts = new Uint32Array(lows.length);
  for (let i = 0; i < lows.length; i++) ipv6Starts[i] = (lows.at(i) << 8) | (codesLow[i]! & 0xff);
  return { ipv6Starts, ipv6CodesMiddle: Uint8Array.from(codesLow, (code) => code >> 8) };
}

function packNumbers(order: Uint32Array, entries: EntrySet): Pick<TableParts, 'asns'> {
  return { asns: order.map((id) => entries.asns.at(id)) };
}

function packCountries(
  order: Uint32Array,
  entries: EntrySet,
  indexOf: ReadonlyMap<number, number>,
): Pick<TableParts, 'countries' | 'countryOf'> {
  const countryOf = new Uint8Array(order.length);
  for (let rank = 0; rank < order.length; rank++) countryOf[rank] = indexOf.get(entries.countries.at(order[rank]!))!;
  return { countries: Uint16Array.from(indexOf.keys()), countryOf };
}

/** `AS` and the number, which sources write where they know no name, is not worth storing: `entry` makes it anew. */
function isNumberAgain(entries: EntrySet, names: Uint8Array, id: number): boolean {
  const from = entries.nameFrom(id);
  const length = entries.nameTo(id) - from;
  if (length > 12 || names[from] !== 0x41 || names[from + 1] !== 0x53) return false;
  const number = parseAsn(names, from, from + length);
  return number === entries.asns.at(id) && length === 2 + String(number).length;
}

function packNames(
  order: Uint32Array,
  entries: EntrySet,
): Pick<TableParts, 'nameBlocks' | 'symbolEnds' | 'symbolOctets' | 'names'> {
  const text = entries.names;
  const from = order.map((id) => entries.nameFrom(id));
  const to = order.map((id, rank) => (isNumberAgain(entries, text, id) ? from[rank]! : entries.nameTo(id)));
  const encoder = new NameEncoder({ text, from, to });
  const names = new GrowingBytes(1 << 16);
  const blocks = new GrowingWords();
  const push = (octet: number) => names.push(octet);
  for (let rank = 0; rank < order.length; rank++) {
    if (rank % NAMES_PER_BLOCK === 0) blocks.push(names.length);
    encoder.encode(rank, push);
  }
  const { ends, octets } = encoder.table;
  return { nameBlocks: wordsOf(blocks), symbolEnds: ends, symbolOctets: octets, names: names.view.slice() };
}

function indexIpv4(highs: GrowingWords): Pick<TableParts, 'ipv4Base' | 'ipv4First'> {
  const ipv4Base = new Uint32Array(257);
  const ipv4First = new Uint16Array(65_537);
  let at = 0;
  for (let high = 0; high <= 65_536; high++) {
    while (at < highs.length && highs.at(at) < high) at++;
    // At most 255 · 256 elements lie between a base and the last /16 that counts from it, so 16 bits are enough.
    if (high % 256 === 0) ipv4Base[high >> 8] = at;
    ipv4First[high] = at - ipv4Base[high >> 8]!;
  }
  return { ipv4Base, ipv4First };
}

function indexIpv6(highs: GrowingWords): Pick<TableParts, 'ipv6Rows' | 'ipv6Cells' | 'ipv6Groups' | 'ipv6First'> {
  const groups: number[] = [];
  for (let i = 0; i < highs.length; i++) if (groups.at(-1) !== highs.at(i) >>> 8) groups.push(highs.at(i) >>> 8);
  const ipv6First = new Uint32Array(groups.length * 256 + 1);
  let at = 0;
  for (let slot = 0; slot < ipv6First.length; slot++) {
    const prefix = slot === groups.length * 256 ? 2 ** 24 : groups[slot >> 8]! * 256 + (slot & 0xff);
    while (at < highs.length && highs.at(at) < prefix) at++;
    ipv6First[slot] = at;
  }
  return { ...countGroups(groups), ipv6Groups: Uint16Array.from(groups), ipv6First };
}

/** A row of 256 counts for each first octet; first octets between the same two groups share one. */
function countGroups(groups: readonly number[]): Pick<TableParts, 'ipv6Rows' | 'ipv6Cells'> {
  const ipv6Rows = new Uint8Array(256);
  const rows: Uint16Array[] = [];
  const known = new Map<string, number>();
  let count = 0;
  for (let first = 0; first < 256; first++) {
    const row = new Uint16Array(256);
    for (let second = 0; second < 256; second++) {
      if (groups[count] === first * 256 + second) count++;
      row[second] = count;
    }
    const key = row.join();
    if (!known.has(key)) known.set(key, rows.push(row) - 1);
    ipv6Rows[first] = known.get(key)!;
  }
  const ipv6Cells = new Uint16Array(rows.length * 256);
  for (const [index, row] of rows.entries()) ipv6Cells.set(row, index * 256);
  return { ipv6Rows, ipv6Cells };
}
