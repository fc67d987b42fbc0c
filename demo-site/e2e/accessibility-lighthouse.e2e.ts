import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { chromium, expect } from '@playwright/test';
import lighthouse from 'lighthouse';
import { shows, test } from './accessibility/accessible-test.ts';
import { chromiumOptions } from './chromium.ts';
import { demoPort } from './demo.ts';

const categories = ['accessibility', 'best-practices'] as const;

/** A port that nobody has: Lighthouse comes to the browser from outside. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

test(
  'Lighthouse gives the merchant’s account page 100 for accessibility and for best practices',
  shows('1.1.1', '1.4.3', '2.4.2', '3.1.1', '4.1.2'),
  async () => {
    const { executablePath, args } = await chromiumOptions();
    const port = await freePort();
    const browser = await chromium.launch({ executablePath, args: [...args, `--remote-debugging-port=${port}`] });
    try {
      const result = await lighthouse(`http://localhost:${demoPort}/account`, {
        port,
        onlyCategories: [...categories],
        formFactor: 'desktop',
        screenEmulation: { disabled: true },
        throttlingMethod: 'provided',
        logLevel: 'error',
      });
      const { categories: scores = {}, audits = {}, runtimeError } = result?.lhr ?? {};
      expect(runtimeError?.message).toBeUndefined();
      const failed = Object.values(audits)
        .filter(({ score }) => score !== null && score < 1)
        .map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details).slice(0, 600)}`);
      expect(failed).toEqual([]);
      for (const category of categories) expect(scores[category]?.score, category).toBe(1);
    } finally {
      await browser.close();
    }
  },
);
