import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { addFigure } from '../../server/testing/figures.ts';
import { customerBy, demo, invoiceRows, test, visitAs } from './demo.ts';
import { secretsIn } from './secrets/forms.ts';

const empty = {
  localStorage: [],
  sessionStorage: [],
  databases: [],
  caches: [],
  files: [],
  workers: 0,
  cookie: '',
};

/** What the page's origin keeps, in each of the browser's stores. */
const readStores = (page: Page): Promise<typeof empty> =>
  page.evaluate(async () => {
    const files: string[] = [];
    for await (const [name] of (await navigator.storage.getDirectory()).entries()) {
      files.push(name);
    }
    return {
      localStorage: Object.entries(localStorage).map(String),
      sessionStorage: Object.entries(sessionStorage).map(String),
      databases: (await indexedDB.databases()).map(({ name }) => String(name)),
      caches: await caches.keys(),
      files,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookie: document.cookie,
    } as unknown as typeof empty;
  });

/** All that the page, and whatever else runs in it, can read of where it has been. */
const readTraces = (page: Page): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify([
      location.href,
      document.referrer,
      document.title,
      window.name,
      history.state,
      performance.getEntries().map(({ name }) => name),
      [...document.querySelectorAll('*')].flatMap(({ attributes }) => [...attributes].map(({ value }) => value)),
    ]),
  );

test('keeps nothing: no store, no cookie and no trace of a token, whatever the customer does', async ({
  page,
  context,
  complaints,
}) => {
  const tokens = new Set<string>();
  const addresses: string[] = [];
  page.on('request', (request) => {
    addresses.push(request.url());
    const text = `${request.headers()['authorization'] ?? ''} ${request.postData() ?? ''}`;
    for (const secret of secretsIn(text)) tokens.add(secret.text);
  });
  let looks = 0;
  const expectNothing = async (when: string): Promise<void> => {
    expect(await readStores(page), when).toEqual(empty);
    const { cookies, origins } = await context.storageState({ indexedDB: true });
    expect([cookies.filter(({ name }) => name !== 'northwind_visitor'), origins], when).toEqual([[], []]);
    const traces = `${await readTraces(page)} ${addresses.join(' ')}`;
    expect(secretsIn(traces), when).toEqual([]);
    for (const token of tokens) expect(traces.includes(token), when).toBe(false);
    looks += 1;
  };

  await visitAs(page, customerBy('More than 300').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await expectNothing('opened');

  const download = page.waitForEvent('download');
  await invoiceRows(page)
    .first()
    .getByRole('button', { name: /^Download invoice/ })
    .click();
  await (await download).path();
  await expectNothing('downloaded');

  await invoiceRows(page).first().getByRole('button').first().click();
  await expect(page.getByText('Subtotal', { exact: true })).toBeVisible();
  await expectNothing('invoice open');
  await page.keyboard.press('Escape');

  await page.route(`${demo().api_url}/portal/**/payments*`, (route) => route.fulfill({ status: 500, json: {} }));
  await page.getByRole('tab', { name: 'Payments' }).click();
  const payments = page.getByRole('tabpanel', { name: 'Payments' });
  await expect(payments.getByText('We could not load this')).toBeVisible();
  await expectNothing('failed');
  await page.unroute(`${demo().api_url}/portal/**/payments*`);
  await payments.getByRole('button', { name: 'Try again' }).click();
  await expect(payments.getByRole('row').nth(1)).toContainText('INV-');
  await page.getByRole('tab', { name: 'Entitlements' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Entitlements' })).toContainText('Included');
  await expectNothing('walked');

  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  const phone = page.getByLabel('Phone', { exact: false }).first();
  await phone.fill('+45 33 12 34 99');
  await expectNothing('profile half edited');
  await page.getByRole('button', { name: /^save/i }).click();
  await expect(page.getByText(/saved/i).first()).toBeVisible();
  await expectNothing('profile saved');

  await page.getByRole('button', { name: /account menu/i }).click();
  await page.getByRole('menuitem', { name: /sign out/i }).click();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expectNothing('signed out');

  expect(tokens.size).toBeGreaterThan(2);
  addFigure('looks into the browser stores, cookies and traces: all empty', looks);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('500')));
});
