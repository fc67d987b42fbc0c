import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { customerBy, invoiceRows, test, visitAs } from './demo.ts';

/** Runs in the page before its scripts: notes what moves by itself, without the reader having done anything. */
const watchShifts = (): void => {
  const shifts: string[] = [];
  Object.assign(globalThis, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
    })[]) {
      const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
        const name = node instanceof Element ? `${node.localName}.${node.className}` : (node?.nodeName ?? 'something');
        const place = ({ x, y, width, height }: DOMRectReadOnly): string =>
          [x, y, width, height].map(Math.round).join();
        return `${name} ${place(previousRect)} -> ${place(currentRect)}`;
      });
      if (!entry.hadRecentInput) shifts.push(`${entry.value.toFixed(4)}: ${moved.join('; ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
};

/** What has moved since the last time, once two frames have been drawn. */
const shiftsOf = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    return (globalThis as unknown as { shifts: string[] }).shifts.splice(0);
  });

/** The portal answers late, so that its outline is seen before its content. */
const slowDown = async (page: Page, pattern: RegExp, ms: number): Promise<void> => {
  await page.route(pattern, async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
    await route.continue();
  });
};

for (const [width, pace, locale] of [
  [1200, 'slow', ''],
  [360, 'slow', ''],
  [360, 'quick', 'de'],
] as const) {
  test(`nothing moves after the first paint at ${width} px, ${pace}${locale && ` in ${locale}`}`, async ({ page }) => {
    await page.context().grantPermissions(['local-network-access']);
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript(watchShifts);
    if (pace === 'slow') {
      await slowDown(page, /zenskar-portal\.js$/, 300);
      await slowDown(page, /\/session\/redeem/, 400);
      await slowDown(page, /\/chunks\//, 150);
      await slowDown(page, /\/portal\/[^/]+\/(?:invoices|summary|payments|entitlements|profile)/, 250);
    }
    if (locale)
      await page.addInitScript((language) => {
        addEventListener('DOMContentLoaded', () =>
          document.querySelector('zenskar-portal')?.setAttribute('locale', language),
        );
      }, locale);
    await visitAs(page, customerBy('More than 300').id);
    await expect(invoiceRows(page).or(page.locator('tbody tr')).first()).toBeVisible();
    await expect(page.locator('zk-pager nav')).toBeVisible();
    await expect(page.locator('zk-filter-bar input')).toBeVisible();
    expect(await shiftsOf(page), 'opening').toEqual([]);

    const panel = page.getByRole('tabpanel');
    const search = panel.getByRole('searchbox');
    await search.fill('INV-');
    await expect(panel.locator('table[aria-busy=false]')).toBeVisible();
    expect(await shiftsOf(page), 'filtering').toEqual([]);

    const tabs = page.getByRole('tab');
    await tabs.nth(1).focus();
    await page.keyboard.press('Enter');
    await expect(panel.locator('zk-pager nav')).toBeVisible();
    expect(await shiftsOf(page), 'payments').toEqual([]);

    await tabs.nth(2).click();
    await expect(page.getByRole('meter').first()).toBeVisible();
    expect(await shiftsOf(page), 'entitlements').toEqual([]);
  });
}
