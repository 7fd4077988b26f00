/**
 * Fetches the current tables of iptoasn.com and puts them into force: `npm run asn:update`. Writes `asn.bin` to
 * DIGPIT_DATA_DIR (./data) and keeps the one from before as `asn.bin.previous`. A running server takes it up by itself.
 * DIGPIT_ASN_URL names a mirror. Exit code 1, and the old table stays, when there is no network or the tables are not sound.
 */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import { describeFault } from '../server/asn/fault.ts';
import { PACKED_FILE } from '../server/asn/open.ts';
import { encodeParts, writePackedFile } from '../server/asn/packed-file.ts';
import { buildFromFiles } from '../server/asn/sources.ts';
import { loadEnvironment } from './environment.ts';

const SOURCE = 'https://iptoasn.com/data/';
const FILES = ['ip2asn-v4.tsv.gz', 'ip2asn-v6.tsv.gz'] as const;

/** Ten times what the files have today. */
const MAX_DOWNLOAD_OCTETS = 80 * 1024 * 1024;
const TIMEOUT_MS = 120_000;

/** A quarter of the Internet of 2024: a table with fewer is a page of something else, or cut short. */
const WHOLE_INTERNET = { ipv4: 100_000, ipv6: 30_000 };

export interface UpdateOptions {
  readonly dataDir: string;
  /** Address of the folder with the two files, with a slash at its end. */
  readonly source: string;
  /** Ranges of each family below which a table is not believed. */
  readonly least?: { readonly ipv4: number; readonly ipv6: number };
}

/** Whether a new table is in force, and sentences that say so, or why not. */
export interface UpdateResult {
  readonly ok: boolean;
  readonly sentences: readonly string[];
}

const OLD_STAYS = 'The table from before stays in use.';

/** The reason that `fetch` hides below "fetch failed". */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message || (cause as NodeJS.ErrnoException).code})` : message;
}

async function download(url: string, path: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok || !answer.body) throw new Error(`the server answered ${answer.status}`);
  const expected = Number(answer.headers.get('content-length') ?? 0);
  let received = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > MAX_DOWNLOAD_OCTETS) done(new Error(`it has more than ${MAX_DOWNLOAD_OCTETS} octets`));
      else done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(answer.body as ReadableStream), counter, createWriteStream(path));
  if (received < expected) throw new Error(`${received} octets arrived of ${expected}`);
}

async function downloadAll(source: string, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const name of FILES) {
    const url = new URL(name, source).href;
    const path = join(folder, name);
    try {
      await download(url, path);
    } catch (error) {
      throw new Error(`${url} could not be fetched: ${reasonOf(error)}.`, { cause: error });
    }
    paths.push(path);
  }
  return paths;
}

async function replace(options: UpdateOptions, folder: string): Promise<UpdateResult> {
  const result = await buildFromFiles(await downloadAll(options.source, folder));
  if (!result.ok) {
    return { ok: false, sentences: [...result.faults.map(describeFault), `What was fetched is not sound. ${OLD_STAYS}`] };
  }
  const { ipv4Ranges, ipv6Ranges } = result;
  const least = options.least ?? WHOLE_INTERNET;
  if (ipv4Ranges < least.ipv4 || ipv6Ranges < least.ipv6) {
    const count = `${ipv4Ranges} IPv4 and ${ipv6Ranges} IPv6 ranges`;
    return { ok: false, sentences: [`What was fetched has ${count}, and that is not the whole Internet. ${OLD_STAYS}`] };
  }
  const path = join(options.dataDir, PACKED_FILE);
  writePackedFile(path, encodeParts(result.parts), true);
  return { ok: true, sentences: [`${path} has ${ipv4Ranges} IPv4 and ${ipv6Ranges} IPv6 ranges.`] };
}

/** Fetches, builds aside, checks and swaps. Never throws. */
export async function updateTable(options: UpdateOptions): Promise<UpdateResult> {
  let folder: string | undefined;
  const cleanUp = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', cleanUp);
  try {
    mkdirSync(options.dataDir, { recursive: true });
    folder = mkdtempSync(join(options.dataDir, 'asn-update-'));
    return await replace(options, folder);
  } catch (error) {
    return { ok: false, sentences: [`${(error as Error).message} ${OLD_STAYS}`] };
  } finally {
    process.off('exit', cleanUp);
    cleanUp();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  loadEnvironment();
  // Whoever stops us half-way, such as a server that stops itself, finds no downloads lying about.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const { ok, sentences } = await updateTable({
    dataDir: process.env['DIGPIT_DATA_DIR'] ?? './data',
    source: process.env['DIGPIT_ASN_URL'] ?? SOURCE,
  });
  for (const sentence of sentences) (ok ? console.log : console.error)(sentence);
  process.exitCode = ok ? 0 : 1;
}
