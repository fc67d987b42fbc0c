import { expect } from '@playwright/test';
import { createSession, customerBy, demo, invoiceRows, test, visitAs } from './demo.ts';

test('the customer walks the tabs of the embedded portal', async ({ page }) => {
  const customer = customerBy('More than 300');
  const script = page.waitForResponse(/zenskar-portal\.js$/);
  await visitAs(page, customer.id);
  expect((await script).headers()['content-encoding']).toMatch(/^(br|gzip)$/);
  await expect(invoiceRows(page).first()).toBeVisible();
  await expect(page.getByRole('columnheader')).toHaveText([
    /Invoice ID/i,
    /Status/i,
    /Invoice total/i,
    /Due date/i,
    /Amount due/i,
    /Billing period/i,
    /Generated on/i,
    /./,
  ]);
  const chunk = page.waitForResponse(/\/chunks\/payments-/);
  await page.getByRole('tab', { name: 'Payments' }).click();
  expect((await chunk).headers()['cache-control']).toContain('immutable');
  await expect(page.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toContainText('INV-');
  await page.getByRole('tab', { name: 'Entitlements' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Entitlements' })).toContainText('Included');
  await page.getByRole('tab', { name: 'Invoices' }).click();
  await expect(invoiceRows(page).first()).toBeVisible();
});

test('loads a section again whose code did not come', async ({ page, complaints }) => {
  await visitAs(page, customerBy('More than 300').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  // What two sections share has come by then: the browser never asks again for a module that another one imports.
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.getByRole('tab', { name: 'Payments' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Payments' });
  await expect(panel.getByRole('alert')).toBeVisible();
  await page.context().setOffline(false);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByRole('row').nth(1)).toContainText('INV-');
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('DISCONNECTED')));
});

test('filters, and pages to the last of more than 300 invoices', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  const panel = page.getByRole('tabpanel', { name: 'Invoices' });
  const next = panel.getByRole('button', { name: /next page/i });
  await expect(invoiceRows(page).first()).toBeVisible();
  const seen = new Set<string>();
  let pages = 0;
  for (;;) {
    const numbers = (await invoiceRows(page).allInnerTexts()).map((text) => /INV-\d+/.exec(text)?.[0] ?? '');
    for (const number of numbers) seen.add(number);
    pages += 1;
    if (await next.isDisabled()) break;
    await next.click();
    await expect(invoiceRows(page).first()).not.toContainText(numbers[0] ?? '');
  }
  expect(seen.size).toBeGreaterThan(300);
  expect(pages).toBeGreaterThan(10);
  await expect(panel).toContainText(`of ${seen.size}`);

  await panel.getByRole('searchbox').fill([...seen].at(-1) ?? '');
  await expect(invoiceRows(page)).toHaveCount(1);
  await panel.getByRole('searchbox').fill('no such invoice');
  const clear = panel.getByRole('button', { name: /clear filters/i });
  // That of the search, and that of the list of nothing once the answer has come.
  await expect(clear).toHaveCount(2);
  await clear.first().click();
  await expect(panel).toContainText(`of ${seen.size}`);
});

test('opens an invoice by keyboard, reads it, and comes back to its row', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  const opener = invoiceRows(page).nth(2).getByRole('button').first();
  await opener.focus();
  const number = /INV-\d+/.exec(await opener.innerText())?.[0] ?? '';
  await page.keyboard.press('Enter');
  const detail = page.getByRole('dialog', { name: new RegExp(number) });
  await expect(detail).toBeVisible();
  await expect(page.getByText('Subtotal', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(opener).toBeFocused();
});

test('says how much is overdue, and what a new customer will find here', async ({ page }) => {
  await visitAs(page, customerBy('In arrears').id);
  await expect(page.getByText(/Overdue by \d+ days?/).first()).toBeVisible();
  await visitAs(page, customerBy('New:').id);
  await expect(page.getByRole('tabpanel', { name: 'Invoices' })).toContainText(/no invoices/i);
});

test('shows yen without decimals, dinars with three, and long names in full', async ({ page }) => {
  await visitAs(page, customerBy('yen').id);
  await expect(invoiceRows(page).first()).toContainText(/[¥￥][\d,]+(?![\d,.])/);
  await visitAs(page, customerBy('dinar').id);
  await expect(invoiceRows(page).first()).toContainText(/KWD\s?[\d,]+\.\d{3}(?!\d)/);
  const long = customerBy('very long');
  await page.setViewportSize({ width: 360, height: 800 });
  await visitAs(page, long.id);
  await expect(invoiceRows(page).first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

/** Why the session of this access token is over; renewing does not keep it alive. */
const renew = async (authorization: string): Promise<unknown> => {
  const { api_url: apiUrl, demo_url: origin, organisation_id: organisation } = demo();
  const response = await fetch(`${apiUrl}/portal/${organisation}/session/renew`, {
    method: 'POST',
    headers: { authorization, origin, 'content-type': 'application/json' },
    body: '{}',
  });
  return ((await response.json()) as { reason?: string }).reason;
};

test('idles out, and goes on with a new session that the page fetches', async ({ page, complaints }) => {
  const customer = customerBy('More than 300');
  let sessions = 0;
  await page.route('**/portal-session', async (route) => {
    sessions += 1;
    const { session_token } = await createSession(customer.id, sessions === 1 ? { idle_timeout: 2 } : {});
    await route.fulfill({ json: { session_token } });
  });
  const redeemed = page.waitForResponse(/session\/redeem$/);
  await visitAs(page, customer.id);
  const { access_token: accessToken } = (await (await redeemed).json()) as { access_token: string };
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.getByRole('searchbox').click();
  await expect.poll(() => renew(`Bearer ${accessToken}`), { timeout: 20_000 }).toBe('idle');
  await page.getByRole('tab', { name: 'Payments' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Payments' }).getByRole('row').nth(1)).toBeVisible();
  expect(sessions).toBe(2);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
});

test('opens from a session-token attribute, and under a strict content security policy', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id, '/simple');
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.goto('/strict-csp');
  await expect(invoiceRows(page).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Entitlements' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Entitlements' })).toContainText('Included');
});
