import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['tests/peers/**/*.test.ts'], hookTimeout: 120_000 } });
