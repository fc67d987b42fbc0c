import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResult } from '#contract/bulk.ts';
import type { Payment } from '#contract/merchant-payments.ts';
import type { InvoiceTable } from '../invoices/invoices.table.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;
let customerId: string;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  customerId = await addCustomer(server, organisation.id, { external_id: "o'hara" });
});
afterAll(() => server.close());

const newInvoice = (values: Partial<InvoiceTable> = {}) =>
  addInvoice(server, { organisationId: organisation.id, customerId }, values);

const payment = (externalId: string, amount: number, parts: [string, number][] = [], more: object = {}) => ({
  external_id: externalId,
  customer_external_id: "o'hara",
  amount,
  currency_code: 'USD',
  timestamp: '2026-11-20T00:00:00.000Z',
  payment_parts: parts.map(([invoice, part]) => ({ invoice_external_id: invoice, amount: part })),
  ...more,
});

const refund = (externalId: string, parent: string, amount: number, more: object = {}) => ({
  type: 'refund',
  external_id: externalId,
  parent_external_id: parent,
  amount,
  refund_destination: 'external',
  writeoff_invoices: false,
  ...more,
});

const put = async (records: object[]): Promise<BulkResult[]> => {
  const { status, text } = await server.request('PUT', '/payments/bulk', {
    headers: { ...merchant.headers, 'content-type': 'application/x-ndjson' },
    body: records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  });
  expect(status, text).toBe(200);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BulkResult);
};

const statuses = async (records: object[]) => (await put(records)).map(({ status, error }) => error?.code ?? status);

const stateOf = async ({ id }: InvoiceTable) => {
  const row = await server.db.selectFrom('invoice').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return `${row.status} ${row.paid_amount}/${row.amount_due}`;
};

const find = async (externalId: string) => {
  const { body } = await merchant.get(`/payments?external_id=${externalId}`);
  return (body as unknown as { results: Payment[] }).results[0];
};

