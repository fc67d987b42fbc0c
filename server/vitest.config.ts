import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'demo-site/*.test.ts', 'widget/package/**/*.test.ts'],
    exclude: ['server/console/browser/**', 'server/hosted/browser/**', '**/node_modules/**'],
    env: { TZ: 'UTC' },
    globalSetup: ['server/testing/vitest-postgres.ts'],
    setupFiles: ['server/testing/across-organisations.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
