import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { createSession, customerBy, demo, invoiceRows, test, visitAs } from './demo.ts';

const configurationUrl = (): string => `${demo().api_url}/customer_portal/configuration`;

const headers = (): Record<string, string> => ({
  organisation: demo().organisation_id,
  'x-api-key': demo().api_key,
  'content-type': 'application/json',
});

const readSettings = async (): Promise<Record<string, unknown>> => {
  const answer = await fetch(configurationUrl(), { headers: headers() });
  const { branding, allowed_origins, return_origins, sections } = (await answer.json()) as Record<string, unknown>;
  return { branding, allowed_origins, return_origins, sections };
};

let before: Record<string, unknown>;
test.beforeAll(async () => {
  before = await readSettings();
});
test.afterEach(async () => {
  const answer = await fetch(configurationUrl(), { method: 'PUT', headers: headers(), body: JSON.stringify(before) });
  expect(answer.status).toBe(200);
});

const styleOf = (element: Locator, property: string): Promise<string> =>
  element.evaluate((target, name) => getComputedStyle(target).getPropertyValue(name).trim(), property);

const openBranding = async (page: Page, complaints: string[]): Promise<void> => {
  const { console_url: consoleUrl, staff } = demo();
  await page.context().grantPermissions(['local-network-access'], { origin: demo().api_url });
  await page.goto(consoleUrl);
  await page.getByLabel('E-mail address').fill(staff.email);
  await page.getByLabel('Password').fill(staff.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Branding' }).click();
  await expect(page.getByRole('heading', { name: 'Branding', level: 1 })).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
};

const tab = (scope: Page | Locator): Locator => scope.getByRole('tab', { name: 'Invoices' });
const violet = 'rgb(124, 58, 237)';

test('staff change the look before their eyes, and the next customer sees it where the page says nothing else', async ({
  page,
  context,
  complaints,
}) => {
  await openBranding(page, complaints);
  const preview = page.locator('zk-branding-preview zenskar-portal');
  await expect(invoiceRows(preview).first()).toBeVisible();
  await expect(preview.locator('img')).toBeVisible();

  await page.getByLabel('Accent', { exact: true }).fill('#7c3aed');
  await expect(page.getByText(/Text on your accent: white, 5\.\d:1\./)).toBeVisible();
  await page.getByLabel('Corners').fill('0');
  await page.getByLabel('Font').selectOption({ label: 'Georgia' });
  await page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(() => styleOf(preview, '--zk-accent')).toBe(violet);
  expect(await styleOf(preview, '--zk-radius')).toBe('0px');
  expect(await styleOf(preview, 'color-scheme')).toBe('dark');
  expect(await styleOf(preview, 'font-family')).toContain('Georgia');
  expect(await readSettings()).toEqual(before);

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. Portals that open from now on look like this.')).toBeVisible();

  const customer = customerBy('Halvorsen');
  const shop = await context.newPage();
  await visitAs(shop, customer.id);
  await expect(invoiceRows(shop).first()).toBeVisible();
  const portal = shop.locator('zenskar-portal');
  await portal.evaluate((element: HTMLElement) => {
    element.removeAttribute('style');
    element.removeAttribute('theme');
  });
  expect(await styleOf(portal, '--zk-radius')).toBe('0px');
  expect(await styleOf(portal, 'color-scheme')).toBe('dark');
  await shop.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('zenskar-portal { --zenskar-accent: #0369a1; --zenskar-radius: 12px; color-scheme: light; }');
    document.adoptedStyleSheets.push(sheet);
  });
  expect(await styleOf(portal, '--zk-accent')).toBe('rgb(3, 105, 161)');
  expect(await styleOf(portal, '--zk-radius')).toBe('12px');
  expect(await styleOf(portal, 'color-scheme')).toBe('light');
  expect(await styleOf(portal, 'font-family')).toContain('Georgia');

  const hosted = await context.newPage();
  const { redirect_url: url } = await createSession(customer.id);
  await hosted.goto(url);
  await expect(hosted.getByRole('button', { name: /^Continue as/ })).toBeVisible();
  await expect(hosted.locator('meta[name=color-scheme]')).toHaveAttribute('content', 'dark');
  expect(await styleOf(hosted.locator('zk-hosted-page'), 'color-scheme')).toBe('dark');
  expect(await styleOf(hosted.locator('zk-hosted-page'), 'font-family')).toContain('Georgia');
  expect(await styleOf(hosted.getByRole('button', { name: /^Continue as/ }), 'background-color')).toBe(violet);
  await hosted.getByRole('button', { name: /^Continue as/ }).click();
  await expect(tab(hosted)).toBeVisible();
  const hostedPortal = hosted.locator('zenskar-portal');
  expect(await styleOf(hostedPortal, '--zk-accent')).toBe(violet);
  expect(await styleOf(hostedPortal, 'color-scheme')).toBe('dark');
  expect(await styleOf(hostedPortal, 'font-family')).toContain('Georgia');

  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(
    page.getByText(/Changed how the portal is set up: accent, radius, font family,? and theme/),
  ).toBeVisible();
});

test('a logo that does not load leaves the name, and the page is told', async ({ page, complaints }) => {
  await fetch(configurationUrl(), {
    method: 'PUT',
    headers: headers(),
    body: JSON.stringify({ ...before, branding: { logo_url: `${demo().demo_url}/no-such-logo.png` } }),
  });
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(globalThis, { heard });
    document.addEventListener('zenskar-error', ({ code, isFatal }: Event & { code?: string; isFatal?: boolean }) =>
      heard.push([code, isFatal]),
    );
  });
  await visitAs(page, customerBy('Halvorsen').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await expect(page.locator('zenskar-portal [part~=merchant]')).toContainText('Northwind Cloud');
  await expect(page.locator('zenskar-portal img')).toBeHidden();
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard))
    .toEqual([['logo_failed', false]]);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('404')));
});

test('a website is shut out as soon as it is taken from the allowed ones', async ({ page, complaints }) => {
  await visitAs(page, customerBy('Halvorsen').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await fetch(configurationUrl(), {
    method: 'PUT',
    headers: headers(),
    body: JSON.stringify({ ...before, allowed_origins: [] }),
  });
  await page.getByRole('tab', { name: 'Payments' }).click();
  await expect(
    page.getByRole('tabpanel', { name: 'Payments' }).getByRole('button', { name: 'Try again' }),
  ).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Payment for' })).toHaveCount(0);
  complaints.length = 0;
});
