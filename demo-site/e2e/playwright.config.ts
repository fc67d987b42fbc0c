import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import chromium from '@sparticuz/chromium';
import { apiPort, dataFolder, demoPort } from './demo.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = `${root}.cache`;
mkdirSync(cache, { recursive: true });
process.env['TMPDIR'] = cache;
const chromePath = process.env['CHROME_PATH'] ?? '';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: `${root}test-results`,
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
    launchOptions: {
      executablePath: existsSync(chromePath) ? chromePath : await chromium.executablePath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node server/cli.ts demo --reset --data ${dataFolder} --port ${apiPort} --demo-port ${demoPort}`,
    cwd: root,
    url: `http://localhost:${demoPort}/account`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    reuseExistingServer: false,
  },
});
