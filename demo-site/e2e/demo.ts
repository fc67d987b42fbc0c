import { readFileSync } from 'node:fs';
import { expect, test as base } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { databaseUrlFile, placeOf } from './places.ts';
import { IssuedSecrets } from './secrets/issued.ts';

export const { demoPort, sparePort, dataFolder } = placeOf(Number(process.env['TEST_PARALLEL_INDEX'] ?? 0));

/** After the run they are looked for on disk. */
const issued = new IssuedSecrets(dataFolder);
globalThis.fetch = issued.heardFetch(globalThis.fetch);

/** What the demo wrote down of itself when it started. */
interface DemoFile {
  api_url: string;
  demo_url: string;
  console_url: string;
  organisation_id: string;
  api_key: string;
  staff: { email: string; password: string };
  customers: { id: string; name: string; note: string }[];
}

export const demo = (folder = dataFolder): DemoFile =>
  JSON.parse(readFileSync(`${folder}demo.json`, 'utf8')) as DemoFile;

/** Of the database that the demo is on. */
export const databaseUrl = (folder = dataFolder): string => readFileSync(`${folder}${databaseUrlFile}`, 'utf8');

/** Finds one of the demo's customers by a word of its name or note. */
export const customerBy = (word: string): { id: string; name: string } => {
  const found = demo().customers.find(({ name, note }) => `${name} ${note}`.includes(word));
  if (found === undefined) {
    throw new Error(`The demo has no customer with "${word}"`);
  }
  return found;
};

/** Creates a session as the merchant's backend does. */
export const createSession = async (
  customerId: string,
  settings: Record<string, unknown> = {},
): Promise<{ redirect_url: string; session_token: string; session_id: string }> => {
  const { api_url: apiUrl, organisation_id: organisation, api_key: key, demo_url: demoUrl } = demo();
  const response = await fetch(`${apiUrl}/customer/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', organisation, 'x-api-key': key },
    body: JSON.stringify({ customer_id: customerId, return_url: `${demoUrl}/account`, ...settings }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { redirect_url: string; session_token: string; session_id: string };
};

/** Logs in to the merchant's website as this customer and opens a page of it. */
export const visitAs = async (page: Page, customerId: string, path = '/account'): Promise<void> => {
  await page.request.post('/log-in', { form: { customer_id: customerId, page: path }, maxRedirects: 0 });
  await page.goto(path);
};

export const invoiceRows = (scope: Page | Locator): Locator =>
  scope
    .getByRole('tabpanel', { name: /Invoices|Rechnungen|Factur|Faturas|請求書|الفواتير|इनवॉइस/ })
    .getByRole('row')
    .filter({ hasText: 'INV-' });

/** Fails on whatever the browser reports: uncaught errors, refused resources, violated policies. */
export const test = base.extend<{ complaints: string[] }>({
  browser: [({ browser }, use) => issued.hearWhile(browser, use), { scope: 'worker' }],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') {
          complaints.push(message.text());
        }
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
