import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../e2e/chromium.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const port = process.env['GALLERY_PORT'] ?? '4602';
const { executablePath, args } = await chromiumOptions();

export default defineConfig({
  testDir: '.',
  testMatch: '*.visual.ts',
  outputDir: `${root}test-results/visual`,
  snapshotPathTemplate: '{testDir}/screenshots/{arg}{ext}',
  workers: 2,
  fullyParallel: true,
  timeout: 30_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['dot']],
  expect: {
    timeout: 5_000,
    toHaveScreenshot: {
      // The browser and the fonts come from the lock file and nothing is drawn by a graphics card, so that machines differ
      // by the rounding of a blend at most: a step or two of 255. 0.02 passes some five steps, and a dozen pixels may be
      // anything; an icon that is missing is fifty.
      threshold: 0.02,
      maxDiffPixels: 12,
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
    },
  },
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: {
      executablePath,
      args: [...args, '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    },
  },
  webServer: {
    command: 'node demo-site/gallery/serve.ts',
    env: { GALLERY_PORT: port },
    cwd: root,
    url: `http://localhost:${port}/gallery`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    reuseExistingServer: false,
  },
});
