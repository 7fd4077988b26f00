import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.ts';
import { mutate, TARGETS } from './targets.ts';

/**
 * `FUZZ_SECONDS=3600 SEED=7 npm run fuzz` goes on for an hour for each target. The same seed makes the same octets, and a find
 * names the round, so it can be had again; then it becomes a case in tests/regressions.
 */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 3);
const SEED = Number(process.env['SEED'] ?? 1);
/** Milliseconds that any octets may take. */
const PATIENCE = 250;

/** Whether something takes too long, and not only because the machine was busy that once. */
function isSlow(run: () => void): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    const start = performance.now();
    run();
    if (performance.now() - start <= PATIENCE) return false;
  }
  return true;
}

describe(`fuzzing with seed ${SEED}`, () => {
  it.each(TARGETS)('$name', { timeout: (SECONDS + 30) * 1000 }, ({ seeds, run }) => {
    const random = new Random(SEED);
    const end = performance.now() + SECONDS * 1000;
    const corpus = [...seeds];
    let rounds = 0;
    for (; performance.now() < end; rounds++) {
      const octets = mutate(corpus[random.below(corpus.length)] ?? seeds[0]!, random);
      try {
        if (isSlow(() => run(octets, random))) throw new Error(`took more than ${PATIENCE} ms, every time`);
      } catch (error) {
        throw new Error(`round ${rounds}: ${Buffer.from(octets).toString('hex')}: ${(error as Error).message}`, {
          cause: error,
        });
      }
      // Mutations of mutations go deeper than mutations of the seeds.
      if (random.chance(50)) corpus[seeds.length + random.below(64)] = octets;
    }
    expect(rounds).toBeGreaterThan(100);
  });
});
