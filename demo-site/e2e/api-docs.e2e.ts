import { expect } from '@playwright/test';
import { demo, test } from './demo.ts';

test('the API reference loads nothing from elsewhere, and its policy lets everything through that it needs', async ({
  page,
}) => {
  const { api_url: apiUrl } = demo();
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto(`${apiUrl}/docs`);
  await expect(page.getByRole('heading', { name: 'Zenskar portal API', level: 1 })).toBeVisible();

  const finder = page.getByRole('searchbox', { name: 'Find an operation' });
  await finder.fill('unicorn');
  await expect(page.getByRole('status')).toHaveText('No operation matches.');
  await finder.fill('refund payment');
  await expect(page.getByRole('status')).toBeEmpty();
  await page.getByRole('navigation').getByRole('link', { name: 'Refund a payment' }).click();
  const refund = page.locator('#refundPayment');
  await expect(refund.getByRole('heading', { name: 'Refund a payment' })).toBeInViewport();
  await expect(refund.getByText('refund_destination').first()).toBeVisible();
  await refund.getByText('Errors').click();
  await expect(refund.getByText('payment_state_invalid')).toBeVisible();
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Refund a payment' })).toHaveAttribute(
    'aria-current',
    'location',
  );
  expect([...origins]).toEqual([apiUrl]);
});

test('the API reference fits a telephone, in the dark too', async ({ page }) => {
  const { api_url: apiUrl } = demo();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${apiUrl}/docs/invoices`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(13, 16, 23)');
  await page.getByRole('button', { name: 'Contents' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Void an invoice' }).click();
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Void an invoice' })).toBeInViewport();
});

test('a request of the API reference can be copied', async ({ page, context }) => {
  const { api_url: apiUrl } = demo();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: apiUrl });
  await page.goto(`${apiUrl}/docs/sessions`);
  await page.locator('#createCustomerSession').getByRole('button', { name: 'Copy' }).first().click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    new RegExp(`^curl -X POST '${apiUrl}/customer/session'`),
  );
});
