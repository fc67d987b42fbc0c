import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { shows, test } from './accessibility/accessible-test.ts';
import { focused, press, tabTo } from './accessibility/keyboard.ts';
import { customerBy, demo, invoiceRows } from './demo.ts';

test.use({ viewport: { width: 1280, height: 800 } });

const panel = (page: Page, name: string): Locator => page.getByRole('tabpanel', { name });
const button = (scope: Page | Locator, name: string | RegExp): Locator => scope.getByRole('button', { name }).first();

/** Logs in on the merchant's website: the button of the visitor, then the customer's in what it opens. */
const logIn = async (page: Page, name: string): Promise<void> => {
  await page.goto('/account');
  await tabTo(page, button(page, /Logged in as/));
  await press(page, 'Enter');
  await tabTo(page, button(page.locator('#visitors'), name));
  await page.keyboard.press('Enter');
  await expect(button(page, /Logged in as/)).toContainText(name);
};

const openInvoice = async (page: Page, row: Locator): Promise<void> => {
  const opener = row.getByRole('rowheader').getByRole('button');
  const number = (await opener.textContent())?.trim() ?? '';
  await tabTo(page, opener);
  await press(page, 'Enter');
  await expect(page.getByRole('dialog', { name: new RegExp(number) })).toBeVisible();
  await expect(page.getByRole('heading', { name: new RegExp(number) })).toBeFocused();
};

