import { spreadOf, type Spread } from './measure.ts';
import type { Latency, Overload, Throughput } from './trials.ts';

export interface Findings {
  readonly machine: {
    readonly date: string;
    readonly processor: string;
    readonly versions: Readonly<Record<string, string | null>>;
  };
  readonly throughput: Throughput;
  /** Speed with a million names, as a part of the usual speed. */
  readonly distinctRatio: Spread;
  readonly latency: Latency;
  readonly overload: Overload;
  /** Megabytes. */
  readonly memory: { readonly atRest: number; readonly most: number };
}

/** Something that was promised, what was measured, and whether that is enough. */
export interface Goal {
  readonly what: string;
  readonly measured: string;
  readonly reached: boolean;
}

export interface Report extends Findings {
  readonly goals: readonly Goal[];
}

/** Ratios round by round: both numbers of a ratio were measured within half a minute. */
export function ratio({ rounds }: Throughput, a: string, b: string): Spread {
  return spreadOf(rounds[a]!.map((qps, i) => qps / rounds[b]![i]!));
}

const fixed = (n: number, digits = 2) => n.toFixed(digits);
const range = ({ median, min, max }: Spread) => `${fixed(median)} (${fixed(min)} – ${fixed(max)})`;
export const milliseconds = (microseconds: number) => `${fixed(microseconds / 1000)} ms`;

export const peerTimes = ({ peers }: Latency) =>
  Object.entries(peers)
    .map(([name, { p99 }]) => `${name} ${milliseconds(p99)}`)
    .join(', ');

export function judge(findings: Findings): Report {
  const { throughput, distinctRatio, latency, overload, memory } = findings;
  const atLeast = (what: string, spread: Spread, least: number): Goal => ({
    what: `${what}: at least ${least.toFixed(1)}`,
    measured: range(spread),
    reached: spread.median >= least,
  });
  const goals: Goal[] = [
    {
      what: 'every query answered is logged, annotated and stored',
      measured: `${throughput.stored} of ${throughput.answered} stored, ${throughput.unlogged} unlogged`,
      reached: throughput.unlogged === 0 && throughput.stored >= throughput.answered,
    },
    atLeast('logging, × dnsdist → PowerDNS → dnstap', ratio(throughput, 'Digpit', 'dnsdist → PowerDNS → dnstap'), 2),
    atLeast('logging, × PowerDNS without logs', ratio(throughput, 'Digpit', 'PowerDNS'), 1),
    atLeast('without the log, × Knot', ratio(throughput, 'Digpit without its log', 'Knot'), 0.8),
    atLeast('a million distinct names, × the usual speed', distinctRatio, 0.5),
    {
      what: 'p99 at half the usual rate: at most 2 ms',
      measured: `${milliseconds(latency.quiet.p99)}; each at half of its own: ${peerTimes(latency)}`,
      reached: latency.quiet.p99 <= 2000,
    },
    {
      what: 'with edits, readers and 100 viewers at the same time: less than twice that',
      measured: `${milliseconds(latency.busy.p99)}; ${latency.edits} edits, ${latency.pages} pages of 500`,
      reached: latency.busy.p99 < 2 * latency.quiet.p99,
    },
    { what: 'memory at rest: at most 90 MB', measured: `${fixed(memory.atRest, 0)} MB`, reached: memory.atRest <= 90 },
    { what: 'memory at most: 130 MB', measured: `${fixed(memory.most, 0)} MB`, reached: memory.most <= 130 },
    {
      what: 'five times too much offered: answers go on, and memory comes back to within a tenth',
      measured: `${fixed(overload.offered, 0)}/s offered, ${fixed(overload.answered, 0)}/s answered, ${overload.unlogged} unlogged; ${fixed(overload.before, 0)} → ${fixed(overload.after, 0)} MB`,
      reached: overload.stillAnswers && overload.after <= overload.before * 1.1,
    },
  ];
  return { ...findings, goals };
}

export function print({ machine, throughput, latency, goals }: Report): void {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  console.log(`${machine.date}, ${machine.processor}; ${versions.join(', ')}\n`);
  console.log('answers per second, one core for the server: median (lowest – highest)');
  for (const [name, rounds] of Object.entries(throughput.rounds)) {
    const { median, min, max } = spreadOf(rounds);
    console.log(`  ${name.padEnd(30)} ${fixed(median, 0).padStart(8)}  (${fixed(min, 0)} – ${fixed(max, 0)})`);
  }
  const { quiet, busy, rate } = latency;
  console.log(
    `\nat ${rate} queries a second: p50 ${quiet.p50} µs, p99 ${quiet.p99} µs, p99.9 ${quiet.p999} µs; lost ${quiet.lost}`,
  );
  console.log(
    `with a busy page side:          p50 ${busy.p50} µs, p99 ${busy.p99} µs, p99.9 ${busy.p999} µs; lost ${busy.lost}\n`,
  );
  for (const { what, measured, reached } of goals) console.log(`${reached ? 'yes' : 'NO '}  ${what}\n     ${measured}`);
}
