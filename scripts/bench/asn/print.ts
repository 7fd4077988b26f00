/** The results as text. */
import type { Goals } from './goals.ts';
import type { Measured } from './measure.ts';

const mebibytes = (octets: number): string => (octets / 1024 / 1024).toFixed(2);

function perSecond(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} k` : value.toFixed(0);
}

const HEAD = [
  '',
  'approach',
  'MiB',
  'RSS',
  'file',
  'load ms',
  'v4 random',
  'seq',
  'miss',
  'skew',
  'v6 random',
  'seq',
  'miss',
  'skew',
];
const RATES = ['random', 'sequential', 'misses', 'skew'];

export function printResults(results: readonly Measured[]): void {
  const rows = results.map((one) => [
    one.key,
    one.title,
    mebibytes(Math.max(0, one.octets)),
    mebibytes(one.rss),
    one.fileOctets > 0 ? mebibytes(one.fileOctets) : '',
    one.loadMs.toFixed(one.loadMs < 100 ? 1 : 0),
    ...['ipv4', 'ipv6'].flatMap((family) => RATES.map((name) => perSecond(one.perSecond[`${family} ${name}`]!))),
  ]);
  const divider = HEAD.map((_, i) => (i < 2 ? '---' : '---:'));
  for (const row of [HEAD, divider, ...rows]) console.log(`| ${row.join(' | ')} |`);
}

function line(what: string, measured: string, goal: string, isMet: boolean): void {
  console.log(`${isMet ? 'met ' : 'MISS'}  ${what}: ${measured} (goal: ${goal})`);
}

/** What the table has to be, against what it is. The prototype is that of the same run. */
export function printGoals(goals: Goals, results: readonly Measured[]): void {
  const { fileOctets, openMs, buildSeconds, buildPeak, reloadPeak } = goals;
  console.log('');
  line('packed file', `${mebibytes(fileOctets)} MiB`, '4.0 MiB', fileOctets <= 4 * 1024 * 1024);
  line('ready after', `${openMs.toFixed(1)} ms`, '20 ms', openMs <= 20);
  line('build', `${buildSeconds.toFixed(1)} s`, '5 s', buildSeconds <= 5);
  line('most memory while building', `${mebibytes(buildPeak)} MiB`, '100 MB', buildPeak <= 100e6);
  line(
    'memory that a reload takes at its peak',
    `${mebibytes(reloadPeak)} MiB`,
    'one table and a half',
    reloadPeak <= fileOctets * 1.5,
  );
  const shipped = results.find((one) => one.key === '12');
  const prototype = results.find((one) => one.key === '11');
  if (!shipped) return;
  const [v4, v6] = [shipped.perSecond['ipv4 random']!, shipped.perSecond['ipv6 random']!];
  line(
    'memory of the table',
    `${mebibytes(shipped.octets)} MiB, resident ${mebibytes(shipped.rss)} MiB`,
    '4.0 MiB',
    shipped.rss <= 4 * 1024 * 1024,
  );
  if (!prototype) return;
  const base = prototype.perSecond['ipv4 random']!;
  line(
    'IPv4',
    `${perSecond(v4)}/s, ${(v4 / base).toFixed(2)} of the prototype`,
    '15 M/s where the prototype does 20 M/s',
    v4 >= base * 0.75,
  );
  line(
    'IPv6',
    `${perSecond(v6)}/s, ${(v6 / base).toFixed(2)} of the prototype`,
    '10 M/s where the prototype does 20 M/s',
    v6 >= base * 0.5,
  );
}
