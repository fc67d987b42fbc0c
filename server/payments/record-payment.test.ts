import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  customerId = await addCustomer(server, organisation.id, { external_id: "o'hara", email: 'ap@ohara.example' });
});
afterAll(() => server.close());

const newInvoice = (values: Partial<InvoiceTable> = {}) =>
  addInvoice(server, { organisationId: organisation.id, customerId }, values);

const invoiceState = async (id: string) =>
  server.db
    .selectFrom('invoice')
    .select(['status', 'paid_amount', 'amount_due', 'paid_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const usd = (amount: number) => ({ customer_id: customerId, amount, currency_code: 'USD' });

const countPayments = async () =>
  Number(
    (
      await server.db
        .selectFrom('payment')
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
    ).count,
  );

describe('POST /payments', () => {
  it('answers 401 without a key', async () => {
    const { status, body } = await server.request('POST', '/payments', { body: usd(100) });
    expect([status, body['code']]).toEqual([401, 'api_key_invalid']);
  });

  it('lets the invoice of a deleted customer be paid, and takes nothing else for one', async () => {
    const gone = await addCustomer(server, organisation.id);
    const invoice = await addInvoice(server, { organisationId: organisation.id, customerId: gone });
    await merchant.delete(`/customers/${gone}`);
    const payment = { ...usd(10_000), customer_id: gone };
    const refused = await merchant.post('/payments', payment);
    expect(refused.body).toMatchObject({ code: 'request_invalid', detail: [{ loc: ['body', 'customer_id'] }] });
    const paid = await merchant.post('/payments', {
      ...payment,
      payment_parts: [{ invoice_id: invoice.id, amount: 10_000 }],
    });
    expect(paid.status).toBe(200);
    expect(await invoiceState(invoice.id)).toMatchObject({ status: 'paid', amount_due: 0 });
  });

  it('records a payment of two invoices, and settles both', async () => {
    const first = await newInvoice({ external_id: 'inv-first' });
    const second = await newInvoice();
    const { status, body } = await merchant.post('/payments', {
      customer_external_id: "o'hara",
      amount: 14_000,
      currency_code: 'usd',
      payment_method: 'check',
      payment_method_details: { bank_name: 'Bank of O’Hara' },
      external_id: 'pay-1',
      timestamp: '2026-11-20T08:00:00',
      description: "Cheque 17, O'Hara",
      payment_parts: [
        { invoice_external_id: 'inv-first', amount: 10_000 },
        { invoice_id: second.id, amount: 3_000 },
      ],
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      organisation_id: organisation.id,
      external_id: 'pay-1',
      type: 'payment',
      status: 'success',
      amount: 14_000,
      amount_refunded: 0,
      currency_code: 'USD',
      customer_id: customerId,
      customer_external_id: "o'hara",
      customer_name: "O'Hara & Sons",
      customer_email: 'ap@ohara.example',
      connector_id: null,
      connector_name: null,
      payment_method: 'check',
      payment_method_details: { brand: null, last4: null, bank_name: 'Bank of O’Hara' },
      parent_id: null,
      parent_external_id: null,
      refund_destination: null,
      invoices: [
        { id: first.id, external_id: 'inv-first', status: 'paid', amount: 10_000, number: first.invoice_number },
        { id: second.id, external_id: null, status: 'partially_paid', amount: 3_000, number: second.invoice_number },
      ].map(({ id, external_id, status: invoiceStatus, amount, number }) => ({
        invoice_id: id,
        invoice_external_id: external_id,
        payment_id: body['id'],
        amount,
        amount_refunded: 0,
        currency_code: 'USD',
        invoice_number: number,
        status: invoiceStatus,
        invoice_total: 10_000,
        created_at: '2026-11-01T00:00:00.000Z',
      })),
      timestamp: '2026-11-20T08:00:00.000Z',
      transactions: [],
      receipt_number: expect.stringMatching(/^RCT-\d{6}$/),
      description: "Cheque 17, O'Hara",
      failure_message: null,
      created_at: '2026-11-23T12:00:00.000Z',
      updated_at: '2026-11-23T12:00:00.000Z',
    });
    expect(await invoiceState(first.id)).toEqual({
      status: 'paid',
      paid_amount: 10_000,
      amount_due: 0,
      paid_at: '2026-11-23T12:00:00.000Z',
    });
    expect(await invoiceState(second.id)).toMatchObject({ status: 'partially_paid', amount_due: 7_000, paid_at: null });
    expect((await merchant.get(`/payments/${String(body['id'])}`)).body).toEqual(body);
  });

  it('leaves money unallocated that no part takes', async () => {
    const { status, body } = await merchant.post('/payments', usd(5_000));
    expect(status).toBe(200);
    expect(body).toMatchObject({ payment_method: 'other', status: 'success', invoices: [], external_id: null });
    expect(body['timestamp']).toBe('2026-11-23T12:00:00.000Z');
  });

  it.each([
    'in_progress',
    'requires_action',
    'pending_charge',
    'authorized',
    'created',
    'voided',
    'failed',
    'canceled',
  ])('settles nothing while a payment is %s', async (status) => {
    const invoice = await newInvoice();
    const parts = [{ invoice_id: invoice.id, amount: 10_000 }];
    const { body } = await merchant.post('/payments', { ...usd(10_000), status, payment_parts: parts });
    expect(body).toMatchObject({ status, receipt_number: null, invoices: [{ amount: 10_000, status: 'approved' }] });
    expect(await invoiceState(invoice.id)).toMatchObject({ status: 'approved', paid_amount: 0, amount_due: 10_000 });
  });

  it('settles nothing by an authorization, but by tax that the customer withheld', async () => {
    const invoice = await newInvoice();
    const post = (type: string, amount: number) =>
      merchant.post('/payments', { ...usd(amount), type, payment_parts: [{ invoice_id: invoice.id, amount }] });
    expect((await post('authorization', 10_000)).body).toMatchObject({ status: 'authorized', receipt_number: null });
    expect(await invoiceState(invoice.id)).toMatchObject({ status: 'approved' });
    expect((await post('tax_withheld', 1_000)).body).toMatchObject({ status: 'success' });
    expect(await invoiceState(invoice.id)).toMatchObject({ status: 'partially_paid', amount_due: 9_000 });
  });

  it.each([
    ['JPY', 10_000, 1],
    ['KWD', 12_345, 12_344],
  ])('takes whole minor units of %s', async (currency, total, amount) => {
    const invoice = await newInvoice({ currency, invoice_total: total, amount_due: total });
    const { status } = await merchant.post('/payments', {
      customer_id: customerId,
      amount,
      currency_code: currency,
      payment_parts: [{ invoice_id: invoice.id, amount }],
    });
    expect(status).toBe(200);
    expect(await invoiceState(invoice.id)).toMatchObject({ paid_amount: amount, amount_due: total - amount });
  });

  it.each<[string, object, (string | number)[]]>([
    ['an unknown field', { invoice_id: 'x' }, ['body', 'invoice_id']],
    ['no amount', { amount: undefined }, ['body', 'amount']],
    ['nothing', { amount: 0 }, ['body', 'amount']],
    ['part of a cent', { amount: 10.5 }, ['body', 'amount']],
    ['an amount as text', { amount: '100' }, ['body', 'amount']],
    ['no currency', { currency_code: 'XYZ' }, ['body', 'currency_code']],
    ['no customer', { customer_id: undefined }, ['body', 'customer_id']],
    ['two customers', { customer_external_id: "o'hara" }, ['body', 'customer_id']],
    ['a customer that is not there', { customer_id: crypto.randomUUID() }, ['body', 'customer_id']],
    ['an unknown method', { payment_method: 'shells' }, ['body', 'payment_method']],
    ['a refund', { type: 'refund' }, ['body', 'type']],
    ['a reversal', { type: 'payment_reversal' }, ['body', 'type']],
    ['a payment that was refunded', { status: 'refunded' }, ['body', 'status']],
    ['a line break in a receipt number', { receipt_number: 'R\n1' }, ['body', 'receipt_number']],
  ])('answers 422 to %s', async (_, change, loc) => {
    const before = await countPayments();
    const { status, body } = await merchant.post('/payments', { ...usd(10_000), ...change });
    expect(status).toBe(422);
    expect((body['detail'] as { loc: unknown }[])[0]?.loc).toEqual(loc);
    expect(await countPayments()).toBe(before);
  });

  it('leads to the refund of a payment', async () => {
    const { text } = await merchant.post('/payments', { ...usd(100), type: 'refund' });
    expect(text).toContain('POST /payments/{id}/refund');
  });

  it('answers 409 to an external id that is taken, in this organisation only', async () => {
    await merchant.post('/payments', { ...usd(100), external_id: "twice'" });
    const { status, body } = await merchant.post('/payments', { ...usd(100), external_id: "twice'" });
    expect([status, body['code']]).toEqual([409, 'external_id_taken']);
    const other = await server.addOrganisation('Eastwind');
    const otherCustomer = await addCustomer(server, other.id);
    const payment = { customer_id: otherCustomer, amount: 100, currency_code: 'USD', external_id: "twice'" };
    expect((await merchantClient(server, other).post('/payments', payment)).status).toBe(200);
  });

  it('applies no more than is due when payments come at the same time', async () => {
    const invoice = await newInvoice();
    const payment = { ...usd(6_000), payment_parts: [{ invoice_id: invoice.id, amount: 6_000 }] };
    const answers = await Promise.all([1, 2, 3].map(() => merchant.post('/payments', payment)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422]);
    expect(await invoiceState(invoice.id)).toMatchObject({ paid_amount: 6_000, amount_due: 4_000 });
  });

  it('records a payment once for one Idempotency-Key', async () => {
    const invoice = await newInvoice();
    const payment = { ...usd(4_000), payment_parts: [{ invoice_id: invoice.id, amount: 4_000 }] };
    const answers: Payment[] = [];
    for (let call = 0; call < 2; call += 1) {
      const { body } = await merchant.post('/payments', payment, { 'idempotency-key': 'pay-once' });
      answers.push(body as unknown as Payment);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(await invoiceState(invoice.id)).toMatchObject({ amount_due: 6_000 });
  });
});
