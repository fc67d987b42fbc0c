import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { addFigure } from '../../server/testing/figures.ts';
import { demo, test } from './demo.ts';
import { startNaughtyMerchant } from './naughty/merchant.ts';
import type { NaughtyMerchant } from './naughty/merchant.ts';
import { naughtyStrings, ofAtMost, scripts } from './naughty/strings.ts';
import { readTexts, watchForHarm } from './naughty/watch.ts';

test.describe.configure({ mode: 'serial' });

let merchant: NaughtyMerchant;
let harm: string[];
let shown = 0;
let harmful = 0;

test.beforeAll(async () => {
  merchant = await startNaughtyMerchant();
});
test.afterAll(async () => {
  addFigure('naughty strings shown as they are in Chromium', shown);
  addFigure('scripts that they ran, policies that they violated', harmful);
  await merchant.close();
});
test.beforeEach(async ({ page }) => {
  harm = await watchForHarm(page, [demo().api_url, merchant.siteUrl]);
});
test.afterEach(() => {
  harmful += harm.length;
  expect(harm).toEqual([]);
});

const expectShown = (texts: Set<string>, expected: readonly string[]): void => {
  expect(expected.filter((text) => !texts.has(text))).toEqual([]);
  shown += expected.length;
};

/** The texts of every page of a list, by the hundred. */
const readList = async (list: Locator, total: number): Promise<Set<string>> => {
  const range = (first: number, last: number): Locator =>
    list.getByText(`${first}–${last} of ${total}`, { exact: true });
  await list.getByRole('combobox').last().selectOption('100');
  const texts = new Set<string>();
  for (let first = 1; first <= total; first += 100) {
    await expect(range(first, Math.min(first + 99, total))).toBeVisible();
    // Until the next page has come, the one before stays.
    await expect(list.locator('table[aria-busy="false"]')).toBeVisible();
    for (const text of await readTexts(list)) texts.add(text);
    if (first + 100 <= total) await list.getByRole('button', { name: 'Next page' }).click();
  }
  return texts;
};

test("the merchant's website and the embedded portal show naughty strings as they are", async ({ page }) => {
  await page.goto(`${merchant.siteUrl}/strict-csp`);
  const panel = (name: string): Locator => page.getByRole('tabpanel', { name });
  const invoices = await readList(panel('Invoices'), ofAtMost(64).length + 1);
  expectShown(invoices, ofAtMost(64));
  expectShown(await readTexts(page.locator('.site-header')), naughtyStrings);

  await panel('Invoices').getByRole('searchbox').fill('INV-ALL');
  await panel('Invoices').getByRole('button', { name: 'INV-ALL', exact: true }).click();
  await expect(page.getByText('Subtotal', { exact: true })).toBeVisible();
  const texts = await readTexts(page.locator('zenskar-portal'));
  expectShown(texts, naughtyStrings);
  expect([...texts].some((text) => text === naughtyStrings.join('\n').slice(0, 4000).trim())).toBe(true);
  await page.keyboard.press('Escape');

  await page.getByRole('tab', { name: 'Payments' }).click();
  expectShown(await readList(panel('Payments'), naughtyStrings.length), naughtyStrings);
  await page.getByRole('tab', { name: 'Entitlements' }).click();
  await expect(
    panel('Entitlements')
      .getByText(naughtyStrings.at(-1) ?? '', { exact: true })
      .first(),
  ).toBeVisible();
  expectShown(await readTexts(panel('Entitlements')), naughtyStrings);
});

test('no naughty string makes a narrow page wider', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`${merchant.siteUrl}/account`);
  const overflow = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const panel = (name: string): Locator => page.getByRole('tabpanel', { name });
  for (const name of ['Invoices', 'Payments']) {
    await page.getByRole('tab', { name }).click();
    await panel(name).getByRole('combobox').last().selectOption('100');
    await expect(panel(name).getByText(/1–100 of/)).toBeVisible();
    expect(await overflow(), name).toBeLessThanOrEqual(0);
  }
  await page.getByRole('tab', { name: 'Entitlements' }).click();
  await expect(panel('Entitlements').getByRole('listitem')).toHaveCount(naughtyStrings.length);
  expect(await overflow(), 'Entitlements').toBeLessThanOrEqual(0);
});

test('the profile shows scripts as they are, and takes another one', async ({ page }) => {
  await page.goto(`${merchant.siteUrl}/account`);
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: false }).first();
  await expect(name).toHaveValue(merchant.customer.name);
  expectShown(await readTexts(page.locator('zenskar-portal')), Object.values(merchant.profile));
  const other = scripts.at(-1) ?? '';
  await name.fill(other);
  await page.getByRole('button', { name: /^save/i }).click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: /account menu/i })).toBeVisible();
  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await expect(name).toHaveValue(other);
  await name.fill(merchant.customer.name);
  await page.getByRole('button', { name: /^save/i }).click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
});

test('the hosted page shows them as they are', async ({ page }) => {
  await page.goto(await merchant.createLink(merchant.customer.id));
  await page.getByRole('button', { name: `Continue as ${merchant.customer.name}` }).click();
  await expect(page.getByRole('tabpanel', { name: 'Invoices' }).getByRole('row').nth(1)).toBeVisible();
  expect(await page.title()).toContain(merchant.name);
  expectShown(await readTexts(page.locator('body')), [merchant.name, merchant.customer.name]);
});

test('the console shows them as they are', async ({ page, complaints }) => {
  await page.goto(demo().console_url);
  await page.getByLabel(/e-?mail/i).fill(merchant.staff.email);
  await page.getByLabel(/password/i).fill(merchant.staff.password);
  await page.getByRole('button', { name: /log in|sign in/i }).click();
  const main = page.getByRole('main');
  await expect(main.getByRole('row').nth(1)).toBeVisible();
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
  expectShown(await readList(main, naughtyStrings.length), naughtyStrings);
  await page.goto(`${demo().console_url}/customers/${merchant.customer.id}`);
  await expect(page.getByRole('heading', { name: merchant.customer.name })).toBeVisible();
  expectShown(await readTexts(page.locator('body')), [merchant.customer.name]);
  await page.goto(`${demo().console_url}/activity`);
  await expect(page.getByText(merchant.customer.name).first()).toBeVisible();
  await page.goto(`${demo().console_url}/api-keys`);
  await expect(main.getByRole('row').nth(1)).toBeVisible();
});
