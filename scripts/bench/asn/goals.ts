/** What is asked of the table besides look-ups: building, opening and replacing it, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openPackedFile } from '../../../server/asn/packed-file.ts';
import { SwappableTable } from '../../../server/asn/swappable.ts';

export interface Goals {
  readonly fileOctets: number;
  readonly openMs: number;
  readonly buildSeconds: number;
  /** Largest resident set of the building process. */
  readonly buildPeak: number;
  /** Growth of the largest resident set through replacing the table once. */
  readonly reloadPeak: number;
}

const SCRIPT = fileURLToPath(import.meta.url);
const BUILD = fileURLToPath(new URL('../../build-asn.js', import.meta.url));

function statusField(name: string): number {
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
}

/** The child: opens, then replaces, and prints both. */
function child(path: string, small: string): void {
  openPackedFile(small);
  const started = performance.now();
  const table = new SwappableTable(path, openPackedFile(path));
  const openMs = performance.now() - started;
  table.reload();
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  const before = statusField('VmRSS');
  utimesSync(path, 1, 1);
  const { outcome } = table.reload();
  if (outcome !== 'swapped') throw new Error(`the table was ${outcome}`);
  console.log(JSON.stringify({ openMs, reloadPeak: Math.max(statusField('VmRSS') - before, 0) }));
}

function run(args: readonly string[], env: Record<string, string> = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

export function goals(paths: readonly string[], folder: string): Goals {
  const data = join(folder, 'built');
  const started = performance.now();
  const said = run([BUILD, ...paths], { DIGPIT_DATA_DIR: data });
  const buildSeconds = (performance.now() - started) / 1000;
  const buildPeak = Number(/at most (\d+) MB/.exec(said)?.[1]) * 1024 * 1024;
  const path = join(data, 'asn.bin');
  const copy = join(data, 'copy.bin');
  copyFileSync(path, copy);
  const child = JSON.parse(run(['--expose-gc', SCRIPT, '--open', copy, join(folder, 'small', 'asn.bin')])) as {
    openMs: number;
    reloadPeak: number;
  };
  return { fileOctets: statSync(path).size, buildSeconds, buildPeak, ...child };
}

if (process.argv[1] === SCRIPT) {
  const { positionals } = parseArgs({ allowPositionals: true, options: { open: { type: 'boolean' } } });
  child(positionals[0]!, positionals[1]!);
}
