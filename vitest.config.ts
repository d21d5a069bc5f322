import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,mocks,conformance}/**/*.test.ts'],
    // Real processes on a machine that may be busy: generous, and never what a test is about.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Nothing that a test started may be there when all are done: no process, no socket, no temp file.
    globalSetup: ['harness/test/nothing-left.util.ts'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 3,
  },
});
