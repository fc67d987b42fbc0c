import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerScope } from '../scope.ts';
import { addCreditNote } from '../testing/builders/credit-notes.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
});
afterAll(() => server.close());

const newCustomer = async (values: Parameters<typeof addCustomer>[2] = {}, settings = {}) => {
  const customerId = await addCustomer(server, organisation.id, values);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId, settings) };
};

const november = '?from=2026-11-01&to=2026-11-30&format=csv';

const rowsOf = (answer: Answer): Record<string, string>[] => {
  expect(answer.status, answer.text).toBe(200);
  return parse(answer.text, { columns: true, record_delimiter: '\r\n' });
};

/** `Type Charge Credit Balance` of each line. */
const figuresOf = (answer: Answer): string[] =>
  rowsOf(answer).map((row) => `${row['Type']} ${row['Charge']} ${row['Credit']} ${row['Balance']}`);

const statementOf = async ({ organisationId, customerId }: CustomerScope, query = november): Promise<Answer> => {
  expect(organisationId).toBe(organisation.id);
  return merchant.get(`/customers/${customerId}/statement${query}`);
};

describe('what a statement says', () => {
  it('has the opening balance, what happened, the closing balance, and its age', async () => {
    const { scope, portal } = await newCustomer({ time_zone: 'America/New_York' });
    const old = await addInvoice(server, scope, {
      invoice_number: 'INV-1',
      created_at: '2026-08-01T12:00:00.000Z',
      due_date: '2026-08-31T04:00:00.000Z',
      status: 'partially_paid',
      invoice_total: 50_000,
      paid_amount: 20_000,
      amount_due: 30_000,
    });
    const early = await addPayment(server, scope, {
      timestamp: '2026-09-01T12:00:00.000Z',
      amount: 20_000,
      receipt_number: 'RCT-1',
    });
    await allocate(server, early, old, 20_000);
    const fresh = await addInvoice(server, scope, {
      invoice_number: "INV-'2",
      created_at: '2026-11-02T03:00:00.000Z',
      due_date: '2026-11-23T05:00:00.000Z',
      status: 'partially_paid',
      paid_amount: 8_750,
      amount_due: 250,
    });
    const payment = await addPayment(server, scope, {
      timestamp: '2026-11-10T02:00:00.000Z',
      amount: 10_000,
      amount_refunded: 1_250,
      status: 'partially_refunded',
      receipt_number: 'RCT-2',
      payment_method_details: '{"brand":"visa","last4":"4242"}',
    });
    await allocate(server, payment, fresh, 10_000);
    const refund = await addPayment(server, scope, {
      timestamp: '2026-11-12T15:00:00.000Z',
      type: 'refund',
      amount: 1_250,
      parent_id: payment.id,
      receipt_number: 'RCT-3',
      payment_method: 'other',
    });
    await allocate(server, refund, fresh, 1_250);
    await addCreditNote(server, fresh, {
      amount: 1_000,
      created_at: '2026-11-12T15:00:00.000Z',
      reason: '=Outage, "Virginia";\nregion',
    });
    await addPayment(server, scope, { timestamp: '2026-11-20T15:00:00.000Z', amount: 500, payment_method: 'check' });

    const rows = rowsOf(await portal.get(`/statement?from=2026-10-01&to=2026-11-23&format=csv`));
    const empty = { Currency: 'USD', Number: '', 'Due date': '', Charge: '', Credit: '', Balance: '' };
    expect(rows).toEqual([
      { ...empty, Date: '2026-10-01', Type: 'Opening balance', Description: 'Opening balance', Balance: '300.00' },
      {
        ...empty,
        Date: '2026-11-01',
        Type: 'Invoice',
        Number: "INV-'2",
        Description: 'Invoice',
        'Due date': '2026-11-23',
        Charge: '100.00',
        Balance: '400.00',
      },
      {
        ...empty,
        Date: '2026-11-09',
        Type: 'Payment',
        Number: 'RCT-2',
        Description: "Payment for INV-'2 (Visa ending in 4242)",
        Credit: '100.00',
        Balance: '300.00',
      },
      {
        ...empty,
        Date: '2026-11-12',
        Type: 'Refund',
        Number: 'RCT-3',
        Description: 'Refund of RCT-2',
        Charge: '12.50',
        Balance: '312.50',
      },
      {
        ...empty,
        Date: '2026-11-12',
        Type: 'Credit note',
        Number: 'CN-1',
        Description: 'Credit note for INV-\'2: =Outage, "Virginia";\nregion',
        Credit: '10.00',
        Balance: '302.50',
      },
      {
        ...empty,
        Date: '2026-11-20',
        Type: 'Payment',
        Description: 'Payment on account (Check)',
        Credit: '5.00',
        Balance: '297.50',
      },
      {
        ...empty,
        Date: '2026-11-23',
        Type: 'Closing balance',
        Description: 'Closing balance',
        Charge: '112.50',
        Credit: '115.00',
        Balance: '297.50',
      },
      ...[
        ['Not due yet', '2.50'],
        ['Overdue by 1 to 30 days', '0.00'],
        ['Overdue by 31 to 60 days', '0.00'],
        ['Overdue by 61 to 90 days', '300.00'],
        ['Overdue by more than 90 days', '0.00'],
        ['Received and not applied to an invoice', '-5.00'],
      ].map(([Description, Balance]) => ({ ...empty, Date: '2026-11-23', Type: 'Ageing', Description, Balance })),
    ]);
  });

  it('keeps currencies apart, each with its own decimals', async () => {
    const { scope } = await newCustomer();
    await addInvoice(server, scope, { currency: 'KWD', invoice_total: 1_234_567, amount_due: 1_234_567 });
    await addInvoice(server, scope, { currency: 'JPY', invoice_total: 120_500, amount_due: 120_500 });
    await addPayment(server, scope, { currency_code: 'EUR', amount: 1_205 });
    const rows = rowsOf(await statementOf(scope));
    expect([...new Set(rows.map((row) => row['Currency']))]).toEqual(['EUR', 'JPY', 'KWD']);
    expect(rows.filter((row) => row['Type'] === 'Closing balance').map((row) => row['Balance'])).toEqual([
      '-12.05',
      '120500',
      '1234.567',
    ]);
  });

  it('says nothing of what was never owed or never moved', async () => {
    const { scope } = await newCustomer();
    for (const status of ['draft', 'edited', 'discarded', 'upcoming'] as const) {
      await addCreditNote(server, await addInvoice(server, scope, { status }));
    }
    for (const status of ['failed', 'in_progress', 'voided', 'canceled', 'created'] as const) {
      await addPayment(server, scope, { status });
    }
    await addPayment(server, scope, { type: 'authorization', status: 'success' });
    expect(rowsOf(await statementOf(scope))).toEqual([]);
  });

  it('cancels out what was voided', async () => {
    const { scope } = await newCustomer();
    const zero = { status: 'void', amount_due: 0 } as const;
    await addCreditNote(server, await addInvoice(server, scope, zero), { amount: 10_000 });
    const refunded = await addInvoice(server, scope, zero);
    const payment = await addPayment(server, scope, { amount_refunded: 10_000, status: 'refunded' });
    await allocate(server, payment, refunded, 10_000);
    await allocate(
      server,
      await addPayment(server, scope, { type: 'refund', parent_id: payment.id }),
      refunded,
      10_000,
    );
    await addCreditNote(server, refunded, { amount: 10_000, status: 'paid' });
    const imported = await addInvoice(server, scope, { ...zero, invoice_number: 'OLD-1' });
    await addCreditNote(server, imported, { status: 'void' });
    const rows = rowsOf(await statementOf(scope));
    expect(rows.find((row) => row['Type'] === 'Adjustment')).toMatchObject({
      Description: 'OLD-1 voided',
      Credit: '100.00',
    });
    expect(rows.find((row) => row['Type'] === 'Closing balance')).toMatchObject({
      Charge: '400.00',
      Credit: '400.00',
      Balance: '0.00',
    });
  });

  it('leaves credits out until they pay for an invoice', async () => {
    const { scope } = await newCustomer();
    const credited = await addInvoice(server, scope, { status: 'void', paid_amount: 6_000, amount_due: 0 });
    await allocate(server, await addPayment(server, scope, { amount: 6_000 }), credited, 6_000);
    await addCreditNote(server, credited, { amount: 10_000, credits_returned: 6_000, repayment_method: 'credits' });
    await addInvoice(server, scope, { invoice_number: 'INV-B', applied_balance: 6_000, amount_due: 4_000 });
    const rows = rowsOf(await statementOf(scope));
    expect(rows.find((row) => row['Type'] === 'Credit note')).toMatchObject({
      Description: expect.stringContaining('(60.00 of 100.00 returned as credits)'),
      Credit: '40.00',
    });
    expect(rows.find((row) => row['Type'] === 'Balance applied')).toMatchObject({
      Description: 'Account balance applied to INV-B',
      Credit: '60.00',
    });
    expect(rows.find((row) => row['Type'] === 'Closing balance')).toMatchObject({ Balance: '40.00' });
  });

  it('counts tax withheld as paid and a reversal as owed again', async () => {
    const { scope } = await newCustomer();
    await addInvoice(server, scope);
    await addPayment(server, scope, { type: 'tax_withheld', amount: 1_000, payment_method: 'other' });
    const bounced = await addPayment(server, scope, { amount: 9_000, status: 'refunded', amount_refunded: 9_000 });
    await addPayment(server, scope, {
      type: 'payment_reversal',
      amount: 9_000,
      parent_id: bounced.id,
      timestamp: '2026-11-11T00:00:00.000Z',
    });
    expect(figuresOf(await statementOf(scope)).slice(0, 5)).toEqual([
      'Opening balance   0.00',
      'Invoice 100.00  100.00',
      'Tax withheld  10.00 90.00',
      'Payment  90.00 0.00',
      'Reversal 90.00  90.00',
    ]);
  });

  it('shows nothing of anybody else', async () => {
    const { scope } = await newCustomer();
    const neighbour = await newCustomer();
    const elsewhere = await server.addOrganisation('Elsewhere');
    const foreign = {
      organisationId: elsewhere.id,
      customerId: await addCustomer(server, elsewhere.id, { id: scope.customerId }),
    };
    for (const other of [neighbour.scope, foreign]) {
      await addCreditNote(server, await addInvoice(server, other));
      await addPayment(server, other);
    }
    expect(rowsOf(await statementOf(scope))).toEqual([]);
    expect(rowsOf(await statementOf(neighbour.scope)).length).toBeGreaterThan(0);
  });
});
