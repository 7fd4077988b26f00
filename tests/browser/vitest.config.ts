import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/browser/**/*.test.ts'],
    exclude: process.env['MAKE_SCREENSHOT'] === undefined ? ['tests/browser/readme-picture.test.ts'] : [],
    // A browser, a server and dig take turns better on two cores than several of each do.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
