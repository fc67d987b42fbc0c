import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerScope } from '../scope.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
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

const newCustomer = async (values: Parameters<typeof addCustomer>[2] = {}) => {
  const customerId = await addCustomer(server, organisation.id, values);
  return { scope: { organisationId: organisation.id, customerId } };
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

describe('the age of what is open', () => {
  it('ages what is open by whole days after the due day', async () => {
    const { scope } = await newCustomer({ time_zone: 'Asia/Tokyo' });
    const due = async (due_date: string | null, amount_due: number) =>
      addInvoice(server, scope, {
        created_at: '2026-01-01T00:00:00.000Z',
        due_date,
        invoice_total: amount_due,
        amount_due,
      });
    const daysBefore = (days: number) =>
      new Date(Date.parse('2026-10-31T00:00:00+09:00') - days * 86_400_000).toISOString();
    for (const [days, amount] of [
      [-1, 1],
      [0, 2],
      [1, 10],
      [30, 20],
      [31, 100],
      [60, 200],
      [61, 1_000],
      [90, 2_000],
      [91, 10_000],
      [4_000, 20_000],
    ] as const) {
      await due(daysBefore(days), amount);
    }
    await due(null, 4);
    const rows = rowsOf(await statementOf(scope, '?from=2026-10-01&to=2026-10-31&format=csv'));
    expect(rows.filter((row) => row['Type'] === 'Ageing').map((row) => row['Balance'])).toEqual([
      '0.07',
      '0.30',
      '3.00',
      '30.00',
      '300.00',
      '0.00',
    ]);
  });

  it('ages what was open then, not what is open now', async () => {
    const { scope } = await newCustomer();
    const invoice = await addInvoice(server, scope, {
      created_at: '2026-06-01T00:00:00.000Z',
      due_date: '2026-06-30T00:00:00.000Z',
      status: 'paid',
      paid_amount: 10_000,
      amount_due: 0,
    });
    const payment = await addPayment(server, scope, { timestamp: '2026-09-15T00:00:00.000Z' });
    await allocate(server, payment, invoice, 10_000);
    expect(figuresOf(await statementOf(scope, '?from=2026-09-01&to=2026-09-14&format=csv'))).toEqual([
      'Opening balance   100.00',
      'Closing balance 0.00 0.00 100.00',
      'Ageing   0.00',
      'Ageing   0.00',
      'Ageing   0.00',
      'Ageing   100.00',
      'Ageing   0.00',
      'Ageing   0.00',
    ]);
    expect(rowsOf(await statementOf(scope))).toEqual([]);
  });
});
