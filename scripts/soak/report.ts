import { trendOf, type Trend } from './trend.ts';

/** Megabytes of everybody at one second of the run. */
export interface Sample {
  readonly second: number;
  readonly digpit: number;
  readonly powerDns: number;
  readonly neighbour: number;
  readonly restic: number;
  /** All of the group, files in memory included. */
  readonly group: number;
}

/** A stretch of queries: how many were asked and answered, and in how many milliseconds 99 of 100 were. */
export interface Slice {
  readonly kind: 'steady' | 'random names' | 'flood';
  readonly asked: number;
  readonly answered: number;
  readonly p99: number;
}

export interface Soak {
  readonly samples: readonly Sample[];
  readonly slices: readonly Slice[];
  readonly kills: number;
  /** Who was not there any more at the end. */
  readonly gone: readonly string[];
  readonly accounts: number;
  readonly refusal: string;
  readonly backups: number;
  readonly tables: number;
  readonly edits: number;
}

/** What a run has to keep to. */
const MOST_MB = 130;
const P99_MS = 5;
/** Growth that would not show on a machine: what all of the run is short of that is noise. */
const NOISE_MB = 2;

export interface Verdict {
  readonly lines: readonly string[];
  readonly failures: readonly string[];
  readonly trend: Trend | null;
}

/** What came of a run, in sentences, and what was not as it should be. */
export function judge(soak: Soak): Verdict {
  const seconds = soak.samples.at(-1)!.second;
  const most = Math.max(...soak.samples.map(({ digpit }) => digpit));
  const later = soak.samples.filter(({ second }) => second >= seconds / 4);
  const trend = trendOf(later.map(({ second, digpit }) => [second / 3600, digpit] as const));
  const quiet = soak.slices.filter(({ kind }) => kind !== 'flood');
  const slowest = medianOf(quiet.map(({ p99 }) => p99));
  const grown = trend === null ? 0 : (trend.low * seconds) / 3600;
  const failures = [
    ...(soak.kills > 0 ? [`${soak.kills} processes were killed for want of memory`] : []),
    ...soak.gone.map((name) => `${name} ended`),
    ...(most > MOST_MB ? [`Digpit took ${most.toFixed(0)} MB; ${MOST_MB} are the most`] : []),
    ...(grown > NOISE_MB ? [`Digpit grew by ${grown.toFixed(1)} MB at least after the first quarter`] : []),
    ...(slowest > P99_MS
      ? [`99 of 100 answers took up to ${slowest.toFixed(1)} ms outside floods; ${P99_MS} are the most`]
      : []),
    ...(soak.backups === 0 ? ['no backup was made'] : []),
  ];
  return { lines: tell(soak, { seconds, most, slowest, trend }), failures, trend };
}

function tell(
  soak: Soak,
  { seconds, most, slowest, trend }: { seconds: number; most: number; slowest: number; trend: Trend | null },
): string[] {
  const asked = soak.slices.reduce((sum, slice) => sum + slice.asked, 0);
  const flood = Math.max(0, ...soak.slices.filter(({ kind }) => kind === 'flood').map(({ answered }) => answered));
  const group = Math.max(...soak.samples.map((sample) => sample.group));
  return [
    `${seconds} seconds in 465 MB: ${asked.toLocaleString('en')} queries, ${soak.edits.toLocaleString('en')} edits, 200 viewers, ${soak.backups} backups with restic, ${soak.tables} new tables of networks.`,
    `${soak.accounts.toLocaleString('en')} accounts were made through the API${soak.refusal === '' ? ', and the run was over before more were refused.' : `; then it said: ${soak.refusal}`}`,
    `Digpit took at most ${most.toFixed(0)} MB; all together, with the files that the kernel keeps in memory, ${group.toFixed(0)} MB. ${soak.kills} processes were killed.`,
    trend === null
      ? 'The run was too short to tell how the memory grows.'
      : `After the first quarter it grew by ${trend.slope.toFixed(1)} MB an hour (between ${trend.low.toFixed(1)} and ${trend.high.toFixed(1)} with a confidence of 95 of 100).`,
    `Outside floods 99 of 100 answers took at most ${slowest.toFixed(2)} ms (the median of all stretches); a flood of three seconds had ${flood.toLocaleString('en')} answers.`,
  ];
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
