import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Payment } from '#contract/merchant-payments.ts';
import type { InvoiceTable } from '../invoices/invoices.table.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment } from '../testing/builders/payments.ts';
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
  customerId = await addCustomer(server, organisation.id);
  await newInvoice({ invoice_total: 90_000, amount_due: 90_000, external_id: 'much' });
});
afterAll(() => server.close());

const newInvoice = (values: Partial<InvoiceTable> = {}) =>
  addInvoice(server, { organisationId: organisation.id, customerId }, values);

const newPayment = async (parts: [InvoiceTable, number][], more: object = {}) => {
  const { status, body } = await merchant.post('/payments', {
    customer_id: customerId,
    amount: 10_000,
    currency_code: 'USD',
    payment_parts: parts.map(([invoice, amount]) => ({ invoice_id: invoice.id, amount })),
    ...more,
  });
  expect(status).toBe(200);
  return body as unknown as Payment;
};

const stateOf = async ({ id }: InvoiceTable) => {
  const row = await server.db.selectFrom('invoice').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return `${row.status} ${row.paid_amount}/${row.amount_due}`;
};

const patch = ({ id }: { id: string }, change: object) => merchant.patch(`/payments/${id}`, change);

describe('PATCH /payments/{id}', () => {
  it('moves the money to other invoices', async () => {
    const [first, second] = [await newInvoice(), await newInvoice({ external_id: 'moved-to' })];
    const payment = await newPayment([[first, 10_000]]);
    const { status, body } = await patch(payment, {
      payment_parts: [
        { invoice_id: first.id, amount: 2_500 },
        { invoice_external_id: 'moved-to', amount: 7_500 },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ invoices: [{ amount: 2_500 }, { amount: 7_500, invoice_external_id: 'moved-to' }] });
    expect([await stateOf(first), await stateOf(second)]).toEqual([
      'partially_paid 2500/7500',
      'partially_paid 7500/2500',
    ]);
    expect((await patch(payment, { payment_parts: [] })).body['invoices']).toEqual([]);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['approved 0/10000', 'approved 0/10000']);
  });

  it('lets a part grow by what the invoice still owes, and no more', async () => {
    const invoice = await newInvoice();
    await newPayment([[invoice, 3_000]]);
    const payment = await newPayment([[invoice, 2_000]]);
    const grow = (amount: number) => patch(payment, { payment_parts: [{ invoice_id: invoice.id, amount }] });
    const { status, body } = await grow(7_001);
    expect([status, body['detail']]).toMatchObject([422, [{ loc: ['body', 'payment_parts', 0, 'amount'] }]]);
    expect((await grow(7_000)).status).toBe(200);
    expect(await stateOf(invoice)).toBe('paid 10000/0');
    expect((await grow(7_000)).status).toBe(200);
    expect((await grow(1)).status).toBe(200);
    expect(await stateOf(invoice)).toBe('partially_paid 3001/6999');
  });

  it('refuses an invoice twice, even where the payment has it already', async () => {
    const invoice = await newInvoice();
    const payment = await newPayment([[invoice, 4_000]]);
    const part = { invoice_id: invoice.id, amount: 4_000 };
    expect((await patch(payment, { payment_parts: [part, part] })).status).toBe(422);
    expect(await stateOf(invoice)).toBe('partially_paid 4000/6000');
  });

  it.each([
    ['in_progress', 'success', 'paid 10000/0'],
    ['in_progress', 'failed', 'approved 0/10000'],
    ['success', 'failed', 'approved 0/10000'],
    ['success', 'voided', 'approved 0/10000'],
    ['success', 'in_progress', 'approved 0/10000'],
    ['failed', 'success', 'paid 10000/0'],
  ])('a payment that goes from %s to %s leaves its invoice %s', async (from, to, expected) => {
    const invoice = await newInvoice();
    const payment = await newPayment([[invoice, 10_000]], { status: from });
    const { status, body } = await patch(payment, { status: to, failure_message: 'The cheque bounced' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: to, failure_message: 'The cheque bounced', invoices: [{ amount: 10_000 }] });
    expect(body['receipt_number'] === null).toBe(from !== 'success' && to !== 'success');
    expect(await stateOf(invoice)).toBe(expected);
  });

  it('writes down that money was taken back', async () => {
    const payment = await newPayment([]);
    await patch(payment, { status: 'failed' });
    const [entry] = await server.db
      .selectFrom('audit_event')
      .selectAll()
      .where('action', '=', 'payment.taken_back')
      .where('detail', 'like', `%${payment.id}%`)
      .execute();
    expect(entry).toMatchObject({ actor_type: 'api_key', customer_id: customerId });
  });

  it('wants parts anew for money that comes when the invoice has been paid otherwise', async () => {
    const invoice = await newInvoice();
    const pending = await newPayment([[invoice, 10_000]], { status: 'pending_charge' });
    await newPayment([[invoice, 4_000]]);
    const { status, body } = await patch(pending, { status: 'success' });
    expect([status, body['detail']]).toMatchObject([422, [{ loc: ['body', 'status'], type: 'too_big' }]]);
    expect((await merchant.get(`/payments/${pending.id}`)).body['status']).toBe('pending_charge');
    const parts = [{ invoice_id: invoice.id, amount: 6_000 }];
    expect((await patch(pending, { status: 'success', payment_parts: parts })).status).toBe(200);
    expect(await stateOf(invoice)).toBe('paid 10000/0');
  });

  it('changes what the merchant says of a payment, and clears it by null', async () => {
    const payment = await newPayment([], { external_id: 'said', description: 'Cheque', receipt_number: 'R-1' });
    const change = {
      external_id: "said'2",
      description: 'Two\nlines',
      receipt_number: 'R-2',
      payment_method: 'cash',
      payment_method_details: { last4: '4242' },
    };
    server.clock.advance(1_000);
    const changed = await patch(payment, change);
    const details = { brand: null, last4: '4242', bank_name: null };
    expect(changed.body).toMatchObject({ ...change, payment_method_details: details, amount: 10_000 });
    expect(changed.body['updated_at']).not.toBe(payment.updated_at);
    const cleared = { external_id: null, description: null, receipt_number: null, payment_method_details: null };
    expect((await patch(payment, cleared)).body).toMatchObject({
      external_id: null,
      description: null,
      payment_method_details: { brand: null, last4: null, bank_name: null },
    });
  });

  it('leaves a payment alone that is as wanted', async () => {
    const invoice = await newInvoice();
    const payment = await newPayment([[invoice, 10_000]]);
    server.clock.advance(1_000);
    const same = { status: 'success', payment_parts: [{ invoice_id: invoice.id, amount: 10_000 }], description: null };
    expect((await patch(payment, same)).body).toEqual(payment);
    expect((await patch(payment, {})).body).toEqual(payment);
  });

  it.each<[string, object, (string | number)[]]>([
    ['an amount', { amount: 1 }, ['body', 'amount']],
    ['a customer', { customer_id: crypto.randomUUID() }, ['body', 'customer_id']],
    ['an unknown status', { status: 'lost' }, ['body', 'status']],
    ['a status that follows from refunds', { status: 'refunded' }, ['body', 'status']],
    [
      'more than the amount',
      { payment_parts: [{ invoice_external_id: 'much', amount: 10_001 }] },
      ['body', 'payment_parts'],
    ],
  ])('answers 422 to %s', async (_, change, loc) => {
    const payment = await newPayment([]);
    const { status, body } = await patch(payment, change);
    expect([status, body['detail']]).toMatchObject([422, [{ loc }]]);
    expect((await merchant.get(`/payments/${payment.id}`)).body).toEqual(payment);
  });

  it('answers 409 to an external id of another payment', async () => {
    await newPayment([], { external_id: 'held' });
    const { status, body } = await patch(await newPayment([]), { external_id: 'held' });
    expect([status, body['code']]).toEqual([409, 'external_id_taken']);
  });

  it("answers 404 to another organisation's payment", async () => {
    const foreign = await server.addOrganisation();
    const scope = { organisationId: foreign.id, customerId: await addCustomer(server, foreign.id) };
    const payment = await addPayment(server, scope);
    for (const answer of [await patch(payment, { description: 'x' }), await patch({ id: crypto.randomUUID() }, {})]) {
      expect([answer.status, answer.body['code']]).toEqual([404, 'payment_not_found']);
    }
  });
});

