import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import type { Download, Page } from '@playwright/test';
import { customerBy, invoiceRows, test, visitAs } from './demo.ts';

const downloadBy = async (page: Page, act: () => Promise<unknown>): Promise<{ name: string; content: Buffer }> => {
  const [download] = (await Promise.all([page.waitForEvent('download'), act()])) as [Download, unknown];
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
};

const exportAs = async (page: Page, entry: string): Promise<void> => {
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
};

/** Every address that the browser asked for. */
const addressesOf = (page: Page): string[] => {
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  return addresses;
};

test('the customer downloads an invoice from its row and from its details', async ({ page }) => {
  const addresses = addressesOf(page);
  await visitAs(page, customerBy('More than 300').id);
  const row = invoiceRows(page).first();
  const number = /INV-\d+/.exec(await row.innerText())?.[0] ?? '';
  const fromRow = await downloadBy(page, () =>
    row.getByRole('button', { name: `Download invoice ${number}`, exact: true }).click(),
  );
  expect(fromRow.name).toContain(number);
  expect(fromRow.content.subarray(0, 5).toString()).toBe('%PDF-');

  await row.getByRole('button', { name: number, exact: true }).click();

  const fromPanel = await downloadBy(page, () => page.getByRole('button', { name: /^Download PDF/ }).click());
  expect(fromPanel.name).toBe(fromRow.name);

  const downloads = addresses.filter((address) => address.endsWith('/pdf'));
  expect(downloads).toHaveLength(2);
  for (const address of addresses) {
    expect(address).not.toMatch(/eyJ|token|authorization/i);
  }
});

test('the customer exports the whole filtered list, not just its first page', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  const panel = page.getByRole('tabpanel', { name: 'Invoices' });
  await expect(invoiceRows(page).first()).toBeVisible();
  await panel.getByRole('search').getByRole('button', { name: 'Status', exact: true }).click();
  await panel.getByRole('checkbox', { name: 'Paid', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('button', { name: /Status: Paid/ })).toBeVisible();
  const total = Number(/of (\d+)/.exec(await panel.getByText(/\d+–\d+ of \d+/).innerText())?.[1]);
  expect(total).toBeGreaterThan(100);
  const { name, content } = await downloadBy(page, () => exportAs(page, 'CSV'));
  const [header = '', ...lines] = content.toString('utf8').trimEnd().split('\r\n');
  expect(name).toMatch(/^invoices-.*\.csv$/);
  expect(header).toContain('Invoice ID');
  expect(lines).toHaveLength(total);
  expect(lines.every((line) => line.includes(',Paid,'))).toBe(true);

  const excel = await downloadBy(page, () => exportAs(page, 'CSV for Excel'));
  expect(excel.content.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

test('the customer takes chosen invoices away in one zip file', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  await exportAs(page, 'PDFs of invoices…');
  const sheet = page.getByRole('dialog', { name: 'PDFs of invoices' });
  await page.getByRole('checkbox', { name: 'All on this page' }).uncheck();
  const boxes = page.getByRole('checkbox', { name: /INV-/ });
  await boxes.nth(0).check();
  await boxes.nth(3).check();
  const { name, content } = await downloadBy(page, () => page.getByRole('button', { name: 'Download 2 PDFs' }).click());
  expect(name).toMatch(/\.zip$/);
  expect(content.subarray(0, 2).toString()).toBe('PK');
  expect(content.toString('latin1').match(/invoice-INV-\d+\.pdf/g)?.length).toBeGreaterThanOrEqual(2);
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: /^Export/ })).toBeFocused();
});

test('the customer downloads a statement of account, in both formats', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  await expect(invoiceRows(page).first()).toBeVisible();
  for (const [format, begin] of [
    ['PDF', '%PDF-'],
    ['CSV', ''],
  ] as const) {
    await exportAs(page, 'Statement of account…');
    const sheet = page.getByRole('dialog', { name: 'Statement of account' });
    await page.getByRole('radio', { name: format, exact: true }).check();
    const { name, content } = await downloadBy(page, () =>
      page.getByRole('button', { name: 'Download statement' }).click(),
    );
    expect(name).toMatch(new RegExp(`^statement-.*\\.${format.toLowerCase()}$`));
    expect(content.toString('latin1')).toContain(format === 'PDF' ? begin : 'Opening balance');
    await expect(sheet).toBeHidden();
  }
});

test('the customer downloads the receipt of a payment', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  await page.getByRole('tab', { name: 'Payments' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Payments' });
  const { name, content } = await downloadBy(page, () =>
    panel
      .getByRole('button', { name: /^Download receipt RCT-/ })
      .first()
      .click(),
  );
  expect(name).toMatch(/RCT-\d+\.pdf$/);
  expect(content.subarray(0, 5).toString()).toBe('%PDF-');
});

test('a download works under a strict Content Security Policy', async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id, '/strict-csp');
  const { content } = await downloadBy(page, () =>
    invoiceRows(page)
      .first()
      .getByRole('button', { name: /^Download invoice/ })
      .click(),
  );
  expect(content.subarray(0, 5).toString()).toBe('%PDF-');
});