describe('PUT /payments/bulk', () => {
  it('records payments of many invoices, and leaves them alone when they are sent again', async () => {
    const invoices = [await newInvoice({ external_id: 'a-1' }), await newInvoice({ external_id: 'a-2' })];
    const records = [
      payment('many-1', 10_000, [['a-1', 10_000]]),
      payment('many-2', 5_000, [['a-2', 4_000]], { payment_method: 'check', payment_method_details: { last4: '17' } }),
      payment('many-3', 700, [], { status: 'failed', failure_message: 'Declined' }),
    ];
    const results = await put(records);
    expect(results.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
    expect(await find('many-1')).toMatchObject({
      id: results[0]?.id,
      status: 'success',
      invoices: [{ amount: 10_000 }],
    });
    expect((await find('many-2'))?.receipt_number).toMatch(/^RCT-/);
    expect((await find('many-3'))?.receipt_number).toBeNull();
    expect([await stateOf(invoices[0] as InvoiceTable), await stateOf(invoices[1] as InvoiceTable)]).toEqual([
      'paid 10000/0',
      'partially_paid 4000/6000',
    ]);
    const before = await find('many-2');
    server.clock.advance(1_000);
    const again = await put(records);
    expect(again.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(again.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
    expect(await find('many-2')).toEqual(before);
  });

  it('never applies more to an invoice than it owes, record by record', async () => {
    const invoice = await newInvoice({ external_id: 'b-1' });
    const results = await put([
      payment('due-1', 6_000, [['b-1', 6_000]]),
      payment('due-2', 6_000, [['b-1', 6_000]]),
      payment('due-3', 4_000, [['b-1', 4_000]]),
      payment('due-4', 1, [['b-1', 1]]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['created', 'failed', 'created', 'failed']);
    expect(results[1]?.error).toMatchObject({
      code: 'request_invalid',
      retryable: false,
      detail: [{ loc: ['body', 'payment_parts', 0, 'amount'], type: 'too_big' }],
    });
    expect(await stateOf(invoice)).toBe('paid 10000/0');
    expect(await find('due-2')).toBeUndefined();
  });

  it('sees in a second record of the same payment what the first has done', async () => {
    const invoice = await newInvoice({ external_id: 'c-1' });
    const pending = payment('twice', 10_000, [['c-1', 10_000]], { status: 'in_progress' });
    const other = payment('meanwhile', 10_000, [['c-1', 10_000]]);
    const late = payment('too-late', 1, [['c-1', 1]]);
    expect(await statuses([pending, pending, { ...pending, status: 'success' }, other])).toEqual([
      'created',
      'unchanged',
      'updated',
      'request_invalid',
    ]);
    expect(await stateOf(invoice)).toBe('paid 10000/0');
    expect(await statuses([late, { ...pending, status: 'failed' }, other, late])).toEqual([
      'request_invalid',
      'updated',
      'created',
      'request_invalid',
    ]);
    expect(await stateOf(invoice)).toBe('paid 10000/0');
    expect((await find('twice'))?.status).toBe('failed');
  });

  it('moves parts of a payment that is there', async () => {
    const [first, second] = [await newInvoice({ external_id: 'd-1' }), await newInvoice({ external_id: 'd-2' })];
    await put([payment('moves', 10_000, [['d-1', 10_000]])]);
    const { payment_parts: _, ...unsaid } = payment('moves', 10_000);
    expect(await statuses([{ ...unsaid, description: 'Same parts' }])).toEqual(['updated']);
    expect(await stateOf(first)).toBe('paid 10000/0');
    expect(await statuses([payment('moves', 10_000, [['d-2', 9_000]])])).toEqual(['updated']);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['approved 0/10000', 'partially_paid 9000/1000']);
  });

  it('books refunds, of payments before them in the stream too, and once', async () => {
    const invoice = await newInvoice({ external_id: 'e-1' });
    const records = [
      payment('back-1', 10_000, [['e-1', 10_000]]),
      refund('back-1-r1', 'back-1', 2_000, { payment_parts: [{ invoice_external_id: 'e-1', amount: 2_000 }] }),
      refund('back-1-r2', 'back-1', 3_000, { writeoff_invoices: true, timestamp: '2026-11-21' }),
      payment('back-2', 2_000, [['e-1', 2_000]]),
    ];
    expect(await statuses(records)).toEqual(['created', 'created', 'created', 'created']);
    expect(await stateOf(invoice)).toBe('paid 7000/0');
    expect(await find('back-1')).toMatchObject({ status: 'partially_refunded', amount_refunded: 5_000 });
    expect(await find('back-1-r2')).toMatchObject({
      type: 'refund',
      parent_external_id: 'back-1',
      timestamp: '2026-11-21T00:00:00.000Z',
    });
    expect(await statuses(records)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(await stateOf(invoice)).toBe('paid 7000/0');
    expect(await statuses([refund('back-1-r3', 'back-1', 5_001), refund('back-1-r3', 'back-1', 5_000)])).toEqual([
      'request_invalid',
      'created',
    ]);
    expect((await find('back-1'))?.status).toBe('refunded');
  });

  it('answers the parent in both references, and refuses one that is not there', async () => {
    const [created] = await put([payment('by-id', 500)]);
    const { parent_external_id: _, ...byId } = refund('by-id-r', '', 200);
    expect(
      await statuses([
        { ...byId, parent_id: created?.id },
        { ...byId, parent_id: created?.id },
      ]),
    ).toEqual(['created', 'unchanged']);
    const [refused] = await put([refund('orphan', 'nobody', 200)]);
    expect(refused?.error?.detail).toMatchObject([{ loc: ['body', 'parent_external_id'], type: 'reference_unknown' }]);
  });

  it.each<[string, object, string]>([
    ['another amount', { amount: 901 }, 'amount'],
    ['another currency', { currency_code: 'EUR' }, 'currency_code'],
    ['another type', { type: 'tax_withheld' }, 'type'],
    ['another time', { timestamp: '2026-11-19' }, 'timestamp'],
    ['another connector', { connector_name: 'stripe' }, 'connector_name'],
  ])('refuses %s for a payment that is there', async (_, change, field) => {
    await put([payment('stays', 900)]);
    const [result] = await put([{ ...payment('stays', 900), ...change }]);
    expect(result?.error).toMatchObject({ code: 'payment_state_invalid', detail: [{ loc: ['body', field] }] });
  });

  it('refuses a refund under the id of a payment, and a payment under that of a refund', async () => {
    await put([payment('one', 900), refund('one-r', 'one', 100)]);
    expect(await statuses([refund('one', 'one', 900), payment('one-r', 100), refund('one-r', 'one', 101)])).toEqual([
      'payment_state_invalid',
      'payment_state_invalid',
      'payment_state_invalid',
    ]);
  });

  it("knows nothing of another organisation's customers, invoices and payments", async () => {
    await put([payment('mine', 900)]);
    await newInvoice({ external_id: 'mine-1' });
    const other = await server.addOrganisation();
    const foreign = merchantClient(server, other);
    const ownCustomer = await addCustomer(server, other.id);
    const records = [
      payment('theirs-1', 900),
      { ...payment('theirs-2', 900, [['mine-1', 1]]), customer_external_id: undefined, customer_id: ownCustomer },
      refund('theirs-3', 'mine', 1),
    ];
    const { text } = await server.request('PUT', '/payments/bulk', {
      headers: { ...foreign.headers, 'content-type': 'application/x-ndjson' },
      body: records.map((record) => JSON.stringify(record)).join('\n'),
    });
    const details = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as BulkResult).error?.detail[0]?.type);
    expect(details).toEqual(['reference_unknown', 'reference_unknown', 'reference_unknown']);
  });
});
