/**
 * The packed file: the buffers of a table one after the other, so that opening it is one read and a checksum.
 *
 *     octets   0..8    magic, `DGPTASN` and the version of the layout
 *              8..12   byte order mark 0x01020304, in the order of the machine, as everything below
 *             12..16   CRC-32 of the octets from 16 to the end
 *             16..20   octets in the file
 *             20..108  octets of each section of SECTIONS, without the padding that brings each to a multiple of four
 *            108..     the sections
 */
import {
  closeSync,
  copyFileSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { CODE_LIMIT } from './codes.ts';
import { Meta, NAMES_PER_BLOCK, SECTIONS } from './parts.ts';
import type { TableParts } from './parts.ts';
import { PackedTable } from './table.ts';

const MAGIC = Buffer.from('DGPTASN\u0002', 'latin1');
const BYTE_ORDER_MARK = 0x01020304;
const ORDER_AT = 8;
const CHECKSUM_AT = 12;
const LENGTH_AT = 16;
const LENGTHS_AT = 20;
const HEADER_OCTETS = LENGTHS_AT + SECTIONS.length * 4;

/** Forty times the file of 2024. Nothing larger is read into memory just because it has the right name. */
const MAX_FILE_OCTETS = 128 * 1024 * 1024;

/** A packed file that cannot be used, with a sentence that says why and what to do. */
export class PackedFileError extends Error {
  constructor(source: string, problem: string) {
    super(`${source} ${problem}; build it anew with "npm run asn:build"`);
    this.name = 'PackedFileError';
  }
}

const padded = (octets: number): number => (octets + 3) & ~3;

/** The whole file as octets. */
export function encodeParts(parts: TableParts): Uint8Array {
  let total = HEADER_OCTETS;
  for (const [key] of SECTIONS) total += padded(parts[key].byteLength);
  const file = new Uint8Array(total);
  const words = new Uint32Array(file.buffer, 0, HEADER_OCTETS / 4);
  file.set(MAGIC);
  words[ORDER_AT / 4] = BYTE_ORDER_MARK;
  words[LENGTH_AT / 4] = total;
  let at = HEADER_OCTETS;
  for (const [index, [key]] of SECTIONS.entries()) {
    const part = parts[key];
    words[LENGTHS_AT / 4 + index] = part.byteLength;
    file.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  words[CHECKSUM_AT / 4] = crc32(file.subarray(LENGTH_AT));
  return file;
}

/**
 * The table in the octets of a packed file, which it keeps and looks into: do not write to them afterwards. Throws
 * PackedFileError, naming `source`, when they are not sound.
 */
export function decodeParts(file: Uint8Array, source: string): PackedTable {
  const refuse = (problem: string) => new PackedFileError(source, problem);
  if (file.length < MAGIC.length - 1 || !MAGIC.subarray(0, 7).equals(file.subarray(0, 7))) {
    throw refuse('is not a packed table of networks');
  }
  if (file[7] !== MAGIC[7]) throw refuse(`has layout ${file[7]}, and this program reads layout ${MAGIC[7]}`);
  if (file.length < HEADER_OCTETS || file.byteOffset % 4 !== 0) throw refuse('is cut short in its header');
  const words = new Uint32Array(file.buffer, file.byteOffset, HEADER_OCTETS / 4);
  if (words[ORDER_AT / 4] !== BYTE_ORDER_MARK) throw refuse('was written on a machine with another byte order');
  if (words[LENGTH_AT / 4] !== file.length) {
    throw refuse(`has ${file.length} octets where its header says ${words[LENGTH_AT / 4]}`);
  }
  if (crc32(file.subarray(LENGTH_AT)) !== words[CHECKSUM_AT / 4]) throw refuse('is damaged: the checksum does not agree');
  const parts = sectionsOf(file, words);
  const problem = parts === undefined ? 'its sections are longer than the file' : problemOf(parts);
  if (parts === undefined || problem !== undefined) throw refuse(`is damaged: ${problem}`);
  return new PackedTable(parts);
}

type Part = Uint8Array | Uint16Array | Uint32Array;

function sectionsOf(file: Uint8Array, words: Uint32Array): TableParts | undefined {
  const parts: Record<string, Part> = {};
  let at = HEADER_OCTETS;
  for (const [index, [key, width]] of SECTIONS.entries()) {
    const octets = words[LENGTHS_AT / 4 + index]!;
    if (octets % width !== 0 || at + octets > file.length) return undefined;
    const View: new (memory: ArrayBufferLike, at: number, length: number) => Part =
      width === 4 ? Uint32Array : width === 2 ? Uint16Array : Uint8Array;
    parts[key] = new View(file.buffer, file.byteOffset + at, octets / width);
    at += padded(octets);
  }
  return at === file.length ? (parts as unknown as TableParts) : undefined;
}

function isAscending(list: Uint32Array, last: number): boolean {
  for (let i = 1; i < list.length; i++) if (list[i]! < list[i - 1]!) return false;
  return list.length > 0 && list[list.length - 1]! <= last;
}

/**
 * What the checksum cannot tell: whether the sections belong together. Look-ups are bounded whatever the sections hold, so
 * this is for a clear word at the start and not for safety.
 */
function problemOf(parts: TableParts): string | undefined {
  const { meta } = parts;
  if (meta.length !== Meta.length) return 'the numbers of the table are missing';
  const entries = parts.asns.length;
  if (entries >= CODE_LIMIT) return 'there are more networks than codes';
  if (parts.countryOf.length !== entries || parts.countries.length > 256) return 'the countries do not go with the networks';
  if (parts.nameBlocks.length !== Math.ceil(entries / NAMES_PER_BLOCK) || parts.symbolEnds.length !== 255) {
    return 'the names do not go with the networks';
  }
  if (entries > 0 && !isAscending(parts.nameBlocks, parts.names.length)) return 'the names are not in order';
  return problemOfIpv4(parts) ?? problemOfIpv6(parts);
}

function codesFit(elements: number, low: Uint16Array | Uint8Array, high: Uint8Array, bits: number): boolean {
  return [0, 1, 2, 4, 8].includes(bits) && low.length === elements && high.length === Math.ceil((elements * bits) / 8);
}

function problemOfIpv4(parts: TableParts): string | undefined {
  const elements = parts.ipv4Starts.length;
  const { ipv4Base, ipv4First } = parts;
  if (!codesFit(elements, parts.ipv4CodesLow, parts.ipv4CodesHigh, parts.meta[Meta.ipv4HighBits]!)) {
    return 'the IPv4 codes do not go with the starts';
  }
  if (ipv4Base.length !== 257 || ipv4First.length !== 65_537) return 'the IPv4 index has a wrong length';
  let before = 0;
  for (let high = 0; high <= 65_536; high++) {
    const at = ipv4Base[high >> 8]! + ipv4First[high]!;
    if (at < before || at > elements) return 'the IPv4 index is not in order';
    before = at;
  }
  return isAscending(parts.ipv4Details, elements) ? undefined : 'the IPv4 detail blocks are not in order';
}

function problemOfIpv6(parts: TableParts): string | undefined {
  const elements = parts.ipv6Starts.length;
  const { ipv6Groups, ipv6Cells, ipv6Rows } = parts;
  if (!codesFit(elements, parts.ipv6CodesMiddle, parts.ipv6CodesHigh, parts.meta[Meta.ipv6HighBits]!)) {
    return 'the IPv6 codes do not go with the starts';
  }
  if (ipv6Rows.length !== 256 || parts.ipv6First.length !== ipv6Groups.length * 256 + 1)
    return 'the IPv6 index has a wrong length';
  if (ipv6Rows.some((row) => (row + 1) * 256 > ipv6Cells.length) || ipv6Cells.some((cell) => cell > ipv6Groups.length)) {
    return 'the IPv6 index points outside';
  }
  if (!isAscending(parts.ipv6First, elements)) return 'the IPv6 index is not in order';
  return isAscending(parts.ipv6Details, elements) ? undefined : 'the IPv6 detail blocks are not in order';
}

/** Opens a packed file. Throws PackedFileError when it is damaged, and the error of the system when it cannot be read. */
export function openPackedFile(path: string): PackedTable {
  return decodeParts(readWhole(path), path);
}

/** Reads straight into memory that the table keeps and threads can share: `readFileSync` would leave a copy for the collector. */
function readWhole(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > MAX_FILE_OCTETS) throw new PackedFileError(path, `has ${size} octets, more than any table of networks`);
    const octets = new Uint8Array(new SharedArrayBuffer(size));
    let at = 0;
    while (at < size) {
      const read = readSync(file, octets, at, size - at, at);
      if (read === 0) throw new PackedFileError(path, 'grew shorter while it was read');
      at += read;
    }
    return octets;
  } finally {
    closeSync(file);
  }
}

/**
 * Writes a packed file so that `path` is at every moment the old one or the whole new one: a file beside it, synced, then
 * renamed; the folder is made when it is not there. With `keepPrevious` the old one stays as `<path>.previous`.
 */
export function writePackedFile(path: string, octets: Uint8Array, keepPrevious = false): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}.new`;
  try {
    const file = openSync(aside, 'w', 0o644);
    try {
      for (let at = 0; at < octets.length;) at += writeSync(file, octets, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (keepPrevious) keep(path);
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** A second name for the file, so that `path` itself is never missing. */
function keep(path: string): void {
  const previous = `${path}.previous`;
  const aside = `${path}.${process.pid}.old`;
  try {
    rmSync(aside, { force: true });
    copyFileSync(path, aside);
    renameSync(aside, previous);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Makes the rename last through a loss of power. Windows cannot open a folder and does not need to. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
