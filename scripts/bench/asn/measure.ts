/** One approach in a process of its own: loads it, weighs it, times it, and prints the result as JSON. */
import { readFileSync } from 'node:fs';
import type { Approach, Index, Source } from './approach.ts';
import { loadColumns } from './columns.ts';
import { addressesOf, WORKLOADS } from './workload.ts';
import type { Workload } from './workload.ts';

export interface Measured {
  readonly key: string;
  readonly title: string;
  readonly loadMs: number;
  /** Growth of the heap and of buffers outside it, after a collection. */
  readonly octets: number;
  /** Growth of the resident set, of which `anonymous` is not backed by a file. */
  readonly rss: number;
  readonly anonymous: number;
  readonly fileOctets: number;
  /** Look-ups a second by workload, `ipv4 random` and so on. */
  readonly perSecond: Record<string, number>;
  /** Sum over answers, which has to be the same for all. */
  readonly check: number;
}

/** Each workload runs for so long, three times; the best counts, since a shared machine only ever makes things slower. */
const ROUND_MS = 250;
const ROUNDS = 3;

/** Answers that go into the check: few, because the slowest approach takes milliseconds for each. */
const CHECKED = 200;

function collect(): void {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
}

interface Weight {
  readonly octets: number;
  readonly rss: number;
  readonly anonymous: number;
}

function weigh(): Weight {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) * 1024;
  return { octets: heapUsed + external, rss: field('VmRSS'), anonymous: field('RssAnon') };
}

/** Runs through the addresses for about `ms` and returns look-ups a second. */
function rate(find: Index['find4'], octets: Uint8Array, width: number, ms: number): number {
  let sum = 0;
  let done = 0;
  let at = 0;
  let batch = 1;
  const started = performance.now();
  let passed = 0;
  while (passed < ms) {
    for (let i = 0; i < batch; i++) {
      sum += find(octets, at);
      at += width;
      if (at === octets.length) at = 0;
    }
    done += batch;
    passed = performance.now() - started;
    if (passed < ms / 20) batch *= 2;
  }
  if (sum < 0) throw new Error('no sum of AS numbers is negative');
  return (done / passed) * 1000;
}

function best(find: Index['find4'], octets: Uint8Array, width: number): number {
  rate(find, octets, width, ROUND_MS / 2);
  return Math.max(...Array.from({ length: ROUNDS }, () => rate(find, octets, width, ROUND_MS)));
}

function checkOf(find: Index['find4'], octets: Uint8Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < CHECKED; i++) sum += find(octets, i * width) * (i + 1);
  return sum;
}

/**
 * `small` is a source of a few ranges: it is loaded and asked first, so that what the engine takes for compiling the code
 * is not taken for the table.
 */
export async function measure(approach: Approach, source: Source, small: Source, columnsFile: string): Promise<Measured> {
  const warm = await approach.load(small);
  const octets = new Uint8Array(4096);
  rate(warm.find4, octets, 4, 30);
  rate(warm.find6, octets, 16, 30);

  const before = weigh();
  const started = performance.now();
  const index = await approach.load(source);
  const loadMs = performance.now() - started;
  const after = weigh();

  const columns = loadColumns(columnsFile);
  const perSecond: Record<string, number> = {};
  let check = 0;
  for (const workload of WORKLOADS) {
    for (const [family, width] of [
      ['ipv4', 4],
      ['ipv6', 16],
    ] as const) {
      const addresses = addressesOf(workload satisfies Workload, columns, width);
      const find = width === 4 ? index.find4 : index.find6;
      check += checkOf(find, addresses, width);
      perSecond[`${family} ${workload}`] = best(find, addresses, width);
    }
  }
  return {
    key: approach.key,
    title: approach.title,
    loadMs,
    octets: after.octets - before.octets,
    rss: after.rss - before.rss,
    anonymous: after.anonymous - before.anonymous,
    fileOctets: index.fileOctets ?? 0,
    perSecond,
    check,
  };
}
