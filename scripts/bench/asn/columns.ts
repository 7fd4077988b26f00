/**
 * The source of every approach: the ranges of the table in plain columns, so that none of them is charged for reading
 * text. Written once to a file; a child reads it, builds its structure, and lets it go before its memory is measured.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readLines } from '../../../server/asn/lines.ts';
import { createRow } from '../../../server/asn/row.ts';
import { parseTsvLine } from '../../../server/asn/tsv.ts';

/** Ranges of one family, in order. `network` is a place in the list of networks, or -1 for not routed. */
export interface Ranges {
  readonly count: number;
  /** `width` octets for each start and end. */
  readonly starts: Uint8Array;
  readonly ends: Uint8Array;
  readonly network: Int32Array;
}

export interface Columns {
  readonly ipv4: Ranges;
  readonly ipv6: Ranges;
  readonly asn: Uint32Array;
  /** Two letters each. */
  readonly country: Uint16Array;
  readonly names: readonly string[];
}

class Collector {
  readonly starts: Uint8Array[] = [];
  readonly ends: Uint8Array[] = [];
  readonly network: number[] = [];

  ranges(): Ranges {
    const flat = (list: Uint8Array[]) => new Uint8Array(Buffer.concat(list));
    return {
      count: this.network.length,
      starts: flat(this.starts),
      ends: flat(this.ends),
      network: Int32Array.from(this.network),
    };
  }
}

/** Reads the TSV files of a table. Throws on the first fault: this is a laboratory. */
export async function readColumns(paths: readonly string[]): Promise<Columns> {
  const families = { 4: new Collector(), 16: new Collector() };
  const places = new Map<string, number>();
  const asn: number[] = [];
  const country: number[] = [];
  const names: string[] = [];
  const row = createRow();
  for (const path of paths) {
    const end = await readLines(path, (text, from, to, line) => {
      const problem = parseTsvLine(row, text, from, to, 4);
      if (problem !== undefined) throw new Error(`${path}, line ${line}: ${problem}`);
      const name = Buffer.from(row.name.buffer, row.name.byteOffset + row.nameFrom, row.nameTo - row.nameFrom).toString('utf8');
      const key = `${row.asn}|${row.country}|${name}`;
      let place = row.asn === 0 ? -1 : places.get(key);
      if (place === undefined) {
        place = asn.push(row.asn) - 1;
        places.set(key, place);
        country.push(row.country);
        names.push(name);
      }
      const family = families[row.length as 4 | 16];
      family.starts.push(row.first.slice(0, row.length));
      family.ends.push(row.last.slice(0, row.length));
      family.network.push(place);
      return true;
    });
    if (end.problem !== undefined) throw new Error(`${path}: ${end.problem}`);
  }
  const [ipv4, ipv6] = [families[4].ranges(), families[16].ranges()];
  return { ipv4, ipv6, asn: Uint32Array.from(asn), country: Uint16Array.from(country), names };
}

export function writeColumns(path: string, columns: Columns): void {
  const names = Buffer.from(JSON.stringify(columns.names));
  const { ipv4, ipv6 } = columns;
  const parts = [
    ipv4.starts,
    ipv4.ends,
    ipv4.network,
    ipv6.starts,
    ipv6.ends,
    ipv6.network,
    columns.asn,
    columns.country,
    names,
  ];
  const octets = parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  writeFileSync(path, Buffer.concat([Buffer.from(Uint32Array.from(octets.map((part) => part.length)).buffer), ...octets]));
}

export function loadColumns(path: string): Columns {
  const file = readFileSync(path);
  let at = 9 * 4;
  const parts = Array.from({ length: 9 }, (_, index) => {
    const from = at;
    at += file.readUInt32LE(index * 4);
    // A copy, because the parts do not begin on multiples of four.
    return new Uint8Array(file.subarray(from, at));
  });
  const [starts4, ends4, network4, starts6, ends6, network6, asn, country, names] = parts as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  return {
    ipv4: { count: network4.length / 4, starts: starts4, ends: ends4, network: new Int32Array(network4.buffer) },
    ipv6: { count: network6.length / 4, starts: starts6, ends: ends6, network: new Int32Array(network6.buffer) },
    asn: new Uint32Array(asn.buffer),
    country: new Uint16Array(country.buffer),
    names: JSON.parse(Buffer.from(names).toString('utf8')) as string[],
  };
}

/** Four octets as one number. */
export function wordAt(octets: Uint8Array, at: number): number {
  return ((octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!) >>> 0;
}

/** Word number `word` of each address of `width` octets. */
export function wordsOf(octets: Uint8Array, width: 4 | 16, word = 0): Uint32Array {
  const words = new Uint32Array(octets.length / width);
  for (let i = 0; i < words.length; i++) words[i] = wordAt(octets, i * width + word * 4);
  return words;
}

export function bigAt(octets: Uint8Array, at: number): bigint {
  let value = 0n;
  for (let i = 0; i < 16; i += 4) value = (value << 32n) | BigInt(wordAt(octets, at + i));
  return value;
}
