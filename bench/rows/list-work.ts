import { chromium as playwright } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { chromiumOptions } from '../../demo-site/e2e/chromium.ts';
import { openSortedRows } from '../bare/rows.ts';
import { bundle, merchantPage, servePages } from '../browser-pages.ts';
import { sqliteDataset } from '../datasets/sqlite-dataset.ts';
import { startPortal } from '../portal.ts';
import { atMost, resultOf } from '../result.ts';
import type { Row } from '../stage.ts';

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
export const listWork: Row = {
  name: 'list-work',
  about: 'sorting, filtering and switching tabs in Chromium, four times slower',
  run: async (stage) => {
    const dataset = await sqliteDataset({ invoices: 10_000 }, stage.progress);
    const [customerId = ''] = dataset.customerIds;
    const portal = await startPortal(stage, dataset);
    const rows = openSortedRows(dataset.file, dataset.organisationId);
    const script = await bundle('bare/work-page.ts');
    const bare = await servePages(stage, {
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
    const merchant = await merchantPage(stage, portal, dataset, customerId);
    const browser = await playwright.launch(await chromiumOptions());
    stage.defer(() => browser.close());
    const pages = { bare: await openSlowed(browser, bare), ours: await openSlowed(browser, merchant) };
    const found = [];
    for (const work of works) {
      const ms: Record<keyof typeof pages, number[]> = { bare: [], ours: [] };
      stage.progress(work);
      // Sorting the other way round, taking the filter away and going back are as much work: each page does it twice.
      for (let round = -1; round < 3 * stage.rounds; round += 1) {
        for (const name of ['bare', 'ours'] as const) {
          const both = (await pages[name].evaluate(workMs, work)) + (await pages[name].evaluate(workMs, work));
          // The first is the warm-up.
          if (round >= 0) ms[name].push(both / 2);
        }
      }
      const comparison = {
        name: `list-work-${work.replaceAll(' ', '-')}`,
        work: `${work} with 100 rows, click to paint, processor ${slowdown} times slower`,
        baseline: 'bare Lit page doing the same',
        unit: 'ms',
        goal: atMost(1.5),
      };
      found.push(resultOf(comparison, ms));
    }
    return found;
  },
};
