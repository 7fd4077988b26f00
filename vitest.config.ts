import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'scripts/**/*.test.ts', 'web/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: [
      'tests/browser/**',
      'tests/peers/**',
      'tests/fleet/**',
      'tests/{backup,faults,security}/**',
      'node_modules/**',
      'dist/**',
    ],
    testTimeout: 20_000,
  },
});
