import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromiumOptions } from '../demo-site/e2e/chromium.ts';
import { consoleMiddleware } from '../server/testing/console-middleware.ts';
import { wireMiddleware } from './wire-middleware.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
export default {
  rootDir: root,
  files: ['widget/src/**/*.test.ts', 'server/console/browser/**/*.test.ts'],
  middleware: [consoleMiddleware(), wireMiddleware()],
  nodeResolve: { exportConditions: ['browser'] },
  concurrency: 1,
  browsers: [
    chromeLauncher({
      launchOptions: await chromiumOptions(),
    }),
  ],
  plugins: [esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)) })],
  testFramework: { config: { timeout: 5000 } },
};
