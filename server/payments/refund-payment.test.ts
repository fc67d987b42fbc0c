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
});
afterAll(() => server.close());

const newInvoice = (values: Partial<InvoiceTable> = {}) =>
  addInvoice(server, { organisationId: organisation.id, customerId }, values);

const pay = async (parts: [InvoiceTable, number][], more: object = {}) => {
  const { status, body } = await merchant.post('/payments', {
    customer_id: customerId,
    amount: 10_000,
    currency_code: 'USD',
    payment_method: 'card',
    payment_parts: parts.map(([invoice, amount]) => ({ invoice_id: invoice.id, amount })),
    ...more,
  });
  expect(status).toBe(200);
  return body as unknown as Payment;
};

const external = { refund_destination: 'external', writeoff_invoices: false };

const refund = ({ id }: { id: string }, change: object = {}) =>
  merchant.post(`/payments/${id}/refund`, { ...external, ...change });

const stateOf = async ({ id }: InvoiceTable) => {
  const row = await server.db.selectFrom('invoice').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  return `${row.status} ${row.paid_amount}/${row.amount_due}`;
};

const creditNotesOf = ({ id }: InvoiceTable) =>
  server.db
    .selectFrom('credit_note')
    .select(['amount', 'status', 'repayment_method', 'credits_returned'])
    .where('invoice_id', '=', id)
    .execute();

const amountsOf = async ({ id }: { id: string }) => {
  const { invoices } = (await merchant.get(`/payments/${id}`)).body as unknown as Payment;
  return invoices.map((part) => part.amount_refunded);
};

