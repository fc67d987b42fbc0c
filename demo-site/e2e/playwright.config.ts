import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './chromium.ts';
import { apiPort, dataFolder, demoPort } from './demo.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  globalTeardown: './secrets/teardown.ts',
  outputDir: `${root}test-results/${apiPort}`,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${demoPort}`,
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    trace: 'retain-on-failure',
    launchOptions: await chromiumOptions(),
  },
  webServer: {
    command: [
      `rm -rf ${dataFolder}`,
      `mkdir -p ${dataFolder}`,
      `node server/cli.ts demo --data ${dataFolder} --port ${apiPort} --demo-port ${demoPort} > ${dataFolder}/server.out 2> ${dataFolder}/server.log || { tail -n 30 ${dataFolder}/server.log >&2; false; }`,
    ].join(' && '),
    env: { LOG_LEVEL: 'trace' },
    cwd: root,
    url: `http://localhost:${demoPort}/account`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    reuseExistingServer: false,
  },
});
