import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { createPortalClient } from 'zenskar-portal/server';
import type { PortalClient } from 'zenskar-portal/server';
import { demo, test } from './demo.ts';

const connect = (): PortalClient => {
  const { api_url: baseUrl, organisation_id: organisation, api_key: apiKey } = demo();
  return createPortalClient({ baseUrl, organisation, apiKey });
};

const dayMs = 86_400_000;
/** A day as the merchant's books have it; the demo's organisation is in New York. */
const daysFromNow = (days: number): string => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format();
  return new Date(Date.parse(today) + days * dayMs).toISOString().slice(0, 10);
};

/** The same as the portal on the demo-site shows it. */
const shown = (day: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(day));

const dueDays = { partlyPaid: daysFromNow(30), overdue: daysFromNow(-10), refunded: daysFromNow(20) };

interface Story {
  customerId: string;
  /** Their numbers. */
  partlyPaid: string;
  overdue: string;
  refunded: string;
  receipts: { part: string; whole: string };
  creditNote: string;
}

/** A merchant's month: three invoices, a part payment, a refund, a credit note and two entitlements. */
const live = async (client: PortalClient): Promise<Story> => {
  const { id: customerId } = await client.customers.create({
    customer_name: 'Halden & Sons',
    email: 'accounts@halden.example',
    address: { line1: '4 Quay Street', city: 'Bergen', zipCode: '5003', country_code: 'NO' },
  });
  const bill = (name: string, unitPrice: string, quantity: number, dueDay: string) =>
    client.invoices.create({
      customer_id: customerId,
      currency: 'USD',
      due_date: dueDay,
      invoice_period: { begin_date: daysFromNow(-60), end_date_exclusive: daysFromNow(-30) },
      line_items: [{ name, quantity, unit: 'seats', unit_price: unitPrice }],
    });
  const pay = (invoiceId: string, amount: number) =>
    client.payments.create({
      customer_id: customerId,
      amount,
      currency_code: 'USD',
      payment_method: 'card',
      payment_method_details: { brand: 'Visa', last4: '4242' },
      payment_parts: [{ invoice_id: invoiceId, amount }],
    });

  const partlyPaid = await bill('Team plan', '400.00', 3, dueDays.partlyPaid);
  const overdue = await bill('Storage', '175.00', 2, dueDays.overdue);
  const refunded = await bill('Support', '99.99', 1, dueDays.refunded);
  const part = await pay(partlyPaid.id, 50_000);
  const whole = await pay(refunded.id, 9_999);
  await client.payments.refund(whole.id, {
    refund_destination: 'original_payment_method',
    writeoff_invoices: false,
    refund_amount: 2_500,
  });
  const creditNote = await client.invoices.creditNote(overdue.id, { credit_note_amount: 50, reason: 'Outage in May' });

  const calls = await client.entitlements.create({
    name: 'Rendered pages',
    entitlement_type: 'Quantity',
    units: 'pages',
  });
  const signOn = await client.entitlements.create({ name: 'Single sign-on', entitlement_type: 'Feature' });
  await client.entitlements.grant(customerId, { entitlement_id: calls.id, quantity: 1000, quantity_used: 850.5 });
  await client.entitlements.grant(customerId, { entitlement_id: signOn.id, quantity: 1 });
  return {
    customerId,
    partlyPaid: partlyPaid.invoice_number,
    overdue: overdue.invoice_number,
    refunded: refunded.invoice_number,
    receipts: { part: part.receipt_number ?? '', whole: whole.receipt_number ?? '' },
    creditNote: creditNote.credit_note_number,
  };
};

const rowOf = (page: Page, tab: string, text: string | RegExp): Locator =>
  page.getByRole('tabpanel', { name: tab }).getByRole('row').filter({ hasText: text });

const readInvoice = async (page: Page, number: string, read: (detail: Locator) => Promise<void>): Promise<void> => {
  await rowOf(page, 'Invoices', number).getByRole('button').first().click();
  const dialog = page.getByRole('dialog', { name: new RegExp(number) });
  await expect(dialog).toBeVisible();
  await read(page.locator('zk-invoice-detail'));
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
};

test('what the merchant does over its API, the customer sees in the portal', async ({ page }) => {
  const client = connect();
  const story = await live(client);
  await page.route('**/portal-session', async (route) => {
    const { session_token } = await client.createSession({
      customer_id: story.customerId,
      return_url: `${demo().demo_url}/account`,
    });
    await route.fulfill({ json: { session_token } });
  });
  await page.goto('/account');

  await test.step('invoices with their statuses and what is due', async () => {
    const partlyPaid = rowOf(page, 'Invoices', story.partlyPaid);
    await expect(partlyPaid).toContainText('Partially paid');
    await expect(partlyPaid).toContainText('1,200.00');
    await expect(partlyPaid).toContainText('700.00');
    await expect(partlyPaid).toContainText(shown(dueDays.partlyPaid));
    const overdue = rowOf(page, 'Invoices', story.overdue);
    await expect(overdue).toContainText('Overdue by 10 days');
    await expect(overdue).toContainText(shown(dueDays.overdue));
    await expect(overdue).toContainText('350.00');
    await expect(overdue).toContainText('300.00');
    const refunded = rowOf(page, 'Invoices', story.refunded);
    await expect(refunded).toContainText('Partially paid');
    await expect(refunded).toContainText('99.99');
    await expect(refunded).toContainText('25.00');
    await expect(refunded).toContainText(shown(dueDays.refunded));
    await expect(page.getByText('1,025.00').first()).toBeVisible();
  });

  await test.step('the credit note on its invoice', async () => {
    await readInvoice(page, story.overdue, async (detail) => {
      await expect(detail).toContainText('Storage');
      await expect(detail).toContainText(`Credit note ${story.creditNote}`);
      await expect(detail).toContainText(/[-−].*50\.00/);
    });
  });

  await test.step('the part payment with its receipt on its invoice', async () => {
    await readInvoice(page, story.partlyPaid, async (detail) => {
      await expect(detail).toContainText('Team plan');
      await expect(detail).toContainText(`Receipt ${story.receipts.part}`);
      await expect(detail).toContainText('500.00');
      await expect(detail).toContainText('4242');
    });
  });

  await test.step('payments and the refund', async () => {
    await page.getByRole('tab', { name: 'Payments' }).click();
    const part = rowOf(page, 'Payments', `Payment for ${story.partlyPaid}`);
    await expect(part).toContainText('Succeeded');
    await expect(part).toContainText('500.00');
    const whole = rowOf(page, 'Payments', `Payment for ${story.refunded}`);
    await expect(whole).toContainText('Partially refunded');
    await expect(whole).toContainText(/25\.00 refunded/);
    const refund = rowOf(page, 'Payments', `Refund of ${story.receipts.whole}`);
    await expect(refund).toContainText(/[-−].*25\.00/);
  });

  await test.step('entitlements, with what is left', async () => {
    await page.getByRole('tab', { name: 'Entitlements' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Entitlements' });
    await expect(panel).toContainText('850.5 of 1,000 pages used');
    await expect(panel).toContainText('149.5 left');
    await expect(panel).toContainText('Close to the limit');
    await expect(panel.getByRole('meter')).toHaveCount(1);
    await expect(panel).toContainText('Single sign-on');
    await expect(panel).toContainText('Included');
  });
});