describe('POST /payments/{id}/refund', () => {
  it('gives back all that is left, and lets the invoice be owed again', async () => {
    const invoice = await newInvoice();
    const payment = await pay([[invoice, 10_000]], { payment_method_details: { last4: '4242' } });
    const { status, body } = await refund(payment, {
      refund_destination: 'original_payment_method',
      description: "O'Hara changed their mind",
      external_id: 'refund-1',
      timestamp: '2026-11-22',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: 'refund',
      status: 'success',
      amount: 10_000,
      amount_refunded: 0,
      currency_code: 'USD',
      parent_id: payment.id,
      external_id: 'refund-1',
      payment_method: 'card',
      payment_method_details: { last4: '4242' },
      refund_destination: 'original_payment_method',
      description: "O'Hara changed their mind",
      timestamp: '2026-11-22T00:00:00.000Z',
      invoices: [{ invoice_id: invoice.id, amount: 10_000, payment_id: body['id'], status: 'approved' }],
    });
    expect(body['receipt_number']).toMatch(/^RCT-/);
    expect(body['receipt_number']).not.toBe(payment.receipt_number);
    expect((await merchant.get(`/payments/${payment.id}`)).body).toMatchObject({
      status: 'refunded',
      amount_refunded: 10_000,
      invoices: [{ amount: 10_000, amount_refunded: 10_000 }],
    });
    expect(await stateOf(invoice)).toBe('approved 0/10000');
    expect(await creditNotesOf(invoice)).toEqual([]);
  });

  it.each([
    ['original_payment_method', 'original_payment_method', 'card'],
    ['credits', 'credits', 'credits'],
    ['external', 'external_payment', 'other'],
  ])('writes invoices off by credit notes: %s', async (destination, repaymentMethod, method) => {
    const [first, second] = [await newInvoice(), await newInvoice()];
    const payment = await pay([
      [first, 6_000],
      [second, 4_000],
    ]);
    const { body } = await refund(payment, { refund_destination: destination, writeoff_invoices: true });
    expect(body['payment_method']).toBe(method);
    const written = { status: 'paid', repayment_method: repaymentMethod, credits_returned: 0 };
    expect(await creditNotesOf(first)).toEqual([{ amount: 6_000, ...written }]);
    expect(await creditNotesOf(second)).toEqual([{ amount: 4_000, ...written }]);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['approved 0/4000', 'approved 0/6000']);
  });

  it('leaves a paid invoice paid, and at last void, when its refunds are written off', async () => {
    const invoice = await newInvoice();
    const payment = await pay([[invoice, 10_000]]);
    await refund(payment, { refund_amount: 2_500, writeoff_invoices: true });
    expect(await stateOf(invoice)).toBe('paid 7500/0');
    await refund(payment, { writeoff_invoices: true });
    expect(await stateOf(invoice)).toBe('void 0/0');
    expect((await merchant.get(`/payments/${payment.id}`)).body['status']).toBe('refunded');
  });

  it('takes unallocated money first, then the newest invoice', async () => {
    const older = await newInvoice({ created_at: '2026-10-01T00:00:00.000Z' });
    const newer = await newInvoice({ created_at: '2026-11-01T00:00:00.000Z' });
    const payment = await pay([
      [older, 4_000],
      [newer, 4_000],
    ]);
    await refund(payment, { refund_amount: 1_500 });
    expect(await amountsOf(payment)).toEqual([0, 0]);
    expect((await refund(payment, { refund_amount: 1_500 })).body).toMatchObject({
      invoices: [{ invoice_id: newer.id, amount: 1_000 }],
    });
    expect(await amountsOf(payment)).toEqual([0, 1_000]);
    await refund(payment, { refund_amount: 4_000 });
    expect(await amountsOf(payment)).toEqual([1_000, 4_000]);
    expect((await refund(payment, { refund_amount: 3_001 })).status).toBe(422);
    expect((await refund(payment)).body['amount']).toBe(3_000);
    expect([await stateOf(older), await stateOf(newer)]).toEqual(['approved 0/10000', 'approved 0/10000']);
  });

  it('takes the parts that are named, and the rest as it comes', async () => {
    const older = await newInvoice({ created_at: '2026-10-01T00:00:00.000Z', external_id: 'older' });
    const newer = await newInvoice();
    const payment = await pay([
      [older, 5_000],
      [newer, 5_000],
    ]);
    const named = [{ invoice_external_id: 'older', amount: 2_000 }];
    await refund(payment, { refund_amount: 2_000, refund_payment_part_amounts: named });
    expect(await amountsOf(payment)).toEqual([2_000, 0]);
    await refund(payment, { refund_amount: 3_000, refund_payment_part_amounts: named });
    expect(await amountsOf(payment)).toEqual([4_000, 1_000]);
  });

  it.each<[string, (invoice: InvoiceTable) => object, (string | number)[]]>([
    ['nothing', () => ({ refund_amount: 0 }), ['refund_amount']],
    ['more than is left', () => ({ refund_amount: 10_001 }), ['refund_amount']],
    ['no destination', () => ({ refund_destination: undefined }), ['refund_destination']],
    ['an unknown destination', () => ({ refund_destination: 'moon' }), ['refund_destination']],
    ['no word on the invoices', () => ({ writeoff_invoices: undefined }), ['writeoff_invoices']],
    [
      'a part that the payment does not have',
      () => ({ refund_payment_part_amounts: [{ invoice_id: crypto.randomUUID(), amount: 1 }] }),
      ['refund_payment_part_amounts', 0, 'invoice_id'],
    ],
    [
      'more than a part',
      ({ id }) => ({ refund_payment_part_amounts: [{ invoice_id: id, amount: 6_001 }] }),
      ['refund_payment_part_amounts', 0, 'amount'],
    ],
    [
      'parts beyond the amount',
      ({ id }) => ({ refund_amount: 10, refund_payment_part_amounts: [{ invoice_id: id, amount: 11 }] }),
      ['refund_payment_part_amounts'],
    ],
    [
      'a part twice',
      ({ id }) => ({
        refund_payment_part_amounts: [
          { invoice_id: id, amount: 1 },
          { invoice_id: id, amount: 1 },
        ],
      }),
      ['refund_payment_part_amounts', 1, 'invoice_id'],
    ],
  ])('answers 422 to %s', async (_, changeOf, loc) => {
    const invoice = await newInvoice();
    const payment = await pay([[invoice, 6_000]]);
    const { status, body } = await refund(payment, changeOf(invoice));
    expect([status, body['detail']]).toMatchObject([422, [{ loc: ['body', ...loc] }]]);
    expect((await merchant.get(`/payments/${payment.id}`)).body).toEqual(payment);
    expect(await stateOf(invoice)).toBe('partially_paid 6000/4000');
  });

  it('answers 422 when nothing is left', async () => {
    const payment = await pay([]);
    await refund(payment);
    expect((await refund(payment)).status).toBe(422);
  });

  it('answers 409 to what is no received payment', async () => {
    const failed = await pay([], { status: 'failed' });
    const tax = await pay([], { type: 'tax_withheld' });
    const { body: given } = await refund(await pay([]), { refund_amount: 5 });
    for (const id of [failed.id, tax.id, String(given['id'])]) {
      const { status, body } = await refund({ id });
      expect([status, body['code']]).toEqual([409, 'payment_state_invalid']);
    }
  });

  it('keeps status and refunded parts of a payment as its refunds made them', async () => {
    const invoice = await newInvoice();
    const payment = await pay([[invoice, 8_000]]);
    const { body: given } = await refund(payment, { refund_amount: 5_000 });
    const path = `/payments/${payment.id}`;
    for (const status of ['failed', 'voided']) {
      expect((await merchant.patch(path, { status })).body['code']).toBe('payment_state_invalid');
    }
    const partOf = (amount: number) => ({ payment_parts: [{ invoice_id: invoice.id, amount }] });
    expect((await merchant.patch(path, { payment_parts: [] })).status).toBe(422);
    expect((await merchant.patch(path, partOf(2_999))).status).toBe(422);
    expect((await merchant.patch(path, partOf(8_001))).status).toBe(422);
    expect((await merchant.patch(path, partOf(3_000))).status).toBe(200);
    expect(await stateOf(invoice)).toBe('approved 0/10000');
    const refundPath = `/payments/${String(given['id'])}`;
    expect((await merchant.patch(refundPath, { status: 'failed' })).status).toBe(409);
    expect((await merchant.patch(refundPath, { payment_parts: [] })).status).toBe(409);
    expect((await merchant.patch(refundPath, { description: 'By cheque' })).body['description']).toBe('By cheque');
  });

  it.each([
    ['JPY', 1_001, 1],
    ['KWD', 12_345, 2_345],
  ])('counts in minor units of %s', async (currency, total, amount) => {
    const invoice = await newInvoice({ currency, invoice_total: total, amount_due: total });
    const payment = await pay([[invoice, total]], { amount: total, currency_code: currency });
    const { body } = await refund(payment, { refund_amount: amount });
    expect(body).toMatchObject({ amount, currency_code: currency });
    expect(await stateOf(invoice)).toBe(`partially_paid ${total - amount}/${amount}`);
  });

  it("answers 404 to another organisation's payment, and writes a refund down", async () => {
    const foreign = await server.addOrganisation();
    const theirs = await addPayment(server, {
      organisationId: foreign.id,
      customerId: await addCustomer(server, foreign.id),
    });
    expect((await refund(theirs)).body['code']).toBe('payment_not_found');
    const mine = await pay([]);
    await refund(mine, { refund_amount: 77 });
    const entries = await server.db
      .selectFrom('audit_event')
      .select('detail')
      .where('action', '=', 'payment.refunded')
      .execute();
    const details = entries.map(({ detail }) => JSON.parse(detail ?? '{}') as Record<string, unknown>);
    expect(details).toContainEqual(expect.objectContaining({ payment_id: mine.id, amount: 77, currency: 'USD' }));
    expect(details.some((detail) => detail['payment_id'] === theirs.id)).toBe(false);
  });
});
