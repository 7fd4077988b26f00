/** From files to a table: picks the reader for each file and gathers what is wrong with any of them. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TableBuilder } from './builder.ts';
import { parseCsvLine } from './csv.ts';
import { Faults } from './fault.ts';
import type { Fault } from './fault.ts';
import { readLines } from './lines.ts';
import { readMmdb } from './mmdb.ts';
import type { TableParts } from './parts.ts';
import { createRow } from './row.ts';
import type { Row } from './row.ts';
import { parseTsvLine } from './tsv.ts';

/** What a folder of sources may hold, the preferred first. The files of one kind cover both families. */
const KINDS: readonly (readonly (readonly string[])[])[] = [
  [
    ['ip2asn-v4.tsv.gz', 'ip2asn-v4.tsv'],
    ['ip2asn-v6.tsv.gz', 'ip2asn-v6.tsv'],
  ],
  [
    ['asn-ipv4.csv', 'asn-ipv4-num.csv'],
    ['asn-ipv6.csv', 'asn-ipv6-num.csv'],
  ],
  [['GeoLite2-ASN.mmdb', 'dbip-asn-lite.mmdb', 'ipinfo_lite.mmdb']],
];

/** The names that `sourcesIn` looks for, for messages. */
export const SOURCE_NAMES = KINDS.flat(2).join(', ');

/** The sources in a folder: those of the first kind of which any is there. */
export function sourcesIn(folder: string): string[] {
  for (const families of KINDS) {
    const found = families.flatMap((names) =>
      names
        .map((name) => join(folder, name))
        .filter(existsSync)
        .slice(0, 1),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** The buffers of a table, or everything that is wrong with its sources. */
export type BuildResult =
  | { readonly ok: true; readonly parts: TableParts; readonly ipv4Ranges: number; readonly ipv6Ranges: number }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Builds a table from source files. One fault anywhere and there is no table: half a table names wrong networks. */
export async function buildFromFiles(paths: readonly string[]): Promise<BuildResult> {
  const faults = new Faults();
  const builder = new TableBuilder();
  if (paths.length === 0) faults.add('sources', 0, 'no source files are given');
  for (const path of paths) if (!faults.full) await readSource(path, builder, faults);
  if (faults.list.length === 0 && builder.ipv4Ranges + builder.ipv6Ranges === 0) {
    faults.add(paths.map((path) => basename(path)).join(', '), 0, 'no ranges are in it');
  }
  if (faults.list.length > 0) return { ok: false, faults: faults.list };
  const { ipv4Ranges, ipv6Ranges } = builder;
  return { ok: true, parts: builder.finish(), ipv4Ranges, ipv6Ranges };
}

/** Octets of an address that a file writes as a plain number: its name says which family it is. */
function numberWidth(path: string): 4 | 16 {
  return /v6/i.test(basename(path)) ? 16 : 4;
}

/** Picks the reader by the end of the file's name. */
async function readSource(path: string, builder: TableBuilder, faults: Faults): Promise<void> {
  const name = basename(path).toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.mmdb')) return readMmdb(path, createRow(), (row) => builder.add(row), faults);
  if (name.endsWith('.csv')) return readText(path, parseCsvLine, builder, faults);
  if (name.endsWith('.tsv')) return readText(path, parseTsvLine, builder, faults);
  return faults.add(
    path,
    0,
    'its name ends neither in .tsv nor .csv (nor either with .gz) nor .mmdb, so its format is not known',
  );
}

type ParseLine = (row: Row, text: Uint8Array, from: number, to: number, numbers: 4 | 16) => string | undefined;

async function readText(path: string, parseLine: ParseLine, builder: TableBuilder, faults: Faults): Promise<void> {
  const row = createRow();
  const numbers = numberWidth(path);
  const end = await readLines(path, (text, from, to, line) => {
    if (from === to) return true;
    const problem = parseLine(row, text, from, to, numbers) ?? builder.add(row);
    if (problem !== undefined) faults.add(path, line, problem);
    return !faults.full;
  });
  if (end.problem !== undefined) faults.add(path, end.lines, end.problem);
}
