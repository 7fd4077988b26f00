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

/** A stretch of queries: how many were asked and answered, in how many milliseconds 99 of 100 were, and in how many by PowerDNS beside. */
export interface Slice {
  readonly kind: 'steady' | 'random names' | 'flood';
  readonly asked: number;
  readonly answered: number;
  readonly p99: number;
  readonly powerDnsP99: number;
}

export interface Soak {
  readonly samples: readonly Sample[];
  readonly slices: readonly Slice[];
  readonly kills: number;
  /** Who was not there any more at the end. */
  readonly gone: readonly string[];
  readonly accounts: number;
  /** What was said when there were enough of them, empty when the run was over before, and at which second. */
  readonly refusal: string;
  readonly refused: number;
  readonly backups: number;
  readonly tables: number;
  readonly edits: number;
}

/** What a run has to keep to. */
const MOST_MB = 130;
const P99_MS = 5;
/** Where the processors have so much else to do that PowerDNS takes longer than that as well, we may take so many times its time. */
const BESIDE_POWERDNS = 1.5;
/** By so much V8 and `malloc` come and go; growth that is less in all of a run is none. A leak shows in a longer one. */
const NOISE_MB = 12;

export interface Verdict {
  readonly lines: readonly string[];
  readonly failures: readonly string[];
}

/** What came of a run, as numbers. */
interface Figures {
  readonly seconds: number;
  readonly most: number;
  readonly p99: number;
  readonly powerDnsP99: number;
  /** Of the stretches outside floods, the part that kept to P99_MS. */
  readonly kept: number;
  /** The second from which growth is told. */
  readonly from: number;
  readonly trend: Trend | null;
}

/** What came of a run, in sentences, and what was not as it should be. */
export function judge(soak: Soak): Verdict {
  const figures = measure(soak);
  const { most, p99, powerDnsP99, seconds, from, trend } = figures;
  const grown = trend === null ? 0 : (trend.low * (seconds - from)) / 3600;
  const failures = [
    ...(soak.kills > 0 ? [`${soak.kills} processes were killed for want of memory`] : []),
    ...soak.gone.map((name) => `${name} ended`),
    ...(most > MOST_MB ? [`Digpit took ${most.toFixed(0)} MB; ${MOST_MB} are the most`] : []),
    ...(grown > NOISE_MB ? [`Digpit grew by ${grown.toFixed(1)} MB at least from second ${from} on`] : []),
    ...(p99 > Math.max(P99_MS, BESIDE_POWERDNS * powerDnsP99)
      ? [
          `99 of 100 answers took up to ${p99.toFixed(1)} ms outside floods, and ${powerDnsP99.toFixed(1)} ms at PowerDNS; ${P99_MS} are the most`,
        ]
      : []),
    ...(soak.backups === 0 ? ['no backup was made'] : []),
  ];
  return { lines: tell(soak, figures), failures };
}

function measure({ samples, slices, refusal, refused }: Soak): Figures {
  const seconds = samples.at(-1)!.second;
  // While subdomains are made, each takes its place: that is no leak.
  const from = Math.max(Math.ceil(seconds / 4), refusal === '' ? seconds : refused);
  const later = samples.filter(({ second }) => second >= from);
  const quiet = slices.filter(({ kind }) => kind !== 'flood');
  return {
    seconds,
    most: Math.max(...samples.map(({ digpit }) => digpit)),
    p99: medianOf(quiet.map((slice) => slice.p99)),
    powerDnsP99: medianOf(quiet.map((slice) => slice.powerDnsP99)),
    kept: quiet.filter((slice) => slice.p99 <= P99_MS).length / quiet.length,
    from,
    trend: trendOf(later.map(({ second, digpit }) => [second / 3600, digpit] as const)),
  };
}

function tell(soak: Soak, { seconds, most, p99, powerDnsP99, kept, from, trend }: Figures): string[] {
  const asked = soak.slices.reduce((sum, slice) => sum + slice.asked, 0);
  const flood = Math.max(0, ...soak.slices.filter(({ kind }) => kind === 'flood').map(({ answered }) => answered));
  const group = Math.max(...soak.samples.map((sample) => sample.group));
  return [
    `${seconds} seconds in 465 MB: ${asked.toLocaleString('en')} queries, ${soak.edits.toLocaleString('en')} edits, 200 viewers, ${soak.backups} backups with restic, ${soak.tables} new tables of networks.`,
    `${soak.accounts.toLocaleString('en')} accounts were made through the API${soak.refusal === '' ? ', and the run was over before more were refused.' : `; then, after ${soak.refused} seconds, it said: ${soak.refusal}`}`,
    `Digpit took at most ${most.toFixed(0)} MB; all together, with the files that the kernel keeps in memory, ${group.toFixed(0)} MB. ${soak.kills} processes were killed.`,
    trend === null
      ? 'The run was too short to tell how the memory grows once no more accounts are made.'
      : `From second ${from} on it grew by ${trend.slope.toFixed(1)} MB an hour (between ${trend.low.toFixed(1)} and ${trend.high.toFixed(1)} with a confidence of 95 of 100).`,
    `Outside floods 99 of 100 answers took at most ${p99.toFixed(2)} ms (the median of all stretches; ${Math.floor(kept * 100)} of 100 stretches kept to ${P99_MS} ms), and those of PowerDNS, asked a tenth as much beside, ${powerDnsP99.toFixed(2)} ms. A flood of three seconds had ${flood.toLocaleString('en')} answers.`,
  ];
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
