import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { shows, test } from './accessibility/accessible-test.ts';
import { show } from './accessibility/gallery.ts';
import { expectAnnounced, expectSpoken, noteAnnouncements, spoken } from './accessibility/screen-reader.ts';
import { customerBy, invoiceRows, visitAs } from './demo.ts';

test.use({ viewport: { width: 1280, height: 900 } });

/** What is said of one state of the gallery, by an element in it. */
const hear = async (
  page: Page,
  state: string,
  element: string,
  settings: Record<string, string> = {},
): Promise<string[]> => {
  await show(page, { state, locale: 'en-GB', ...settings });
  return spoken(page.locator(element));
};

test(
  'the list of invoices is read row by row',
  shows('1.3.1', '1.3.2', '1.4.1', '2.4.4', '4.1.2'),
  async ({ page }) => {
    const said = await hear(page, 'invoices', 'zenskar-invoices');
    expectSpoken(said, [
      'heading, Invoices, level 2',
      'search, Search by invoice ID',
      /^searchbox, Search by invoice ID/,
      'button, Status',
      'button, Due date',
      /^button, Export invoices, not expanded, has popup menu/,
      'table, Invoices, not busy',
      'columnheader, Invoice ID',
      'columnheader, Amount due',
      'columnheader, Generated on, sorted in descending order',
      'rowheader, INV-2026-0042',
      'button, INV-2026-0042, has popup dialog',
      'cell, Approved',
      'cell, US$1,284.50',
      'cell, 1 Dec 2026',
      'cell, US$1,284.50',
      'cell, 1 – 30 Nov 2026',
      /^button, Download invoice INV-2026-0042/,
      'button, View invoice INV-2026-0042, has popup dialog',
      'rowheader, INV-2026-0041',
      'cell, Approved Overdue by 12 days',
      'rowheader, INV-2026-0040',
      'cell, Partially paid Overdue by 1 day',
      'cell, US$284.50',
      'rowheader, INV-2026-0039',
      'cell, Paid',
      'cell, US$0.00',
      'rowheader, INV-2026-0038',
      'cell, Upcoming',
      'cell, JP¥1,250,000',
      'cell, None',
      'rowheader, INV-2026-0037-AMENDMENT-EMEA',
      /^cell, KWD.1,204\.500$/,
      'rowheader, INV-2026-0036',
      'cell, Void',
      'navigation, Pages: Invoices',
      /^combobox, Rows per page, 25/,
      '1–7 of 7',
      /^button, Previous page, disabled/,
      /^button, Next page, disabled/,
    ]);
    expect(said.filter((phrase) => /undefined|null|NaN|\[object/.test(phrase))).toEqual([]);
  },
);

test('as cards each value says what it is', shows('1.3.1', '1.4.10'), async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  expectSpoken(await hear(page, 'invoices', 'zenskar-invoices'), [
    'combobox, Sort by, created_at, has popup listbox, not expanded',
    'button, Descending',
    'rowheader, INV-2026-0042',
    'cell, Invoice total US$1,284.50',
    'cell, Due date 1 Dec 2026',
    'cell, Amount due US$1,284.50',
  ]);
});

test(
  'an invoice is read from what is due to its payments',
  shows('1.3.1', '1.3.2', '2.4.6', '4.1.2'),
  async ({ page }) => {
    expectSpoken(await hear(page, 'invoice', 'zk-invoice-detail'), [
      'dialog, Invoice INV-2026-0042',
      'heading, Invoice INV-2026-0042, level 2',
      'Partially paid',
      'button, Close',
      'Amount due',
      'US$499.00',
      'Due 11 Nov 2026',
      'Overdue by 12 days',
      /^button, Download PDF: INV-2026-0042/,
      'heading, From, level 3',
      'heading, Billed to, level 3',
      'Blue Harbor Logistics',
      'term',
      'Billing period',
      'definition',
      '1 – 30 Nov 2026',
      'table, Line items',
      'columnheader, Quantity',
      'columnheader, Unit price',
      /^rowheader, Team plan/,
      'cell, 20 seats',
      'cell, US$50.00',
      'cell, US$1,000.00',
      'Payments applied',
      '-US$800.00',
      'Amount due',
      'US$499.00',
      /^heading, Payments/,
      'Partially refunded',
      /ending in 4242/,
      /^heading, Credit notes/,
      /Credit note CN-0007/,
    ]);
  },
);

test('a refund is money back in words and by its sign', shows('1.3.1', '1.4.1'), async ({ page }) => {
  expectSpoken(await hear(page, 'payments', 'zenskar-payments'), [
    'table, Payments, not busy',
    'columnheader, Date, sorted in descending order',
    'cell, Payment for INV-2026-0042',
    'cell, Succeeded',
    'cell, Visa ending in 4242',
    'button, Open invoice INV-2026-0042',
    /^button, Download receipt RCP-1043/,
    'cell, Refund of RCP-1038',
    'cell, Refund',
    'cell, -US$200.00',
    'cell, Partially refunded',
    'cell, US$1,284.50 US$200.00 refunded',
    'cell, Payment for INV-2026-0042 Your bank declined the charge: insufficient funds.',
    'cell, Failed',
  ]);
});

