import { fileURLToPath } from 'node:url';
import { chromium as playwright } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { build } from 'esbuild';
import { chromiumOptions } from '../demo-site/e2e/chromium.ts';
import { openSortedRows } from './bare/rows.ts';
import { merchantOrigin, prepareDataset } from './dataset.ts';
import { servePages } from './page-server.ts';
import { median, spreadPercent } from './result.ts';
import type { Row } from './result.ts';
import { createSession, startPortal } from './servers.ts';

const rounds = 15;
const slowdown = 4;

type Work = 'sorting' | 'filtering' | 'switching tabs';
const works: readonly Work[] = ['sorting', 'filtering', 'switching tabs'];

/**
 * Runs in the page: does a piece of work as a click does and answers the milliseconds until it is painted. Finds its
 * way by what the bare page and the portal have in common.
 */
const workMs = async (work: Work): Promise<number> => {
  const all = (selector: string, root: Document | ShadowRoot = document): HTMLElement[] => [
    ...root.querySelectorAll<HTMLElement>(selector),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? all(selector, shadowRoot) : [])),
  ];
  const only = (selector: string, text = ''): HTMLElement => {
    const found = all(selector).find((element) => element.textContent.includes(text));
    if (!found) throw new Error(`Nothing matches ${selector} ${text}`);
    return found;
  };
  const table = only('table');
  const names = (): string =>
    [...table.querySelectorAll('.name')].map((cell) => cell.textContent.trim()).join() +
    String(table.ariaBusy === 'true');
  const before = names();
  const isVisible = (): boolean => table.checkVisibility();
  const wasVisible = isVisible();
  const target =
    work === 'sorting'
      ? only('thead button', 'Invoice total')
      : work === 'filtering'
        ? only('input[value=paid]')
        : only('[role=tab], body > * > button, button[id]', wasVisible ? 'Payments' : 'Invoices');
  const isDone = (): boolean =>
    work === 'switching tabs'
      ? isVisible() !== wasVisible
      : names() !== before && table.ariaBusy !== 'true' && table.querySelectorAll('.name').length === 100;
  const painted = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          resolve();
        };
        channel.port2.postMessage(null);
      });
    });
  await painted();
  const start = performance.now();
  target.click();
  do await painted();
  while (!isDone());
  return performance.now() - start;
};

const bundleBarePage = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('bare/work-page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    conditions: ['production'],
  });
  return outputFiles[0]?.text ?? '';
};

const openSlowed = async (browser: Browser, url: string): Promise<Page> => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('tbody tr').first().waitFor();
  await page.evaluate(() => {
    const portal = document.querySelector('zenskar-portal') as (HTMLElement & { view: { invoices: object } }) | null;
    if (portal) portal.view = { ...portal.view, invoices: { ...portal.view.invoices, size: 100 } };
  });
  await page.locator('tbody tr').nth(99).waitFor();
  await page.getByRole('button', { name: 'Status', exact: true }).or(page.locator('input[value=paid]')).first().hover();
  await page.locator('input[value=paid]').waitFor({ state: 'attached' });
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  return page;
};

/** Sorting, filtering and switching tabs with 100 rows on a slow machine, from click to paint, against a bare Lit page. */
export const benchListWork = async (): Promise<Row[]> => {
  const dataset = await prepareDataset(10_000);
  const customerId = dataset.customerIds[0] ?? '';
  const portal = await startPortal(dataset);
  const rows = openSortedRows(dataset.file, dataset.organisationId);
  const script = await bundleBarePage();
  const bare = await servePages({
    '/': () => ({
      type: 'text/html',
      body: '<!doctype html><title>Bare</title><script type="module" src="/page.js"></script><bare-work></bare-work>',
    }),
    '/page.js': () => ({ type: 'text/javascript', body: script }),
    '/rows': ({ searchParams }) => ({
      type: 'application/json',
      body: rows(customerId, searchParams.get('order') ?? '', searchParams.get('status') ?? ''),
    }),
  });
  const merchant = await servePages(
    {
      '/': async () => ({
        type: 'text/html',
        body: `<!doctype html><title>Merchant</title>
<script type="module" src="${portal.origin}/widget/v1/zenskar-portal.js"></script>
<zenskar-portal locale="en" session-token="${await createSession(portal, dataset, customerId)}"></zenskar-portal>`,
      }),
    },
    Number(new URL(merchantOrigin).port),
  );
  const browser = await playwright.launch(await chromiumOptions());
  try {
    const pages = {
      bare: await openSlowed(browser, `http://localhost:${bare.port}/`),
      ours: await openSlowed(browser, `${merchantOrigin}/`),
    };
    const found: Row[] = [];
    for (const work of works) {
      const ms: Record<keyof typeof pages, number[]> = { bare: [], ours: [] };
      // Sorting the other way round, taking the filter away and going back are as much work: each page does it twice.
      for (let round = -1; round < rounds; round += 1) {
        for (const name of ['bare', 'ours'] as const) {
          const both = (await pages[name].evaluate(workMs, work)) + (await pages[name].evaluate(workMs, work));
          if (round >= 0) ms[name].push(both / 2);
        }
      }
      const ratio = median(ms.ours) / median(ms.bare);
      found.push({
        work: `${work} with 100 rows, click to paint, CPU ${slowdown} times slower`,
        baseline: 'bare Lit page doing the same',
        unit: 'ms',
        baselineMedian: median(ms.bare),
        ourMedian: median(ms.ours),
        ratio,
        goal: '<= 1.5',
        isMet: ratio <= 1.5,
        spreadPercent: spreadPercent(ms.ours),
      });
    }
    return found;
  } finally {
    await browser.close();
    bare.close();
    merchant.close();
    await portal.stop();
  }
};
