/**
 * The laboratory: `npm run bench:asn -- [folder with ip2asn-v4.tsv.gz and ip2asn-v6.tsv.gz] [--only=KEYS] [--svg=FILE]
 * [--json=FILE] [--verify]`. Every way to find the network of an address that the story knows, on the same ranges and the
 * same addresses, each in a process of its own. The folder may come from DIGPIT_ASN_DIR; without one
 * a table of the same shape is made up.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encodeParts, writePackedFile } from '../../../server/asn/packed-file.ts';
import { buildFromFiles } from '../../../server/asn/sources.ts';
import type { Source } from './approach.ts';
import { approaches } from './approaches/all.ts';
import { chart } from './chart.ts';
import { loadColumns, readColumns, writeColumns } from './columns.ts';
import { writeTables } from './generate.ts';
import { goals } from './goals.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { printGoals, printResults } from './print.ts';
import { verify } from './verify.ts';

const SCRIPT = fileURLToPath(import.meta.url);

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    svg: { type: 'string' },
    json: { type: 'string' },
    verify: { type: 'boolean' },
    one: { type: 'string' },
  },
});

/** The TSV files to measure with, and what to call them. */
function sources(folder: string): { paths: string[]; title: string } {
  const given = positionals[0] ?? process.env['DIGPIT_ASN_DIR'];
  const names = ['ip2asn-v4.tsv.gz', 'ip2asn-v6.tsv.gz'];
  if (given !== undefined && names.every((name) => existsSync(join(given, name))))
    return { paths: names.map((name) => join(given, name)), title: given };
  if (positionals[0]) throw new Error(`${given} does not hold ${names.join(' and ')}`);
  return { paths: writeTables(folder), title: 'a table made up in the shape of the real one' };
}

/** Files of one table in `folder`: the columns, and the packed table. */
async function prepare(folder: string, paths: readonly string[]): Promise<void> {
  mkdirSync(join(folder, 'work'), { recursive: true });
  writeColumns(join(folder, 'columns.bin'), await readColumns(paths));
  const result = await buildFromFiles(paths);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  writePackedFile(join(folder, 'asn.bin'), encodeParts(result.parts));
}

function sourceIn(folder: string): Source {
  return {
    columns: () => loadColumns(join(folder, 'columns.bin')),
    packedFile: join(folder, 'asn.bin'),
    folder: join(folder, 'work'),
  };
}

/** The child: one approach, its result on the standard output. */
async function child(key: string, folder: string): Promise<void> {
  const approach = approaches.find((each) => each.key === key);
  if (!approach) throw new Error(`there is no approach ${key}`);
  const source = sourceIn(join(folder, 'whole'));
  const result = await measure(approach, source, sourceIn(join(folder, 'small')), join(folder, 'whole', 'columns.bin'));
  console.log(JSON.stringify(result));
}

function inChild(key: string, folder: string): Measured | undefined {
  const flags = ['--expose-gc', '--max-old-space-size=6000'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, SCRIPT, folder, `--one=${key}`], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status === 0) return JSON.parse(stdout) as Measured;
  console.error(`approach ${key} failed: ${stderr.trim().split('\n').slice(0, 6).join(' ')}`);
  return undefined;
}

/**
 * What is compared with one another runs this often, and the best speed
 * and the most memory count: other work on the machine only ever hinders.
 */
const REPEATED: Readonly<Record<string, number>> = { '11': 3, '12': 3 };

function bestOf(runs: readonly Measured[]): Measured | undefined {
  const [first, ...others] = runs;
  if (!first) return undefined;
  const perSecond = { ...first.perSecond };
  for (const run of others)
    for (const [name, value] of Object.entries(run.perSecond)) perSecond[name] = Math.max(perSecond[name]!, value);
  const most = (field: 'octets' | 'rss' | 'anonymous') => Math.max(...runs.map((run) => run[field]));
  const loadMs = Math.min(...runs.map((run) => run.loadMs));
  return { ...first, loadMs, octets: most('octets'), rss: most('rss'), anonymous: most('anonymous'), perSecond };
}

/** Runs the approaches in turn; those that run several times alternate, so that a busy spell hits all of them. */
function measureAll(keys: readonly string[], folder: string): Measured[] {
  const runs = new Map<string, Measured[]>(keys.map((key) => [key, []]));
  for (let round = 0; round < Math.max(...keys.map((key) => REPEATED[key] ?? 1)); round++) {
    for (const key of keys) {
      const result = round < (REPEATED[key] ?? 1) ? inChild(key, folder) : undefined;
      if (result) runs.get(key)!.push(result);
    }
  }
  return keys.flatMap((key) => bestOf(runs.get(key)!) ?? []);
}

function reportDifferences(results: readonly Measured[]): void {
  const expected = results.at(-1)?.check;
  for (const one of results)
    if (one.check !== expected) console.error(`approach ${one.key} gives other answers than the last one`);
  process.exitCode = results.every((one) => one.check === expected) ? 0 : 1;
}

async function parent(folder: string): Promise<void> {
  const { paths, title } = sources(join(folder, 'generated'));
  console.log(
    `${title}; ${cpus()[0]?.model}, ${cpus().length} cores; Node ${process.version}; ${new Date().toISOString().slice(0, 10)}`,
  );
  await prepare(join(folder, 'whole'), paths);
  await prepare(join(folder, 'small'), writeTables(join(folder, 'tiny'), { ipv4: 3000, ipv6: 1000 }));
  const wanted = options.only?.split(',') ?? approaches.map((each) => each.key);
  const results = measureAll(wanted, folder);
  printResults(results);
  reportDifferences(results);
  printGoals(goals(paths, folder), results);
  if (options.verify) console.log(verify(loadColumns(join(folder, 'whole', 'columns.bin')), join(folder, 'whole', 'asn.bin')));
  if (options.svg) writeFileSync(options.svg, chart(results));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
}

if (options.one) {
  await child(options.one, positionals[0]!);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'digpit-bench-asn-'));
  try {
    await parent(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
