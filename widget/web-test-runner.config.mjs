import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { consoleMiddleware } from '../server/testing/console-middleware.ts';
import { wireMiddleware } from './wire-middleware.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = fileURLToPath(new URL('../.cache', import.meta.url));
mkdirSync(cache, { recursive: true });
process.env.TMPDIR = cache;

const { default: chromium } = await import('@sparticuz/chromium');

export default {
  rootDir: root,
  files: ['widget/src/**/*.test.ts', 'server/console/browser/**/*.test.ts'],
  middleware: [consoleMiddleware(), wireMiddleware()],
  nodeResolve: { exportConditions: ['browser'] },
  concurrency: 1,
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? (await chromium.executablePath()),
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
    }),
  ],
  plugins: [esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })],
  testFramework: { config: { timeout: 5000 } },
};