test(
  'an entitlement says how much of it is left, and when that is little',
  shows('1.1.1', '1.4.1', '4.1.2'),
  async ({ page }) => {
    expectSpoken(await hear(page, 'entitlements', 'zenskar-entitlements'), [
      /^listitem, .*set size 8$/,
      'heading, API calls, level 3',
      'meter, API calls, min value 0, max value 100000, current value 40,000 of 100,000 calls used, 60,000 left',
      'Renews on 1 Dec 2026',
      'heading, Build minutes, level 3',
      'Close to the limit',
      'heading, Message credits, level 3',
      'Limit reached',
      'Unlimited',
      'heading, Single sign-on, level 3',
      'Included',
      'Not included',
      'Expired (1)',
    ]);
  },
);

test(
  'a form says what is wrong, at its top and at the field',
  shows('1.3.1', '3.3.1', '3.3.2', '3.3.3', '3.3.7'),
  async ({ page }) => {
    expectSpoken(await hear(page, 'profile-problems', 'zenskar-profile'), [
      'heading, Profile, level 2',
      'alert',
      '2 fields need your attention',
      'button, Enter a name',
      'button, Enter an e-mail address like name@example.com',
      'group, Contact',
      'textbox, Name, Enter a name, invalid',
      /^textbox, E-mail \(optional\), accounts at meridian, Enter an e-mail address like name@example.com, invalid/,
      'textbox, Phone (optional), not invalid',
      'group, Billing address',
      /^combobox, Country, GB/,
      'group, Shipping address',
      /^checkbox, Same as the billing address, checked/,
      'group, Tax IDs',
      /^button, Save changes/,
    ]);
  },
);

test(
  'the portal is read from whose it is to its section',
  shows('1.1.1', '1.3.2', '2.4.1', '2.4.6', '3.2.3', '3.2.4'),
  async ({ page }) => {
    for (const section of ['Invoices', 'Payments', 'Entitlements']) {
      expectSpoken(
        await hear(page, section === 'Invoices' ? 'portal' : `portal-${section.toLowerCase()}`, 'zenskar-portal'),
        [
          /^link, Northwind Cloud$|^Northwind Cloud$/,
          'button, Meridian Logistics, account menu, has popup menu',
          'term',
          'Amount due',
          'definition',
          'US$2,853.50',
          '3 open invoices',
          'Overdue',
          'Next due',
          'Last payment',
          /^tablist, Sections/,
          new RegExp(`^tab, ${section}, selected`),
          `tabpanel, ${section}`,
          `heading, ${section}, level 2`,
        ],
      );
    }
  },
);

test('what changes is announced and moves no focus', shows('4.1.3', '3.2.2'), async ({ page }) => {
  await noteAnnouncements(page);
  await visitAs(page, customerBy('More than 300').id);
  await invoiceRows(page).first().waitFor();

  const list = page.getByRole('tabpanel', { name: 'Invoices' });
  const search = list.getByRole('searchbox');
  await search.fill('no such number');
  await expectAnnounced(page, '0 invoices');
  await expect(search).toBeFocused();
  await search.fill('');
  await expectAnnounced(page, /^\d+ invoices, Generated on: Descending$/);

  await list.getByRole('columnheader', { name: 'Due date' }).getByRole('button').press('Enter');
  await expectAnnounced(page, /^\d+ invoices, Due date: Ascending$/);

  await list.getByRole('button', { name: 'Next page' }).press('Enter');
  await expectAnnounced(page, /^26–50 of \d+, Due date: Ascending$/);
  await expect(list.getByRole('button', { name: 'Next page' })).toBeFocused();

  await list
    .getByRole('button', { name: /^Download invoice/ })
    .first()
    .press('Enter');
  await expectAnnounced(page, /\.pdf was downloaded$/);

  await page.getByRole('tab', { name: 'Payments' }).press('Enter');
  await expectAnnounced(page, /^\d+ payments, Date: Descending$/);

  await page.getByRole('button', { name: /account menu/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Profile' }).press('Enter');
  const phone = page.getByLabel('Phone');
  await phone.fill('call me');
  await phone.press('Tab');
  await expectAnnounced(page, 'Enter a phone number with digits, spaces and + only');
  await phone.fill('+1 415 555 0100');
  await page.getByRole('button', { name: 'Save changes' }).press('Enter');
  await expectAnnounced(page, 'Your profile is saved.');
  await expect(page.getByRole('button', { name: 'Save changes' })).toBeFocused();
});

test('a portal in another language than its page names its own', shows('3.1.1', '3.1.2'), async ({ page }) => {
  await visitAs(page, customerBy('More than 300').id);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  for (const [locale, dir, tab] of [
    ['de', 'ltr', 'Rechnungen'],
    ['ar', 'rtl', 'الفواتير'],
  ] as const) {
    await page.locator('zenskar-portal').evaluate((portal, value) => portal.setAttribute('locale', value), locale);
    await expect(page.getByRole('tab', { name: tab })).toBeVisible();
    const around = page.locator(`[lang=${locale}]`).filter({ has: page.getByRole('tab', { name: tab }) });
    await expect(around).toHaveAttribute('dir', dir);
  }
});
