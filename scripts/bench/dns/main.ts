/**
 * `npm run bench:dns -- --asn=DIR [--rounds=5] [--seconds=4] [--readme]`: Digpit beside NSD, Knot, PowerDNS, and dnsdist → PowerDNS →
 * dnstap (all from Debian), one core for the server and one for the load, on a thousand zones of ten records. Every figure is a
 * ratio of what was measured in turn. The report goes to bench/results; `--readme` makes the numbers of README.md from it. Needs
 * Linux, gcc, taskset, nsd, knot, pdns-server, pdns-backend-sqlite3 and dnsdist.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chart } from './chart.ts';
import { LOAD_CORE, memoryOf, pause, spreadOf } from './measure.ts';
import { describe, putInto } from './readme.ts';
import { judge, print, type Report } from './report.ts';
import {
  startDigpit,
  startDnsdist,
  startKnot,
  startNsd,
  startPowerDns,
  versionOf,
  writeZoneFiles,
  type Place,
  type Server,
} from './servers.ts';
import { DnstapSink } from './sink.ts';
import { tryDistinct, tryLatency, tryOverload, tryThroughput } from './trials.ts';
import { makeZones, writeDistinct, writeSkewed, type BenchZone } from './workload.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const ZONES = 1000;
const FIRST_PORT = 25_300;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    readme: { type: 'boolean', default: false },
    asn: { type: 'string', default: process.env['DIGPIT_ASN_DIR'] ?? '' },
  },
});

if (!existsSync(join(values.asn, 'ip2asn-v4.tsv.gz'))) {
  throw new Error('name the folder with ip2asn-v4.tsv.gz and ip2asn-v6.tsv.gz of iptoasn.com, with --asn or DIGPIT_ASN_DIR');
}
const dir = mkdtempSync(join(tmpdir(), 'digpit-bench-'));
const running: Server[] = [];
const sink = new DnstapSink();
try {
  const report = await run();
  print(report);
  keep(report);
  if (values.readme) tell(report);
} finally {
  await Promise.all(running.map((server) => server.stop()));
  sink.close();
  rmSync(dir, { recursive: true });
}

function keep(report: Report): void {
  const results = join(ROOT, 'bench/results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'dns.json'), `${JSON.stringify(report, null, 2)}\n`);
}

function tell(report: Report): void {
  const readme = join(ROOT, 'README.md');
  writeFileSync(readme, putInto(readFileSync(readme, 'utf8'), describe(report)));
  writeFileSync(join(ROOT, 'docs/numbers.svg'), chart(report));
}

async function run(): Promise<Report> {
  // Whoever looks on, and takes dnstap, does so on the core of the load.
  spawnSync('taskset', ['-a', '-p', '-c', LOAD_CORE, String(process.pid)]);
  const program = join(dir, 'load');
  const { status, stderr } = spawnSync('gcc', ['-O2', '-o', program, join(ROOT, 'scripts/bench/dns/load.c')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gcc: ${stderr}`);
  const zones = makeZones(place('digpit').dir, ROOT, ZONES);
  makeZones(place('digpit-silent').dir, ROOT, ZONES);
  const skewed = join(dir, 'skewed');
  const distinct = join(dir, 'distinct');
  writeSkewed(skewed, zones, 200_000);
  writeDistinct(distinct, zones, 1_000_000);

  const { digpit, servers } = await startAll(zones);
  const pid = digpit.pids[0]!;
  // What only the start needed is given back after two seconds.
  await pause(4000);
  const atRest = memoryOf(pid).now;
  const trial = { program, digpit, httpPort: FIRST_PORT + 10, skewed, distinct, seconds: Number(values.seconds) };
  const throughput = await tryThroughput(trial, servers, Number(values.rounds));
  const usual = (name: string) => spreadOf(throughput.rounds[name]!).median;
  const distinctRatio = await tryDistinct(trial, 3);
  const peers = servers.filter(({ name }) => name === 'Knot' || name === 'PowerDNS');
  const latency = await tryLatency(trial, peers, usual, zones);
  const overload = await tryOverload(trial, usual(digpit.name));
  const memory = { atRest, most: memoryOf(pid).most };
  return judge({ machine: machine(), throughput, distinctRatio, latency, overload, memory });
}

async function startAll(zones: readonly BenchZone[]): Promise<{ digpit: Server; servers: Server[] }> {
  const keep = (server: Server) => {
    running.push(server);
    return server;
  };
  const files = writeZoneFiles(join(dir, 'zones'), zones);
  const tap = join(dir, 'dnstap.sock');
  await sink.listen(tap);
  const nsd = keep(await startNsd(place('nsd', 1), files));
  const knot = keep(await startKnot(place('knot', 2), files));
  const powerDns = keep(await startPowerDns(place('pdns', 3), zones));
  const dnsdist = keep(await startDnsdist(place('dnsdist', 4), powerDns, tap));
  const asn = { DIGPIT_ASN_DIR: resolve(values.asn), DIGPIT_LOG_MAX_BYTES: '512M' };
  const digpit = keep(await startDigpit('Digpit', { ...place('digpit', 5), root: ROOT, httpPort: FIRST_PORT + 10 }, asn));
  const silentPlace = { ...place('digpit-silent', 6), root: ROOT, httpPort: FIRST_PORT + 11 };
  const silent = keep(await startDigpit('Digpit without its log', silentPlace, { DIGPIT_LOG_MAX_BYTES: '0' }));
  return { digpit, servers: [nsd, knot, powerDns, dnsdist, digpit, silent] };
}

function place(name: string, n = 0): Place {
  const own = join(dir, name);
  mkdirSync(own, { recursive: true });
  return { dir: own, port: FIRST_PORT + n };
}

function machine(): Report['machine'] {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${cpus().length} × ${cpus()[0]!.model}`,
    versions: {
      Node: process.versions.node,
      NSD: versionOf('nsd', '-v'),
      Knot: versionOf('knotd', '--version'),
      PowerDNS: versionOf('pdns_server', '--version'),
      dnsdist: versionOf('dnsdist', '--version'),
    },
  };
}
