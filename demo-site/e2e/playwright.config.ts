import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './chromium.ts';
import { demoPort } from './demo.ts';
import { firstPort, workers } from './places.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** About the browser and the page around the portal: the same whatever the database is, so one run of them is enough. */
const pages = [
  'api-docs',
  'csp-recipes',
  'embed-guide',
  'frameworks',
  'hostile-page',
  'languages',
  'layout-shift',
  'mount-remount',
  'parts',
].map((name) => `${name}.e2e.ts`);
const accessibility = 'accessibility-*.e2e.ts';
const conformance = 'accessibility.e2e.ts';

export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'accessibility', testMatch: accessibility },
    { name: 'conformance', testMatch: conformance, dependencies: ['accessibility'] },
    { name: 'pages', testMatch: pages },
    { name: 'portal', testMatch: '*.e2e.ts', testIgnore: [accessibility, conformance, ...pages] },
  ],
  globalTeardown: './secrets/teardown.ts',
  outputDir: `${root}test-results/${firstPort}`,
  workers,
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
    command: 'exec node demo-site/e2e/start-demos.ts',
    cwd: root,
    wait: { stdout: /All demos answer/ },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
