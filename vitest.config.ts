import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,mocks,conformance}/**/*.test.ts'],
    // Real processes on a machine that may be busy: generous, and never what a test is about.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
