import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { customerBy, invoiceRows, test, visitAs } from './demo.ts';

/** Every way into a session that the page asked Northwind for, and every one that was used. */
const countSessions = (page: Page): { asked: number; opened: number } => {
  const sessions = { asked: 0, opened: 0 };
  page.on('request', (request) => {
    if (request.method() !== 'POST') return;
    if (request.url().endsWith('/portal-session')) sessions.asked += 1;
    if (request.url().endsWith('/session/redeem')) sessions.opened += 1;
  });
  return sessions;
};

/** The pages are built for development: the frameworks warn of whatever they do not like. */
const hearWarnings = (page: Page): string[] => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    const isTold = ['warning', 'error'].includes(message.type()) && !message.text().startsWith('Lit is in dev mode');
    if (isTold) warnings.push(message.text());
  });
  return warnings;
};

for (const framework of ['react', 'vue', 'svelte']) {
  test.describe(framework, () => {
    test('draws the invoices with one session, and hears of what the customer does', async ({ page }) => {
      const sessions = countSessions(page);
      const warnings = hearWarnings(page);
      await visitAs(page, customerBy('More than 300').id, `/${framework}`);
      const news = page.locator('.controls + [role=status]');
      await expect(invoiceRows(page).first()).toBeVisible();
      await expect(news).toHaveText('Billing is ready: invoices, payments, profile.');
      await invoiceRows(page).first().getByRole('button').first().click();
      await expect(news).toHaveText(/^Invoice [\w-]+ opened\.$/);
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: 'Payments' }).click();
      await expect(news).toHaveText('You are looking at your payments.');
      expect(sessions).toEqual({ asked: 1, opened: 1 });
      expect(warnings).toEqual([]);
    });

    test('changes language and theme while it stands, in the same session and place', async ({ page }) => {
      const sessions = countSessions(page);
      const warnings = hearWarnings(page);
      await visitAs(page, customerBy('More than 300').id, `/${framework}`);
      await page.getByRole('tab', { name: 'Payments' }).click();
      const portal = page.locator('zenskar-portal');
      await expect(portal).toHaveCSS('color-scheme', 'light');
      await page.getByRole('checkbox', { name: 'Dark' }).check();
      await expect(portal).toHaveCSS('color-scheme', 'dark');
      await page.getByLabel('Language').selectOption('de');
      await expect(page.getByRole('tab', { name: 'Zahlungen' })).toHaveAttribute('aria-selected', 'true');
      await page.getByLabel('Language').selectOption('en');
      await page.getByRole('checkbox', { name: 'Dark' }).uncheck();
      await expect(page.getByRole('tab', { name: 'Payments' })).toHaveAttribute('aria-selected', 'true');
      await expect(portal).toHaveCSS('color-scheme', 'light');
      expect(sessions).toEqual({ asked: 1, opened: 1 });
      expect(warnings).toEqual([]);
    });

    test('leaves its header out and is told to refresh', async ({ page }) => {
      const sessions = countSessions(page);
      const warnings = hearWarnings(page);
      await visitAs(page, customerBy('More than 300').id, `/${framework}`);
      await expect(invoiceRows(page).first()).toBeVisible();
      await expect(page.getByRole('tab')).toHaveText(['Invoices', 'Payments']);
      await page.getByRole('checkbox', { name: 'Without its header' }).check();
      await expect(page.getByRole('tab')).toHaveText(['Invoices', 'Payments', 'Profile']);
      await page.getByRole('checkbox', { name: 'Without its header' }).uncheck();
      await expect(page.getByRole('tab')).toHaveText(['Invoices', 'Payments']);
      const refreshed = page.waitForResponse(/\/invoices\?/);
      await page.getByRole('button', { name: 'Refresh' }).click();
      expect((await refreshed).status()).toBe(200);
      expect(sessions).toEqual({ asked: 1, opened: 1 });
      expect(warnings).toEqual([]);
    });

    test('is taken out of the page and put back', async ({ page }) => {
      const sessions = countSessions(page);
      const warnings = hearWarnings(page);
      await visitAs(page, customerBy('More than 300').id, `/${framework}`);
      await expect(invoiceRows(page).first()).toBeVisible();
      const news = page.locator('.controls + [role=status]');
      const before = await page.locator('zenskar-portal').elementHandle();
      await page.getByRole('button', { name: 'Hide billing' }).click();
      await expect(page.locator('zenskar-portal')).toHaveCount(0);
      const said = await news.innerText();
      if (framework === 'react') {
        await before?.evaluate((element) => {
          element.dispatchEvent(Object.assign(new Event('zenskar-invoice-open'), { invoiceId: 'gone' }));
        });
        await expect(news).toHaveText(said);
      }
      await page.getByRole('button', { name: 'Show billing' }).click();
      await expect(invoiceRows(page).first()).toBeVisible();
      await page.getByRole('tab', { name: 'Payments' }).click();
      await expect(news).not.toHaveText(said);
      expect(await before?.evaluate((element) => element.isConnected)).toBe(false);
      expect(sessions).toEqual({ asked: 2, opened: 2 });
      expect(warnings).toEqual([]);
    });
  });
}

test('the React component tells when its code does not come', async ({ page, complaints }) => {
  await page.route(/\/frameworks\/chunks\/define/, (route) => route.abort());
  await visitAs(page, customerBy('More than 300').id, '/react');
  await expect(page.locator('.controls + [role=status]')).toHaveText(
    'Billing is not available at the moment (network_error).',
  );
  expect(complaints.splice(0).filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
});
