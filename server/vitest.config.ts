import { defineConfig } from 'vitest/config';

/** The same on every database: one run of them, on SQLite, is enough. */
const withoutDatabase = ['demo-site/*.test.ts', 'widget/package/**/*.test.ts'];

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', ...(process.env['TEST_DATABASE'] === 'postgres' ? [] : withoutDatabase)],
    exclude: ['server/console/browser/**', 'server/hosted/browser/**', '**/node_modules/**'],
    env: { TZ: 'UTC' },
    globalSetup: ['server/testing/vitest-postgres.ts', 'server/testing/vitest-memory-folder.ts'],
    setupFiles: ['server/testing/across-organisations.ts'],
    // No module keeps a state of its own, so that a process loads each but once. And each processor has a process.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
