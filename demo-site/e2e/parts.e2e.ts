import { expect } from '@playwright/test';
import { customerBy, invoiceRows, test, visitAs } from './demo.ts';
import { documentedParts, markParts, namedParts, partsIn } from './theming/parts.ts';

test.describe.configure({ mode: 'serial' });

test('every part that a template names is documented, and the other way round', () => {
  expect(namedParts()).toEqual(documentedParts('zenskar-portal.ts', 'portal-element.ts'));
});

test("the page's style sheet reaches every documented part of the portal", async ({ page, complaints }) => {
  const documented = documentedParts('zenskar-portal.ts', 'portal-element.ts');
  const seen = new Set<string>();
  const look = async (): Promise<void> => {
    for (const part of await partsIn(page)) seen.add(part);
  };
  await page.route('**/payments?*', (route) => route.fulfill({ status: 500, json: {} }));
  await visitAs(page, customerBy('More than 300').id);
  await markParts(page, 'zenskar-portal', documented);
  const invoices = page.getByRole('tabpanel', { name: 'Invoices' });
  await expect(invoices.getByRole('navigation')).toBeVisible();
  await look();

  await page.getByRole('button', { name: /account menu/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await look();
  await page.keyboard.press('Escape');

  await invoiceRows(page).first().getByRole('button', { name: /^INV-/ }).click();
  await expect(page.locator('zk-invoice-detail').getByRole('table')).toBeVisible();
  await look();
  await page.keyboard.press('Escape');

  await invoices.getByRole('searchbox').fill('nothing is called this');
  await expect(invoices).toContainText('No invoices match');
  await look();

  await page.getByRole('tab', { name: 'Payments' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'We could not load this' })).toBeVisible();
  await look();

  await page.getByRole('tab', { name: 'Entitlements' }).click();
  await expect(page.getByRole('meter').first()).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await look();
  await page.context().setOffline(false);

  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeVisible();
  await look();

  await page.getByRole('button', { name: /account menu/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('You are signed out')).toBeVisible();
  await look();

  expect([...seen].sort()).toEqual(documented);
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('500')));
});

test('an element of a single section has the parts that it is documented to have', async ({ page }) => {
  const documented = documentedParts('zenskar-invoices.ts', 'portal-element.ts');
  await visitAs(page, customerBy('More than 300').id, '/sections');
  await markParts(page, 'zenskar-invoices', documented);
  await markParts(page, 'zenskar-summary', documentedParts('zenskar-summary.ts'));
  await expect(page.locator('zenskar-invoices').getByRole('navigation')).toBeVisible();
  const parts = (await partsIn(page)).filter((part) => !part.startsWith('!'));
  expect(parts).toEqual(
    expect.arrayContaining([
      'button',
      'filter-bar',
      'input',
      'pager',
      'panel',
      'row',
      'status',
      'summary-item',
      'table',
    ]),
  );
});
