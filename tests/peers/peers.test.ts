import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ASPECTS, askAll, type Aspect, type Comparable } from './ask.ts';
import { startBind, startDigpit, startKnot, startNsd, versions, writeZones, type Peer } from './servers.ts';
import { makeQueries, makeTestZone, type TestQuery, type TestZone } from './zones.ts';

/** `SEED=7 ZONES=400 QUERIES=100 npm run test:peers` asks other things, or more. */
const SEED = Number(process.env['SEED'] ?? 1);
const ZONES = Number(process.env['ZONES'] ?? 300);
const QUERIES_PER_ZONE = Number(process.env['QUERIES'] ?? 100);

const root = mkdtempSync(join(tmpdir(), 'digpit-peers-'));
const zones = Array.from({ length: ZONES }, (_, i) => makeTestZone(i, SEED));
let peers: Peer[];

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
async function waitUntilServing({ name, port }: Peer): Promise<void> {
  const questions = zones.map(({ origin }) => ({ qname: origin, qtype: 'SOA' }));
  for (let attempt = 0; attempt < 30; attempt++) {
    const answers = await askAll(port, questions.slice(-1));
    if (answers[0]?.rcode === 'NOERROR') break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const refused = (await askAll(port, questions)).flatMap((answer, i) =>
    answer?.rcode === 'NOERROR' ? [] : [questions[i]!.qname],
  );
  if (refused.length > 0) throw new Error(`${name} does not serve ${refused.length} zones: ${refused.slice(0, 5).join(' ')}`);
}

interface Disagreement {
  readonly zone: TestZone;
  readonly query: TestQuery;
  readonly aspect: Aspect;
  readonly ours: string;
  readonly theirs: string;
}

/** Where the others say the same as one another, and we do not. */
function compare(zone: TestZone, query: TestQuery, [ours, ...theirs]: (Comparable | null)[]): Disagreement[] {
  if (ours === null || ours === undefined) return [{ zone, query, aspect: 'rcode', ours: 'no answer', theirs: '' }];
  return ASPECTS.flatMap((aspect) => {
    const said = new Set(theirs.map((answer) => answer?.[aspect]));
    const [one] = said;
    if (said.size !== 1 || one === undefined || one === ours[aspect]) return [];
    return [{ zone, query, aspect, ours: ours[aspect], theirs: one }];
  });
}

/** One question about which we are alone, with the zone that shows it. */
function report(list: readonly Disagreement[]): string {
  const { zone, query } = list[0]!;
  const aspects = list.map(({ aspect, ours, theirs }) => `${aspect}: ours\n${ours}\n${aspect}: theirs\n${theirs}\n`);
  return `dig @127.0.0.1 '${query.qname}' ${query.qtype}\n${aspects.join('')}zone ${zone.origin}\n${zone.text}`;
}

it(`agrees with Knot, NSD and BIND where they agree: ${ZONES} zones, seed ${SEED}`, { timeout: 600_000 }, async () => {
  const cases = zones.flatMap((zone) => makeQueries(zone, SEED, QUERIES_PER_ZONE).map((query) => ({ zone, query })));
  const questions = cases.map(({ query }) => query);
  const answers: (Comparable | null)[][] = [];
  for (const { port } of peers) answers.push(await askAll(port, questions));
  const answersTo = (i: number) => answers.map((list) => list[i]!);
  const alone = cases.map(({ zone, query }, i) => compare(zone, query, answersTo(i))).filter(({ length }) => length > 0);
  const found = alone.flat();
  const agreed = cases.filter((_, i) =>
    ASPECTS.every(
      (aspect) =>
        new Set(
          answersTo(i)
            .slice(1)
            .map((answer) => answer?.[aspect]),
        ).size === 1,
    ),
  );
  const counts = ASPECTS.map((aspect) => `${aspect} ${found.filter((one) => one.aspect === aspect).length}`).join(', ');
  process.stdout.write(
    `${versions()}\n${cases.length} queries; the three agree wholly on ${agreed.length}; disagreements with us: ${counts}\n`,
  );
  expect(alone.slice(0, 5).map(report).join('\n'), `${alone.length} questions on which we are alone`).toBe('');
});
