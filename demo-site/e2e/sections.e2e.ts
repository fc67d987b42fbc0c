import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { customerBy, test, visitAs } from './demo.ts';

const count = (page: Page, address: RegExp): { times: number } => {
  const seen = { times: 0 };
  page.on('request', (request) => {
    if (request.method() !== 'OPTIONS' && address.test(request.url())) seen.times += 1;
  });
  return seen;
};

const rows = (page: Page) => page.locator('zenskar-invoices').getByRole('row').filter({ hasText: 'INV-' });

test.describe('single sections among the page’s own content', () => {
  test('share one session', async ({ page }) => {
    const asked = count(page, /\/portal-session$/);
    const opened = count(page, /\/session\/redeem$/);
    await visitAs(page, customerBy('More than 300').id, '/sections');
    await expect(rows(page).first()).toBeVisible();
    await expect(page.locator('zenskar-summary')).toContainText('Overdue');
    await expect(page.locator('zenskar-entitlements')).toContainText('Included');
    expect([asked.times, opened.times]).toEqual([1, 1]);
  });

  test('end together', async ({ page }) => {
    await visitAs(page, customerBy('More than 300').id, '/sections');
    await expect(rows(page).first()).toBeVisible();
    await expect(page.locator('zenskar-entitlements')).toContainText('Included');
    await page
      .locator('zenskar-invoices')
      .evaluate((element: HTMLElement & { signOut(): Promise<void> }) => element.signOut());
    await expect(rows(page)).toHaveCount(0);
    await expect(page.locator('zenskar-entitlements')).not.toContainText('Included');
    await expect(page.locator('zenskar-summary')).not.toContainText('Overdue');
  });

  test('one that is put in later joins, and the session outlives the one that brought it', async ({ page }) => {
    const opened = count(page, /\/session\/redeem$/);
    await visitAs(page, customerBy('More than 300').id, '/sections');
    await expect(rows(page).first()).toBeVisible();
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('zenskar-payments')));
    await expect(page.locator('zenskar-payments').getByRole('row').nth(1)).toContainText('INV-');
    await page.locator('zenskar-summary').evaluate((element) => element.remove());
    await page.locator('zenskar-invoices').getByRole('searchbox').fill('no such invoice');
    await expect(rows(page)).toHaveCount(0);
    expect(opened.times).toBe(1);
  });
});
