/** Tables for tests: from lines of text to a table that has been through the packed file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFault } from '../../server/asn/fault.ts';
import { decodeParts, encodeParts } from '../../server/asn/packed-file.ts';
import type { TableParts } from '../../server/asn/parts.ts';
import { buildFromFiles } from '../../server/asn/sources.ts';
import type { PackedTable } from '../../server/asn/table.ts';

/** Runs `use` with a folder of its own, which is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'digpit-asn-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Content = string | Uint8Array;

async function buildParts(files: Readonly<Record<string, Content>>): Promise<TableParts | string[]> {
  return withFolder(async (folder) => {
    const paths = Object.entries(files).map(([name, content]) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
    const result = await buildFromFiles(paths);
    return result.ok ? result.parts : result.faults.map((fault) => describeFault(fault).replaceAll(`${folder}/`, ''));
  });
}

/** Builds from files of the given names and contents. Returns the octets of the packed file, or the faults as sentences. */
export async function build(files: Readonly<Record<string, Content>>): Promise<Uint8Array<ArrayBuffer> | string[]> {
  const built = await buildParts(files);
  return Array.isArray(built) ? built : new Uint8Array(encodeParts(built));
}

export async function partsOf(files: Readonly<Record<string, Content>>): Promise<TableParts> {
  const built = await buildParts(files);
  if (Array.isArray(built)) throw new Error(built.join('\n'));
  return built;
}

/** The faults of a source that must not build. */
export async function faultsOf(name: string, content: Content): Promise<string[]> {
  const built = await build({ [name]: content });
  if (!Array.isArray(built)) throw new Error(`${name} built, though it should not`);
  return built;
}

export async function tableOf(files: Readonly<Record<string, Content>>): Promise<PackedTable> {
  const built = await build(files);
  if (Array.isArray(built)) throw new Error(built.join('\n'));
  return decodeParts(built, 'test table');
}

/** What the table says of an address, in the form of the twin. */
export function answerOf(table: PackedTable, octets: Uint8Array): string {
  const handle = table.lookup(octets, 0, octets.length);
  if (handle < 0) return '';
  const { asn, country, name } = table.entry(handle);
  return `${asn}|${country}|${name}`;
}
