import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askAll } from './ask.ts';
import { describeCase, disagreements, makeTable, type Case } from './compare.ts';
import { makeQueries, type TestQuery } from './questions.ts';
import { startBind, startDigpit, startKnot, startNsd, versions, writeZones, type Peer } from './servers.ts';
import { makeTestZone } from './zones.ts';

/** `SEED=7 ZONES=400 QUERIES=100 npm run test:peers` asks other things, or more. */
const SEED = Number(process.env['SEED'] ?? 1);
const ZONES = Number(process.env['ZONES'] ?? 300);
const QUERIES_PER_ZONE = Number(process.env['QUERIES'] ?? 150);
/** Questions on which we are alone that are told whole. */
const TOLD = 5;

const root = mkdtempSync(join(tmpdir(), 'digpit-peers-'));
const zones = Array.from({ length: ZONES }, (_, i) => makeTestZone(i, SEED));
let peers: Peer[] = [];

beforeAll(async () => {
  const dir = join(root, 'zones');
  writeZones(dir, zones);
  peers = [
    await startDigpit(root, dir),
    await startKnot(root, dir, zones),
    await startNsd(root, dir, zones),
    await startBind(root, dir, zones),
  ];
  await Promise.all(peers.map((peer) => waitUntilServing(peer)));
}, 120_000);

afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()));
  rmSync(root, { recursive: true, force: true });
});

/** A server is ready when it answers for the last of its zones. */
async function waitUntilServing({ name, port, ended }: Peer): Promise<void> {
  const questions: TestQuery[] = zones.map(({ origin }) => ({
    name: '',
    qname: origin,
    qtype: 'SOA',
    transport: 'udp',
    flags: 0,
  }));
  for (let attempt = 0; attempt < 30; attempt++) {
    const answers = await askAll(port, questions.slice(-1));
    if (answers[0]?.rcode === 'NOERROR') break;
    if (ended() !== null) throw new Error(`${name} ended: ${ended()}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const refused = (await askAll(port, questions)).flatMap((answer, i) =>
    answer?.rcode === 'NOERROR' ? [] : [questions[i]!.qname],
  );
  if (refused.length > 0) throw new Error(`${name} does not serve ${refused.length} zones: ${refused.slice(0, 5).join(' ')}`);
}

it(`agrees with Knot, NSD and BIND where they agree: ${ZONES} zones, seed ${SEED}`, { timeout: 900_000 }, async () => {
  const questions = zones.flatMap((zone) => makeQueries(zone, SEED, QUERIES_PER_ZONE).map((query) => ({ zone, query })));
  const queries = questions.map(({ query }) => query);
  const answers: Awaited<ReturnType<typeof askAll>>[] = [];
  for (const { port } of peers) answers.push(await askAll(port, queries));
  const cases: Case[] = questions.map((question, i) => ({ ...question, answers: answers.map((list) => list[i]!) }));
  const alone = cases.filter((one) => disagreements(one).length > 0);
  process.stdout.write(`${versions()}\n${ZONES} zones, seed ${SEED}\n${makeTable(cases)}\n`);
  expect(alone.slice(0, TOLD).map(describeCase).join('\n'), `${alone.length} questions on which we are alone`).toBe('');
});