describe('DELETE /payments/{id}', () => {
  it('deletes a payment, lets its invoice be owed again, and writes it down', async () => {
    const invoice = await newInvoice();
    const payment = await newPayment([[invoice, 10_000]]);
    expect(await stateOf(invoice)).toBe('paid 10000/0');
    const { status, body } = await merchant.delete(`/payments/${payment.id}`);
    expect([status, body]).toEqual([200, payment]);
    expect(await stateOf(invoice)).toBe('approved 0/10000');
    expect((await merchant.get(`/payments/${payment.id}`)).status).toBe(404);
    expect((await merchant.delete(`/payments/${payment.id}`)).status).toBe(404);
    const entries = await server.db
      .selectFrom('audit_event')
      .select('detail')
      .where('action', '=', 'payment.deleted')
      .execute();
    expect(entries.map(({ detail }) => detail).join()).toContain(payment.id);
  });

  it('answers 409 to a payment of a connector, one that was refunded, and a refund', async () => {
    const charged = await newPayment([], { connector_name: 'stripe', connector_id: 'pi_1' });
    const refunded = await newPayment([]);
    const { body: refund } = await merchant.post(`/payments/${refunded.id}/refund`, {
      refund_amount: 1,
      refund_destination: 'external',
      writeoff_invoices: false,
    });
    for (const id of [charged.id, refunded.id, String(refund['id'])]) {
      const { status, body } = await merchant.delete(`/payments/${id}`);
      expect([status, body['code']]).toEqual([409, 'payment_state_invalid']);
      expect((await merchant.get(`/payments/${id}`)).status).toBe(200);
    }
  });

  it("answers 404 to another organisation's payment", async () => {
    const foreign = await server.addOrganisation();
    const scope = { organisationId: foreign.id, customerId: await addCustomer(server, foreign.id) };
    const { id } = await addPayment(server, scope);
    expect((await merchant.delete(`/payments/${id}`)).body['code']).toBe('payment_not_found');
    expect((await merchantClient(server, foreign).get(`/payments/${id}`)).status).toBe(200);
  });
});
