import { chromium as playwright } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { chromiumOptions } from '../../demo-site/e2e/chromium.ts';
import { openRows } from '../bare/rows.ts';
import { bundle, merchantPage, servePages } from '../browser-pages.ts';
import { sqliteDataset } from '../datasets/sqlite-dataset.ts';
import { startPortal } from '../portal.ts';
import { atMost, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

const slowdowns = [1, 4];

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

const openingTimeoutMs = 60_000;

/**
 * Milliseconds from navigation to the first row, in a browser that has cached nothing. The page says so by itself:
 * asking it from outside would run a script of the test tool's in the middle of what is measured.
 */
const openingMs = async (browser: Browser, url: string, slowdown: number): Promise<number> => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const { promise: firstRow, resolve, reject } = Promise.withResolvers<number>();
    await page.exposeFunction('reportFirstRow', resolve);
    page.on('pageerror', reject);
    await page.addInitScript(watchForRow);
    if (slowdown > 1) {
      await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    }
    await page.goto(url, { waitUntil: 'commit' });
    const timer = setTimeout(() => {
      reject(new Error(`${url} showed no row`));
    }, openingTimeoutMs);
    try {
      return await firstRow;
    } finally {
      clearTimeout(timer);
    }
  } finally {
    await context.close();
  }
};

/** Opening the portal in Chromium, from navigation to the first invoice row, against a bare Lit page of those rows. */
export const opening: Row = {
  name: 'opening',
  about: `opening the portal in Chromium, ${slowdowns.join(' and ')} times slower`,
  run: async (stage) => {
    const dataset = await sqliteDataset({ invoices: 10_000 }, stage.progress);
    const [customerId = ''] = dataset.customerIds;
    const portal = await startPortal(stage, dataset);
    const rows = openRows(dataset.file, dataset.organisationId);
    const script = await bundle('bare/page.ts');
    const bare = await servePages(stage, {
      '/': () => ({
        type: 'text/html',
        body: '<!doctype html><title>Bare</title><script type="module" src="/page.js"></script><bare-invoices></bare-invoices>',
      }),
      '/page.js': () => ({ type: 'text/javascript', body: script }),
      '/rows': () => ({ type: 'application/json', body: rows(customerId) }),
    });
    const merchant = await merchantPage(stage, portal, dataset, customerId);
    const browser = await playwright.launch(await chromiumOptions());
    stage.defer(() => browser.close());
    const found = [];
    for (const slowdown of slowdowns) {
      const ms = { bare: [] as number[], ours: [] as number[] };
      for (let round = 0; round <= 3 * stage.rounds; round += 1) {
        const [bareMs, ourMs] = [
          await openingMs(browser, bare, slowdown),
          await openingMs(browser, merchant, slowdown),
        ];
        // The first is the warm-up.
        if (round > 0) {
          ms.bare.push(bareMs);
          ms.ours.push(ourMs);
        }
      }
      stage.progress(`measured with the processor ${slowdown} times slower`);
      const comparison = {
        name: `opening-${slowdown}`,
        work: `opening the portal, navigation to first invoice row${slowdown === 1 ? '' : `, processor ${slowdown} times slower`}`,
        baseline: 'bare Lit page of the same 25 rows',
        unit: 'ms',
        goal: atMost(1.5),
      };
      found.push(resultOf(comparison, ms));
    }
    return found;
  },
};
