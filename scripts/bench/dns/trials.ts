import { Name } from '../../../server/wire/name.ts';
import { load, memoryOf, pause, spreadOf, type LoadResult, type Spread } from './measure.ts';
import { metric, PageSide } from './page-side.ts';
import type { Server } from './servers.ts';
import { writeWatched, type BenchZone } from './workload.ts';

/** A Digpit under trial, and what it is tried with. */
export interface Trial {
  readonly program: string;
  readonly digpit: Server;
  readonly httpPort: number;
  readonly skewed: string;
  readonly distinct: string;
  /** Seconds of each measurement. */
  readonly seconds: number;
}

export interface Throughput {
  /** Answers per second of each server, a number for each round. */
  readonly rounds: Readonly<Record<string, readonly number[]>>;
  /** Of Digpit's own answers: how many, how many of them went unlogged, how many are in the log. */
  readonly answered: number;
  readonly unlogged: number;
  readonly stored: number;
}

/** All servers in turn, over and over, so that whatever else the machine does hits all alike. */
export async function tryThroughput(trial: Trial, servers: readonly Server[], rounds: number): Promise<Throughput> {
  const { program, skewed, seconds, digpit, httpPort } = trial;
  const measured: Record<string, number[]> = Object.fromEntries(servers.map(({ name }) => [name, []]));
  for (const { port } of servers) await load(program, { port, seconds: 2, queries: skewed });
  const before = await metric(httpPort, 'digpit_log_dropped_total');
  const storedBefore = await metric(httpPort, 'digpit_log_stored_total');
  let answered = 0;
  for (let round = 0; round < rounds; round++) {
    for (const { name, port } of servers) {
      const result = await load(program, { port, seconds, queries: skewed });
      if (Object.keys(result.rcodes).some((rcode) => rcode !== '0' && rcode !== '3'))
        throw new Error(`${name}: ${JSON.stringify(result)}`);
      measured[name]!.push(result.qps);
      if (name === digpit.name) answered += result.answered;
    }
  }
  await pause(500);
  const unlogged = (await metric(httpPort, 'digpit_log_dropped_total')) - before;
  const stored = (await metric(httpPort, 'digpit_log_stored_total')) - storedBefore;
  return { rounds: measured, answered, unlogged, stored };
}

/** How much of its speed Digpit keeps when no name comes twice, round by round. */
export async function tryDistinct({ program, digpit, skewed, distinct, seconds }: Trial, rounds: number): Promise<Spread> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const usual = await load(program, { port: digpit.port, seconds, queries: skewed });
    const hostile = await load(program, { port: digpit.port, seconds, queries: distinct });
    ratios.push(hostile.qps / usual.qps);
  }
  return spreadOf(ratios);
}

export interface Latency {
  /** Peers at half of what each of them can do itself, by name: what this machine lets pass at all. */
  readonly peers: Readonly<Record<string, LoadResult>>;
  readonly rate: number;
  readonly quiet: LoadResult;
  readonly busy: LoadResult;
  readonly edits: number;
  readonly pages: number;
}

/** Times at half of the usual rate: with nothing else to do, and with edits, readers and a hundred viewers. */
export async function tryLatency(
  trial: Trial,
  peers: readonly Server[],
  usual: (name: string) => number,
  zones: readonly BenchZone[],
): Promise<Latency> {
  const { program, digpit, httpPort, seconds } = trial;
  const sides = await Promise.all(Array.from({ length: 5 }, () => beginSide(httpPort)));
  const queries = `${trial.skewed}.watched`;
  writeWatched(
    queries,
    zones,
    sides.map(({ zone }) => Name.fromText(zone) as Name),
    100_000,
  );
  const half = (name: string) => Math.round(usual(name) / 2);
  const times: Record<string, LoadResult> = {};
  for (const { name, port } of peers)
    times[name] = await load(program, { port, seconds: seconds * 2, queries: trial.skewed, rate: half(name) });
  const rate = half(digpit.name);
  const settings = { port: digpit.port, seconds: seconds * 2, queries, rate };
  // A first time fills the logs that are going to be read.
  await load(program, settings);
  const quiet = await load(program, settings);
  for (const side of sides) side.start(20);
  const busy = await load(program, settings);
  await Promise.all(sides.map((side) => side.stop()));
  const sum = (of: (side: PageSide) => number) => sides.reduce((total, side) => total + of(side), 0);
  return { peers: times, rate, quiet, busy, edits: sum(({ edits }) => edits), pages: sum(({ pages }) => pages) };
}

async function beginSide(httpPort: number): Promise<PageSide> {
  const side = new PageSide(httpPort);
  await side.begin();
  return side;
}

export interface Overload {
  readonly offered: number;
  readonly answered: number;
  readonly unlogged: number;
  readonly lost: number;
  readonly before: number;
  readonly after: number;
  readonly stillAnswers: boolean;
}

/** Five times of what it can do, and what is left of that afterwards. */
export async function tryOverload({ program, digpit, httpPort, skewed, seconds }: Trial, most: number): Promise<Overload> {
  const pid = digpit.pids[0]!;
  const unlogged = await metric(httpPort, 'digpit_log_dropped_total');
  const lost = await metric(httpPort, 'digpit_dns_lost_total');
  const before = memoryOf(pid).now;
  const flood = await load(program, { port: digpit.port, seconds, queries: skewed, rate: Math.round(most * 5) });
  await pause(3000);
  const calm = await load(program, { port: digpit.port, seconds: 1, queries: skewed, rate: 1000 });
  await pause(5000);
  return {
    offered: flood.sent / seconds,
    answered: flood.qps,
    unlogged: (await metric(httpPort, 'digpit_log_dropped_total')) - unlogged,
    lost: (await metric(httpPort, 'digpit_dns_lost_total')) - lost,
    before,
    after: memoryOf(pid).now,
    stillAnswers: calm.lost === 0,
  };
}
