/**
 * The hand-written list of networks that people know by name: see its head for the fields. It is read once at the start,
 * is small, and is strict, because it is part of the program.
 */
import { readFileSync } from 'node:fs';
import { parseAddress } from './address.ts';
import { NETWORK_KINDS } from './asn.ts';
import type { KnownNetwork, KnownNetworks } from './asn.ts';
import { TableBuilder } from './builder.ts';
import { describeFault, Faults } from './fault.ts';
import { flattenPrefixes } from './prefixes.ts';
import { createRow, parseAsn, parseCountry } from './row.ts';
import { PackedTable } from './table.ts';

/** One line of the list. `prefix` is undefined for a line about a whole AS. */
export interface NetworkLine extends KnownNetwork {
  readonly prefix: Prefix | undefined;
  readonly asn: number;
  readonly name: string;
  readonly country: number;
}

/** The first `bits` of an address of 4 or 16 octets; the others are 0. */
export interface Prefix {
  readonly octets: Uint8Array;
  readonly bits: number;
}

/** Reads `8.8.8.0/24`. Returns undefined for anything else, and for a prefix with bits set after its length. */
export function parsePrefix(text: string): Prefix | undefined {
  const [address, length, ...rest] = text.split('/');
  const octets = parseAddress(address ?? '');
  if (!octets || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length ?? '')) return undefined;
  const bits = Number(length);
  if (bits > octets.length * 8) return undefined;
  for (let bit = bits; bit < octets.length * 8; bit++) {
    if (octets[bit >> 3]! & (0x80 >> (bit & 7))) return undefined;
  }
  return { octets, bits };
}

const encoder = new TextEncoder();

function parseLine(line: string): NetworkLine | string {
  const fields = line.split('\t');
  const [network = '', asnText = '', name = '', countryText = '', kind = '', brand = ''] = fields;
  if (fields.length !== 6) return `${fields.length} fields where there are six: network, asn, name, country, kind, brand`;
  const asnOctets = encoder.encode(asnText);
  const asn = parseAsn(asnOctets, 0, asnOctets.length);
  if (asn <= 0) return `the AS number "${asnText}" is not a number from 1 to 4294967295`;
  const prefix = network === `AS${asn}` ? undefined : parsePrefix(network);
  if (!prefix && network !== `AS${asn}`) return `the network "${network}" is neither a prefix such as 8.8.8.0/24 nor AS${asn}`;
  const countryOctets = encoder.encode(countryText);
  const country = parseCountry(countryOctets, 0, countryOctets.length);
  if (country < 0) return `the country "${countryText}" is neither two letters nor -`;
  const known = NETWORK_KINDS.find((each) => each === kind);
  if (!known) return `the kind "${kind}" is none of ${NETWORK_KINDS.join(', ')}`;
  if (name === '' || brand === '') return 'the name or the brand is empty';
  return { prefix, asn, name, country, kind: known, brand };
}

/** Reads the text of a list. Returns every good line and every fault. */
export function parseNetworks(text: string, source: string): { lines: NetworkLine[]; faults: Faults } {
  const faults = new Faults();
  const lines: NetworkLine[] = [];
  const seen = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const parsed = parseLine(line);
    const network = line.slice(0, line.indexOf('\t'));
    if (typeof parsed === 'string') faults.add(source, index + 1, parsed);
    else if (seen.has(network)) faults.add(source, index + 1, `the network ${network} is listed twice`);
    else lines.push(parsed);
    seen.add(network);
  }
  return { lines, faults };
}

/** Names of networks as people know them: the longest prefix, or the AS. */
export class NetworkList implements KnownNetworks {
  readonly #lines: readonly NetworkLine[];
  readonly #byPrefix: PackedTable;
  readonly #byAsn = new Map<number, KnownNetwork>();

  constructor(lines: readonly NetworkLine[]) {
    this.#lines = lines;
    // The look-up by prefix is a table whose "AS numbers" are the places in the list, counted from 1.
    this.#byPrefix = tableOf(lines, (_, index) => ({ asn: index + 1, name: '', country: 0 }));
    for (const line of lines) if (!line.prefix) this.#byAsn.set(line.asn, line);
  }

  /**
   * The network of an address given as in `AsnTable.lookup`. `asn` is what the table says of it, 0 for nothing: where that
   * is another network than the list expects, the list is out of date, and only its resolvers are believed. Undefined when
   * the list knows neither the address nor the AS.
   */
  find(address: Uint8Array, offset: number, length: number, asn: number): KnownNetwork | undefined {
    const place = this.#byPrefix.asnOf(this.#byPrefix.lookup(address, offset, length));
    const line = place > 0 ? this.#lines[place - 1] : undefined;
    if (line && (asn === 0 || line.asn === asn || line.kind === 'public resolver')) return line;
    return this.#byAsn.get(asn);
  }
}

interface Named {
  readonly asn: number;
  readonly name: string;
  readonly country: number;
}

function tableOf(lines: readonly NetworkLine[], nameOf: (line: NetworkLine, index: number) => Named): PackedTable {
  const builder = new TableBuilder();
  const row = createRow();
  for (const range of flattenPrefixes(lines.map((line) => line.prefix))) {
    const named = nameOf(lines[range.index]!, range.index);
    row.length = range.first.length;
    row.first.set(range.first);
    row.last.set(range.last);
    row.asn = named.asn;
    row.country = named.country;
    row.name = encoder.encode(named.name);
    row.nameFrom = 0;
    row.nameTo = row.name.length;
    const problem = builder.add(row);
    if (problem !== undefined) throw new Error(`the list of networks does not flatten: ${problem}`);
  }
  return new PackedTable(builder.finish());
}

/** What a list gives: names beside any table, a small table of its own, and sentences about lines that were left out. */
export interface Networks {
  readonly known: KnownNetworks;
  readonly table: PackedTable;
  readonly problems: readonly string[];
}

/** Networks from lines that are already read. */
export function networksOf(lines: readonly NetworkLine[], problems: readonly string[] = []): Networks {
  return { known: new NetworkList(lines), table: tableOf(lines, (line) => line), problems };
}

/** Reads the list. Wrong lines are left out and told; a list that is not there is an empty one, and told. */
export function loadNetworks(path: string): Networks {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return networksOf([], [`${path} cannot be read (${(error as Error).message}): no network has a name that people know`]);
  }
  const { lines, faults } = parseNetworks(text, path);
  return networksOf(lines, faults.list.map(describeFault));
}
