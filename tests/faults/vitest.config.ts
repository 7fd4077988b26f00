import { defineConfig } from 'vitest/config';

/** What goes wrong, who means harm, and the way back: tests with processes that are killed, full disks and floods. */
export default defineConfig({
  test: {
    include: ['tests/backup/**/*.test.ts', 'tests/faults/**/*.test.ts', 'tests/security/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Each has servers of its own; more at once would only wait for one another.
    fileParallelism: false,
  },
});