test(
  'a customer does everything in the portal by keyboard alone',
  shows('2.1.1', '2.1.2', '2.4.3', '2.4.7', '2.4.11', '3.2.1', '3.2.2', '3.3.1', '3.3.4'),
  async ({ page }) => {
    const [big, changing] = [customerBy('More than 300'), customerBy("O'Hara")];

    await test.step('logs in and comes to the portal', async () => {
      await logIn(page, big.name);
      await expect(invoiceRows(page).first()).toBeVisible();
      await expect(page.getByRole('definition').first()).toBeVisible();
    });

    await test.step('goes through the tabs by arrows, Home and End, each showing its section', async () => {
      await tabTo(page, page.getByRole('tab', { name: 'Invoices' }));
      for (const [key, name] of [
        ['ArrowRight', 'Payments'],
        ['ArrowRight', 'Entitlements'],
        ['ArrowRight', 'Invoices'],
        ['ArrowLeft', 'Entitlements'],
        ['Home', 'Invoices'],
        ['End', 'Entitlements'],
        ['Home', 'Invoices'],
      ] as const) {
        await press(page, key);
        await expect(page.getByRole('tab', { name })).toBeFocused();
        await expect(panel(page, name)).toBeVisible();
      }
      await press(page, 'Tab');
      await expect(panel(page, 'Invoices')).toBeFocused();
    });

    await test.step('filters by status and by days', async () => {
      const filters = page.getByRole('search', { name: 'Search by invoice ID' });
      await tabTo(page, button(filters, /^Status/));
      await press(page, 'Enter');
      const paid = page.getByRole('checkbox', { name: 'Paid', exact: true });
      await tabTo(page, paid, { stops: 10 });
      await press(page, 'Space');
      await expect(paid).toBeChecked();
      await expect(button(filters, 'Status: Paid')).toBeVisible();
      await press(page, 'Escape');
      await expect(button(filters, 'Status: Paid')).toBeFocused();
      await tabTo(page, button(filters, /^Due date/), { stops: 3 });
      await press(page, 'Space');
      await tabTo(page, filters.getByLabel('From'), { stops: 3 });
      await page.keyboard.type('01/01/2020');
      await expect(button(filters, /^Due date: Jan 1, 2020/)).toBeVisible();
      await press(page, 'Escape');
      await expect(button(filters, /^Due date: Jan 1, 2020/)).toBeFocused();
      await expect(
        panel(page, 'Invoices')
          .getByRole('status')
          .filter({ hasText: /invoices/ }),
      ).toHaveCount(1);
    });

    await test.step('sorts, and goes to the next page and back', async () => {
      const header = panel(page, 'Invoices').getByRole('columnheader', { name: 'Amount due' });
      await tabTo(page, header.getByRole('button'));
      await press(page, 'Enter');
      await expect(header).toHaveAttribute('aria-sort', 'ascending');
      await expect(header.getByRole('button')).toBeFocused();
      await press(page, 'Enter');
      await expect(header).toHaveAttribute('aria-sort', 'descending');
      const [next, previous] = [button(page, 'Next page'), button(page, 'Previous page')];
      const range = page.getByRole('navigation', { name: 'Pages: Invoices' }).locator('.range');
      await tabTo(page, next, { stops: 160 });
      await expect(next).toHaveAttribute('aria-disabled', 'false');
      await press(page, 'Enter');
      await expect(range).toHaveText(/26–50 of/);
      await expect(next).toBeFocused();
      await press(page, 'Shift+Tab');
      await expect(previous).toBeFocused();
      await expect(previous).toHaveAttribute('aria-disabled', 'false');
      await press(page, 'Enter');
      await expect(range).toHaveText(/\b1–25 of/);
    });

    await test.step('opens an invoice, downloads it, and is back at its row', async () => {
      await tabTo(page, page.getByRole('tab', { name: 'Invoices' }), { key: 'Shift+Tab', stops: 160 });
      const row = invoiceRows(page).nth(2);
      await openInvoice(page, row);
      await tabTo(
        page,
        page
          .getByRole('dialog')
          .or(page.locator('zk-invoice-detail'))
          .getByRole('button', { name: /^Download PDF/ }),
        {
          stops: 5,
        },
      );
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Enter')]);
      expect(download.suggestedFilename()).toMatch(/\.pdf$/);
      await press(page, 'Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(row.getByRole('rowheader').getByRole('button')).toBeFocused();
    });

    await test.step('opens a payment’s invoice, and is back', async () => {
      await tabTo(page, page.getByRole('tab', { name: 'Invoices' }), { key: 'Shift+Tab', stops: 60 });
      await press(page, 'ArrowRight');
      await tabTo(page, button(panel(page, 'Payments'), /^Open invoice/), { stops: 60 });
      await press(page, 'Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await tabTo(page, button(page, 'Close'), { stops: 6 });
      await press(page, 'Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(focused(page)).toHaveCount(1);
      await expect(panel(page, 'Invoices')).toBeVisible();
    });

    await test.step('unfolds and folds what has expired', async () => {
      await tabTo(page, page.getByRole('tab', { name: 'Invoices' }), { key: 'Shift+Tab', stops: 160 });
      await press(page, 'End');
      const folded = panel(page, 'Entitlements').locator('summary');
      await tabTo(page, folded, { stops: 20 });
      await press(page, 'Enter');
      await expect(panel(page, 'Entitlements').locator('details')).toHaveAttribute('open');
      await press(page, 'Space');
      await expect(panel(page, 'Entitlements').locator('details')).not.toHaveAttribute('open');
    });

    await test.step('puts a mistake in the profile right, and saves it', async () => {
      await logIn(page, changing.name);
      await tabTo(page, button(page, /account menu/));
      await press(page, 'Enter');
      await expect(page.getByRole('menuitem', { name: 'Profile' })).toBeFocused();
      await press(page, 'Enter');
      const email = page.getByLabel('E-mail');
      await tabTo(page, email, { stops: 8 });
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('nobody');
      await press(page, 'Tab');
      await expect(email).toHaveAccessibleDescription(/Enter an e-mail address/);
      await tabTo(page, button(page, 'Save changes'));
      await press(page, 'Enter');
      await expect(page.getByRole('alert').filter({ hasText: 'One field needs your attention' })).toBeVisible();
      await tabTo(page, button(page, /^Enter an e-mail address/), { stops: 2 });
      await press(page, 'Enter');
      await expect(email).toBeFocused();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('accounts@ohara.example');
      await tabTo(page, button(page, 'Save changes'));
      await press(page, 'Enter');
      await expect(page.getByText('Your profile is saved.')).toBeVisible();
      await expect(button(page, 'Save changes')).toBeFocused();
    });

    await test.step('signs out', async () => {
      await tabTo(page, button(page, /account menu/), { key: 'Shift+Tab' });
      await press(page, 'ArrowUp');
      await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
      await press(page, 'Enter');
      await expect(page.getByText('You are signed out')).toBeVisible();
      await tabTo(page, button(page, 'Continue'), { stops: 40 });
    });
  },
);

test(
  'staff come to a customer’s portal by keyboard alone',
  shows('2.1.1', '2.4.3', '2.4.7', '2.4.11', '3.3.8'),
  async ({ page, context, complaints }) => {
    const { console_url: consoleUrl, staff } = demo();
    await page.goto(consoleUrl);
    await tabTo(page, page.getByLabel(/e-?mail/i), { stops: 4 });
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes('401')));
    await page.keyboard.type(staff.email);
    await tabTo(page, page.getByLabel(/password/i), { stops: 2 });
    await page.keyboard.insertText(staff.password);
    await press(page, 'Enter');
    const customer = customerBy('In arrears');
    await tabTo(page, page.getByRole('link', { name: customer.name }));
    await press(page, 'Enter');
    await expect(page.getByRole('heading', { name: customer.name })).toBeVisible();
    await tabTo(page, button(page, /actions|more/i), { stops: 40 });
    await press(page, 'ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'View Customer Portal' })).toBeFocused();
    const [portal] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Enter')]);
    await expect(invoiceRows(portal).first()).toBeVisible();
    await tabTo(portal, button(portal, /account menu/), { stops: 6 });
  },
);
