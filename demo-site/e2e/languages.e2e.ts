import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { createSession, customerBy, demo, demoPort, invoiceRows, test, visitAs } from './demo.ts';
import { looseTexts, looseTextsOf } from './languages/loose-text.ts';
import { problemsOf } from './languages/pseudo-locale.ts';

const words = {
  de: { tabs: ['Rechnungen', 'Zahlungen', 'Leistungen'], dir: 'ltr', due: 'Fällig am' },
  ar: { tabs: ['الفواتير', 'المدفوعات', 'المزايا'], dir: 'rtl', due: 'الاستحقاق' },
  ja: { tabs: ['請求書', 'お支払い', '利用枠'], dir: 'ltr', due: '支払期日' },
  hi: { tabs: ['इनवॉइस', 'भुगतान', 'सुविधाएँ'], dir: 'ltr', due: 'देय तिथि' },
} as const;
type Language = keyof typeof words;
const languages = Object.keys(words) as Language[];

const portalOf = (page: Page): Locator => page.locator('zenskar-portal');

async function speaks(page: Page, language: Language): Promise<void> {
  const { tabs, dir, due } = words[language];
  await expect(page.getByRole('tab')).toHaveText([...tabs]);
  await expect(page.locator('.portal')).toHaveAttribute('dir', dir);
  await expect(page.locator('.portal')).toHaveAttribute('lang', new RegExp(`^${language}(-|$)`));
  await expect(page.getByRole('columnheader', { name: due })).toBeVisible();
  await expect(page.getByRole('tabpanel').getByRole('row').filter({ hasText: 'INV-' }).first()).toBeVisible();
}

/** The merchant's page says another language than its own. */
async function pageIn(language: string, page: Page): Promise<void> {
  // A page that was intercepted counts as one of another network.
  await page.context().grantPermissions(['local-network-access'], { origin: `http://localhost:${demoPort}` });
  await page.route('**/account', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: (await response.text()).replace('<html lang="en">', `<html lang="${language}">`),
    });
  });
}

const localeRequests = (page: Page): string[] => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const [, language] = /\/chunks\/(ar|de|es|fr|hi|ja|pt)-[^/]*\.js/.exec(request.url()) ?? [];
    if (language) asked.push(language);
  });
  return asked;
};

test('the portal speaks the language of its attribute, each loaded once and English never', async ({ page }) => {
  const asked = localeRequests(page);
  await visitAs(page, customerBy('More than 300').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  expect(asked).toEqual([]);
  for (const language of languages) {
    await portalOf(page).evaluate((portal, locale) => portal.setAttribute('locale', locale), language);
    await speaks(page, language);
  }
  await portalOf(page).evaluate((portal) => portal.setAttribute('locale', 'de-CH'));
  await expect(page.locator('.portal')).toHaveAttribute('lang', 'de-CH');
  expect(asked).toEqual(languages);
});

test("the portal speaks the language of its page when nothing else is said, and the session's before that", async ({
  page,
}) => {
  const customer = customerBy('More than 300');
  await pageIn('ja', page);
  await visitAs(page, customer.id);
  await speaks(page, 'ja');
  const { redirect_url: link } = await createSession(customer.id, { locale: 'hi' });
  await page.goto(link);
  await page.getByRole('button', { name: `${customer.name} के रूप में जारी रखें` }).click();
  await speaks(page, 'hi');
});

test('words that cannot be loaded are English ones until they can', async ({ page, context, complaints }) => {
  await page.route(/\/chunks\/ja-/, (route) => route.abort());
  await pageIn('ja', page);
  await visitAs(page, customerBy('More than 300').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await expect(page.locator('.portal')).toHaveAttribute('lang', 'en-JP');
  await page.unroute(/\/chunks\/ja-/);
  await context.setOffline(true);
  await context.setOffline(false);
  await speaks(page, 'ja');
  complaints.splice(0);
});

test('the hosted page has the language that the customer chooses, and keeps it for the visit', async ({ page }) => {
  const customer = customerBy('More than 300');
  await page.goto((await createSession(customer.id, { locale: 'de' })).redirect_url);
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'de');
  await page.getByRole('button', { name: `Weiter als ${customer.name}` }).click();
  await speaks(page, 'de');
  await expect(page).toHaveTitle('Northwind Cloud – Abrechnung');
  await page.getByRole('button', { name: /Kontomenü/ }).click();
  await page.getByRole('menuitem', { name: 'Sprache' }).press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Deutsch' })).toBeFocused();
  await page.getByRole('menuitemradio', { name: 'العربية' }).click();
  await speaks(page, 'ar');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(page).toHaveTitle(/^فواتير .*Northwind Cloud/);
  await page.reload();
  await speaks(page, 'ar');
  await expect(html).toHaveAttribute('lang', 'ar');
  await page.getByRole('button', { name: /قائمة الحساب/ }).click();
  await page.getByRole('menuitem', { name: 'تسجيل الخروج' }).click();
  await expect(page.getByRole('heading', { name: 'تم تسجيل الخروج' })).toBeVisible();
});

test("a choice in the merchant's own page is kept nowhere", async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Language' }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await speaks(page, 'de');
  expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([0, 0, '']);
});

test('no text stands outside of the catalogues', () => {
  const examples = {
    'html`<p>Pay now</p>`': ['Pay now'],
    'html`<p>${name} · ${t("x")}</p>`': [],
    'html`<button aria-label="Close">${icon}</button>`': ['Close'],
    'html`<p>${isNew ? "New" : t("old")}</p>`': ['New'],
    'html`<i title=${a || "None"} class=${b ? "on" : "off"}></i>`': ['None'],
  };
  for (const [source, texts] of Object.entries(examples)) expect(looseTextsOf(source), source).toEqual(texts);
  expect(looseTexts()).toEqual([]);
});

const viewed = [
  'portal',
  'portal-account-menu',
  'portal-payments',
  'portal-entitlements',
  'portal-staff-view',
  'profile-problems',
  'invoice',
  'invoices-days-filter',
  'invoices-error',
  'export-menu',
  'statement-sheet',
  'session-expired',
];

test('texts that are 40 % longer fit at 320, 700 and 1100 px, and all come from the catalogues', async ({ page }) => {
  for (const state of viewed) {
    await page.setViewportSize({ width: 320, height: 900 });
    await page.goto(`${demo().demo_url}/gallery?state=${state}&locale=pseudo&bare`);
    await expect(page.locator('html')).toHaveAttribute('data-ready', '');
    for (const width of [320, 700, 1100]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
      expect(await problemsOf(page), `${state} at ${width} px`).toEqual([]);
    }
  }
});
