import { fileURLToPath } from 'node:url';
import { chromium as playwright } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { build } from 'esbuild';
import { chromiumOptions } from '../demo-site/e2e/chromium.ts';
import { openRows } from './bare/rows.ts';
import { merchantOrigin, prepareDataset } from './dataset.ts';
import { servePages } from './page-server.ts';
import { createSession, startPortal } from './servers.ts';
import { median, spreadPercent } from './result.ts';
import type { Row } from './result.ts';

const rounds = 15;

declare global {
  interface Window {
    reportFirstRow(ms: number): void;
  }
}

/** Runs in the page: says in which frame the first row of invoices stands there. */
const watchForRow = (): void => {
  const findRow = (root: Document | ShadowRoot): boolean =>
    [...root.querySelectorAll('*')].some(
      (element) =>
        (/^T[DH]$/.test(element.tagName) && /INV-\d/.test(element.textContent)) ||
        (element.shadowRoot !== null && findRow(element.shadowRoot)),
    );
  const look = (): void => {
    if (findRow(document)) {
      window.reportFirstRow(performance.now());
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
};

const openingTimeoutMs = 15_000;

/**
 * Milliseconds from navigation to the first row, in a browser that has cached nothing. The page says so by itself:
 * asking it from outside would run a script of the test tool's in the middle of what is measured.
 */
const openingMs = async (browser: Browser, url: string): Promise<number> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const firstRow = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${url} showed no row`));
      }, openingTimeoutMs);
      void page.exposeFunction('reportFirstRow', (ms: number) => {
        clearTimeout(timer);
        resolve(ms);
      });
    });
    await page.addInitScript(watchForRow);
    await page.goto(url, { waitUntil: 'commit' });
    return await firstRow;
  } finally {
    await context.close();
  }
};

const bundleBarePage = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('bare/page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    conditions: ['production'],
  });
  return outputFiles[0]?.text ?? '';
};

/** Opening the portal in Chromium, from navigation to the first invoice row, against a bare Lit page of those rows. */
export const benchOpenPortal = async (): Promise<Row> => {
  const dataset = await prepareDataset(10_000);
  const customerId = dataset.customerIds[0] ?? '';
  const portal = await startPortal(dataset);
  const rows = openRows(dataset.file, dataset.organisationId);
  const script = await bundleBarePage();
  const bare = await servePages({
    '/': () => ({
      type: 'text/html',
      body: '<!doctype html><title>Bare</title><script type="module" src="/page.js"></script><bare-invoices></bare-invoices>',
    }),
    '/page.js': () => ({ type: 'text/javascript', body: script }),
    '/rows': () => ({ type: 'application/json', body: rows(customerId) }),
  });
  const merchant = await servePages(
    {
      '/': async () => ({
        type: 'text/html',
        body: `<!doctype html><title>Merchant</title>
<script type="module" src="${portal.origin}/widget/v1/zenskar-portal.js"></script>
<zenskar-portal session-token="${await createSession(portal, dataset, customerId)}"></zenskar-portal>`,
      }),
    },
    Number(new URL(merchantOrigin).port),
  );
  const browser = await playwright.launch(await chromiumOptions());
  try {
    const targets = [`http://localhost:${bare.port}/`, `${merchantOrigin}/`] as const;
    for (const url of targets) {
      await openingMs(browser, url);
    }
    const bareMs: number[] = [];
    const ourMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bareMs.push(await openingMs(browser, targets[0]));
      ourMs.push(await openingMs(browser, targets[1]));
    }
    const ratio = median(ourMs) / median(bareMs);
    return {
      work: 'opening the portal, navigation to first invoice row',
      baseline: 'bare Lit page of the same 25 rows',
      unit: 'ms',
      baselineMedian: median(bareMs),
      ourMedian: median(ourMs),
      ratio,
      goal: '<= 1.5',
      isMet: ratio <= 1.5,
      spreadPercent: spreadPercent(ourMs),
    };
  } finally {
    await browser.close();
    bare.close();
    merchant.close();
    await portal.stop();
  }
};
