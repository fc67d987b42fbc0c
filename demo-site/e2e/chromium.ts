import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * How tests and benchmarks start Chromium: the one that npm installs, unpacked into the project's cache, or the one that
 * CHROME_PATH names. Without its background services, which would look for hosts that a test machine does not reach.
 */
export const chromiumOptions = async (): Promise<{ executablePath: string; args: string[] }> => {
  const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
  mkdirSync(cache, { recursive: true });
  process.env['TMPDIR'] = cache;
  // It looks where to unpack while it is imported.
  const { default: chromium } = await import('@sparticuz/chromium');
  const chromePath = process.env['CHROME_PATH'] ?? '';
  return {
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
  };
};
