/**
 * `npm run bench:scale [-- --seconds=10 --rate=5000]`: what a query and a zone cost, in processor time, memory and octets on the disk,
 * for docs/scale.md. Processor time, unlike time, is nearly the same where others work on the same machine. Needs Linux and gcc.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { load, memoryOf } from './dns/measure.ts';
import { makeZones, writeSkewed } from './dns/workload.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ZONES = [1000, 5000];
/** Times that what one server wrote is reported to another. */
const REPLAYS = 5;
/** Frame Streams: a control frame READY, and an empty one that ends a file, less what stands in front. */
const READY_TYPE = 4;
const STOP_LENGTH = 12;
/** A log that loses nothing meanwhile. */
const LOG = { DIGPIT_LOG_MAX_BYTES: '8G' };

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, rate: { type: 'string', default: '5000' } },
});
const [seconds, rate] = [Number(values.seconds), Number(values.rate)];
const dir = mkdtempSync(join(tmpdir(), 'digpit-scale-'));

interface Running {
  readonly child: ChildProcess;
  readonly page: string;
  readonly port: number;
  readonly dataDir: string;
}

interface Cost {
  readonly queries: number;
  readonly microseconds: number;
  readonly octets: number;
  readonly dropped: number;
}

async function start(dataDir: string, settings: Record<string, string>): Promise<Running> {
  const env = {
    ...process.env,
    DIGPIT_DATA_DIR: dataDir,
    DIGPIT_DNS_PORT: '0',
    DIGPIT_HTTP_PORT: '0',
    DIGPIT_TARGET_HOSTS: 'none',
  };
  const child = spawn(process.execPath, [join(ROOT, 'dist/server/main.js')], {
    env: { ...env, DIGPIT_RRL_PER_SECOND: '0', DIGPIT_LOG_LEVEL: 'fatal', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  for await (const piece of child.stdout) {
    told += String(piece);
    if (told.includes('Data:')) break;
  }
  // What only the start needed is given back after two seconds.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  return { child, page: /The page: +(\S+)/.exec(told)![1]!, port: Number(/DNS: +\S+ port (\d+)/.exec(told)![1]), dataDir };
}

async function stop({ child }: Running): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The sum of a metric over its labels. */
async function metric({ page }: Running, name: string): Promise<number> {
  const text = await (await fetch(`${page}/metrics`)).text();
  return [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
}

/** What each of the queries costs that `work` brings; `counted` counts them. */
async function costOf(server: Running, counted: string, work: () => Promise<unknown>): Promise<Cost> {
  const file = join(server.dataDir, 'query-log.sqlite');
  const size = () => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const look = async () => [await metric(server, counted), await metric(server, 'process_cpu_seconds_total'), size()] as const;
  const before = await look();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const after = await look();
  const queries = after[0] - before[0];
  const dropped = (await metric(server, 'digpit_log_dropped_total')) + (await metric(server, 'digpit_feed_dropped_total'));
  return { queries, microseconds: ((after[1] - before[1]) * 1e6) / queries, octets: (after[2] - before[2]) / queries, dropped };
}

function say(what: string, { queries, microseconds, octets, dropped }: Cost): void {
  const round = (value: number) => value.toFixed(1);
  process.stdout.write(
    `${what}: ${queries} queries, ${round(microseconds)} µs, ${round(octets)} octets in the log, ${dropped} lost\n`,
  );
}

/** What a zone of ten records takes, by the difference between few and many of them. */
async function measureZones(): Promise<void> {
  const found = [];
  for (const count of ZONES) {
    const dataDir = join(dir, `zones-${count}`);
    mkdirSync(dataDir);
    makeZones(dataDir, ROOT, count);
    const begin = performance.now();
    const server = await start(dataDir, { DIGPIT_MEMORY_MB: '1024' });
    const ready = performance.now() - begin - 5000;
    found.push({
      ready,
      shared: await metric(server, 'digpit_zones_bytes'),
      process: memoryOf(server.child.pid!).now * 1e6,
      disk: statSync(join(dataDir, 'digpit.sqlite')).size,
    });
    await stop(server);
  }
  const [few, many] = found as [(typeof found)[0], (typeof found)[0]];
  const each = (key: 'shared' | 'process' | 'disk') => Math.round((many[key] - few[key]) / (ZONES[1]! - ZONES[0]!));
  process.stdout.write(
    `a zone: ${each('shared')} octets of records in memory, ${each('process')} in the process, ${each('disk')} on the disk; ` +
      `${ZONES[1]} zones are read in ${((many.ready - few.ready) / 1000).toFixed(1)} s more than ${ZONES[0]}\n`,
  );
}

/** What a query costs that this server answers, with and without what happens to it afterwards. */
async function measureAnswers(program: string, zones: ReturnType<typeof makeZones>, dataDir: string): Promise<string> {
  const queries = join(dir, 'queries');
  writeSkewed(queries, zones, 200_000);
  const tap = join(dir, 'tap');
  const cases: [string, Record<string, string>][] = [
    ['answered, no log', { DIGPIT_LOG_MAX_BYTES: '0' }],
    ['answered and logged', LOG],
    ['and sent on as dnstap to a file', { ...LOG, DIGPIT_DNSTAP_OUT: tap }],
    ['and sent on as JSON lines to a file', { ...LOG, DIGPIT_JSON_OUT: join(dir, 'lines') }],
  ];
  for (const [what, settings] of cases) {
    const server = await start(dataDir, settings);
    say(
      what,
      await costOf(server, 'digpit_dns_requests_total', () => load(program, { port: server.port, seconds, queries, rate })),
    );
    const written = await metric(server, 'digpit_feed_queries_total');
    await stop(server);
    const out = settings['DIGPIT_DNSTAP_OUT'] ?? settings['DIGPIT_JSON_OUT'];
    if (out !== undefined)
      process.stdout.write(`  ${written} of them, ${(statSync(out).size / written).toFixed(0)} octets each\n`);
  }
  return tap;
}

/** What a query costs that another server answered: what the first one wrote, reported as fast as it is taken. */
async function measureReports(tap: string, dataDir: string): Promise<void> {
  const socket = join(dir, 'socket');
  const server = await start(dataDir, { ...LOG, DIGPIT_DNSTAP_LISTEN: `unix:${socket}` });
  const file = readFileSync(tap);
  // START of the file, with READY in its place for the greeting.
  const begin = file.subarray(0, 8 + file.readUInt32BE(4));
  const ready = Buffer.from(begin);
  ready.writeUInt32BE(READY_TYPE, 8);
  const frames = file.subarray(begin.length, file.length - STOP_LENGTH);
  let took = 0;
  const cost = await costOf(server, 'digpit_dnstap_messages_total', async () => {
    const peer = connect(socket).resume();
    for (const piece of [ready, begin]) peer.write(piece);
    const start = performance.now();
    for (let i = 0; i < REPLAYS; i++) peer.write(frames);
    peer.end(file.subarray(-STOP_LENGTH));
    await once(peer, 'close');
    took = (performance.now() - start) / 1000;
  });
  say('reported by dnstap and logged', cost);
  process.stdout.write(`as fast as they were taken: ${Math.round(cost.queries / took)} a second\n`);
  await stop(server);
}

try {
  const program = join(dir, 'load');
  const { status, stderr } = spawnSync('gcc', ['-O2', '-o', program, join(ROOT, 'scripts/bench/dns/load.c')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gcc: ${stderr}`);
  await measureZones();
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  const zones = makeZones(dataDir, ROOT, ZONES[0]!);
  await measureReports(await measureAnswers(program, zones, dataDir), dataDir);
} finally {
  rmSync(dir, { recursive: true });
}
