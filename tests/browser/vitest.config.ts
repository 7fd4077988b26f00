import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

const ALL = 'tests/browser/**/*.test.ts';
/** What is measured by the clock has the machine to itself. */
const TIMED = ['log', 'manners', 'flood'].map((name) => `tests/browser/${name}.test.ts`);
/** Made when somebody asks for it. */
const PICTURE = process.env['MAKE_SCREENSHOT'] === undefined ? ['tests/browser/readme-picture.test.ts'] : [];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        // Two at a time: while one waits for what it sees, the other draws.
        test: { name: 'flows', include: [ALL], exclude: [...TIMED, ...PICTURE], maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      { extends: true, test: { name: 'timed', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
