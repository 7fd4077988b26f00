/** Lines of a file, one at a time, as octets: what a build reads half a million of within a fixed amount of memory. */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** A line longer than this is not text of ours, and is not gathered in memory to find out. */
const MAX_LINE_OCTETS = 65_536;

/** Octets of a piece. Larger ones are no faster, and leave more for the collector to clear away. */
const CHUNK_OCTETS = 1 << 14;

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Called with `text[from, to)` for each line, without its end. `text` is good until it returns. Returns false to stop.
 */
export type OnLine = (text: Uint8Array, from: number, to: number, line: number) => boolean;

/** How a file ended: read to its end (with or without an end of line there), stopped by the reader, or not readable. */
export interface LinesEnd {
  readonly lines: number;
  readonly problem?: string;
}

function isGzip(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const magic = new Uint8Array(2);
    return readSync(file, magic, 0, 2, 0) === 2 && magic[0] === 0x1f && magic[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK_OCTETS });
  if (!isGzip(path)) {
    yield* file;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_OCTETS });
  file.on('error', (error) => gunzip.destroy(error));
  yield* file.pipe(gunzip);
}

/** One buffer for the whole file: the rest of a line from the piece before, then the piece at hand. */
class LineSplitter {
  readonly #buffer = Buffer.alloc(MAX_LINE_OCTETS + CHUNK_OCTETS);
  readonly #onLine: OnLine;
  /** Octets at the front of the buffer that belong to a line whose end has not come. */
  #rest = 0;
  lines = 0;

  constructor(onLine: OnLine) {
    this.#onLine = onLine;
  }

  /** Takes the next piece; returns false when the reader wants no more. */
  take(chunk: Buffer): boolean {
    const buffer = this.#buffer;
    chunk.copy(buffer, this.#rest);
    const end = this.#rest + chunk.length;
    let from = 0;
    for (let to = this.#newline(this.#rest, end); to >= 0; to = this.#newline(from, end)) {
      const lineEnd = to > from && buffer[to - 1] === RETURN ? to - 1 : to;
      if (!this.#onLine(buffer, from, lineEnd, ++this.lines)) return false;
      from = to + 1;
    }
    buffer.copyWithin(0, from, end);
    this.#rest = end - from;
    return true;
  }

  get isLineTooLong(): boolean {
    return this.#rest > MAX_LINE_OCTETS;
  }

  /** Gives the reader what is left, and says whether anything was. */
  finish(): boolean {
    if (this.#rest === 0) return false;
    this.#onLine(this.#buffer, 0, this.#rest, ++this.lines);
    return true;
  }

  /** Place of the next line end in `[from, end)`, or -1. What lies behind `end` is of an older piece. */
  #newline(from: number, end: number): number {
    const at = this.#buffer.indexOf(NEWLINE, from);
    return at < end ? at : -1;
  }
}

/** Reads a text file, compressed with gzip or not, line by line. A file that cannot be read is a problem, not a throw. */
export async function readLines(path: string, onLine: OnLine): Promise<LinesEnd> {
  const splitter = new LineSplitter(onLine);
  try {
    for await (const chunk of chunksOf(path)) {
      if (!splitter.take(chunk)) return { lines: splitter.lines };
      if (splitter.isLineTooLong) {
        return { lines: splitter.lines + 1, problem: `the line is longer than ${MAX_LINE_OCTETS} octets` };
      }
    }
  } catch (error) {
    return { lines: splitter.lines, problem: problemOfRead(error as NodeJS.ErrnoException) };
  }
  if (!splitter.finish()) return { lines: splitter.lines };
  return { lines: splitter.lines, problem: 'the last line has no end: the file looks cut short; fetch it again' };
}

function problemOfRead(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such file';
  if (error.code === 'Z_BUF_ERROR') return 'the compressed data ends in the middle; fetch it again';
  if (error.code?.startsWith('Z_')) return `the compressed data is damaged (${error.message}); fetch it again`;
  return `it cannot be read: ${error.message}`;
}
