/**
 * Builds the packed table of networks: `npm run asn:build -- [folder or files …]`. Without arguments the sources are those
 * in DIGPIT_ASN_DIR. Writes `asn.bin` to DIGPIT_DATA_DIR (./data). Exit code 1, and the old table stays, when anything in
 * the sources is wrong.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describeFault } from '../server/asn/fault.ts';
import { PACKED_FILE } from '../server/asn/open.ts';
import { encodeParts, writePackedFile } from '../server/asn/packed-file.ts';
import { buildFromFiles, SOURCE_NAMES, sourcesIn } from '../server/asn/sources.ts';
import { loadEnvironment } from './environment.ts';

/** A folder stands for the sources in it. Throws a sentence when there is nothing to build from. */
function sourcesOf(given: readonly string[]): string[] {
  const folder = process.env['DIGPIT_ASN_DIR'];
  const roots = given.length > 0 ? given : folder ? [folder] : [];
  if (roots.length === 0) {
    throw new Error('no sources: name a folder or files, or set DIGPIT_ASN_DIR; "npm run asn:update" fetches current ones');
  }
  return roots.flatMap((root) => {
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) return [root];
    const found = sourcesIn(root);
    if (found.length === 0) throw new Error(`no sources in ${root}: looked for were ${SOURCE_NAMES}`);
    return found;
  });
}

async function main(): Promise<number> {
  loadEnvironment();
  const started = performance.now();
  const sources = sourcesOf(process.argv.slice(2));
  const result = await buildFromFiles(sources);
  if (!result.ok) {
    for (const fault of result.faults) console.error(describeFault(fault));
    console.error('No table was written; the one from before stays in use.');
    return 1;
  }
  const path = join(process.env['DIGPIT_DATA_DIR'] ?? './data', PACKED_FILE);
  const octets = encodeParts(result.parts);
  writePackedFile(path, octets);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(`${path}: ${result.ipv4Ranges} IPv4 and ${result.ipv6Ranges} IPv6 ranges in ${octets.length} octets`);
  console.log(`built in ${seconds} s with at most ${megabytes} MB of memory`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
