/** What README.md says of speed and memory, made from a report. */
import type { Spread } from './measure.ts';
import { milliseconds, peerTimes, ratio, type Report } from './report.ts';

export const BEGIN = '<!-- numbers: made by npm run bench -->';
export const END = '<!-- /numbers -->';

const row = (what: string, { median, min, max }: Spread) =>
  `| ${what} | ${median.toFixed(2)} | ${min.toFixed(2)} – ${max.toFixed(2)} |`;
const thousands = (n: number) => Math.round(n).toLocaleString('en-US');

export function describe(report: Report): string {
  const { machine, throughput, distinctRatio, latency, overload, memory } = report;
  const rounds = throughput.rounds['Digpit']!.length;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `${machine.date}, ${machine.processor}; ${versions.join(', ')}. The server on one core, the load on the other; a thousand zones of ten
records, names drawn by Zipf's law, one in ten made up. All servers in turn, ${rounds} rounds; ratios are of numbers of the same round:

| what | median | lowest – highest |
|---|---|---|
${row('every query answered, logged whole, annotated and stored: × dnsdist → PowerDNS → dnstap, which only hands on', ratio(throughput, 'Digpit', 'dnsdist → PowerDNS → dnstap'))}
${row('the same: × PowerDNS with its caches and no log', ratio(throughput, 'Digpit', 'PowerDNS'))}
${row('without the log: × Knot', ratio(throughput, 'Digpit without its log', 'Knot'))}
${row('a million different names: × its usual speed', distinctRatio)}

![Answers per second of six name servers on one core](docs/numbers.svg)

Of ${thousands(throughput.answered)} queries answered in those rounds ${thousands(throughput.unlogged)} went unlogged. At half of its usual
rate, ${thousands(latency.rate)} a second, half of the answers took at most ${milliseconds(latency.quiet.p50)} and 99 of a hundred
${milliseconds(latency.quiet.p99)} (each peer at half of its own: ${peerTimes(latency)}); with edits, readers of the log who never pause and a
hundred viewers on the same core ${milliseconds(latency.busy.p99)}. Offered ${thousands(overload.offered)} a second it answered
${thousands(overload.answered)}, ${thousands(overload.unlogged)} of them unlogged. The process took ${memory.atRest.toFixed(0)} MB at rest, with the zones and
the table of the whole Internet, and ${memory.most.toFixed(0)} MB at most.
`;
}

/** A text with what stands between the two marks replaced. */
export function putInto(text: string, described: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`no ${BEGIN} … ${END}`);
  return `${text.slice(0, begin)}${BEGIN}\n\n${described}\n${text.slice(end)}`;
}
