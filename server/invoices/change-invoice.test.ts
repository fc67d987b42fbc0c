import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvoiceStatus } from '#contract/invoices.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice, addLineItem } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import type { InvoiceTable } from './invoices.table.ts';

const missing = '019aaaaa-0000-7000-8000-00000000dead';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;
let scope: { organisationId: string; customerId: string };

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  scope = { organisationId: organisation.id, customerId: await addCustomer(server, organisation.id) };
});
afterAll(() => server.close());

const withLine = async (values: Partial<InvoiceTable> = {}) => {
  const invoice = await addInvoice(server, scope, values);
  await addLineItem(server, invoice);
  return invoice;
};

const foreignInvoice = async (): Promise<InvoiceTable> => {
  const other = await server.addOrganisation('Other');
  return addInvoice(server, { organisationId: other.id, customerId: await addCustomer(server, other.id) });
};

const activity = () =>
  server.db.selectFrom('audit_event').selectAll().where('organisation_id', '=', organisation.id).execute();

describe('PATCH /invoices/{id}', () => {
  it.each<InvoiceStatus>(['draft', 'edited', 'upcoming'])('changes one that is %s wholly', async (status) => {
    const { id } = await withLine({ status, notes: 'Old', due_date: '2026-12-01T00:00:00.000Z' });
    const other = await addCustomer(server, organisation.id);
    const { status: answer, body } = await merchant.patch(`/invoices/${id}`, {
      customer_id: other,
      currency: 'JPY',
      created_at: '2026-11-05',
      line_items: [
        { name: 'A', unit_price: '980' },
        { name: "O'B", unit_price: '20' },
      ],
      notes: null,
    });
    expect(answer).toBe(200);
    expect(body).toMatchObject({
      id,
      status,
      customer_id: other,
      currency: 'JPY',
      created_at: '2026-11-05T00:00:00.000Z',
      invoice_total: 1_000,
      amount_due: 1_000,
      notes: null,
      due_date: '2026-12-01T00:00:00.000Z',
      last_updated_at: '2026-11-23T12:00:00.000Z',
      line_items: [{ name: 'A' }, { name: "O'B" }],
    });
  });

  it('keeps what is not given', async () => {
    const before = await withLine({ status: 'draft', notes: 'Keep' });
    const { body } = await merchant.patch(`/invoices/${before.id}`, { invoice_number: 'N-2' });
    expect(body).toMatchObject({
      invoice_number: 'N-2',
      notes: 'Keep',
      invoice_total: 10_000,
      line_items: [{ name: 'Subscription' }],
    });
  });

  it('changes nothing when it says nothing new', async () => {
    const { id, updated_at: updatedAt, due_date: dueDate } = await withLine();
    const { body } = await merchant.patch(`/invoices/${id}`, { due_date: dueDate, currency: 'usd' });
    expect(body['last_updated_at']).toBe(updatedAt);
  });

  it('changes of an approved one what nothing owed depends on', async () => {
    const { id } = await withLine({ status: 'partially_paid', paid_amount: 4_000, amount_due: 6_000 });
    const change = {
      external_id: `ext-${id}`,
      due_date: '2026-12-24T00:00:00.000Z',
      promise_due_date: '2026-12-31T00:00:00.000Z',
      notes: "O'Hara asked for more time",
      custom_data: { crm: [1, null] },
      payment_url: 'https://pay.example/1',
      invoice_url: 'https://shop.example/1',
    };
    const { body } = await merchant.patch(`/invoices/${id}`, change);
    expect(body).toMatchObject({ ...change, status: 'partially_paid', amount_due: 6_000, paid_amount: 4_000 });
  });

  it.each<[InvoiceStatus, Record<string, unknown>, string[]]>([
    ['approved', { currency: 'EUR', line_items: [{ name: 'Subscription', unit_price: 100 }] }, ['currency']],
    [
      'approved',
      { line_items: [{ name: 'Subscription', unit_price: 99 }] },
      ['invoice_total', 'subtotal', 'line_items'],
    ],
    ['partially_paid', { invoice_number: 'N', due_date: null }, ['invoice_number']],
    ['paid', { created_at: '2026-01-01' }, ['created_at']],
    ['void', { applied_balance: 5 }, ['applied_balance']],
    ['discarded', { net_invoice_total: 5 }, ['net_invoice_total']],
    [
      'approved',
      { invoice_period: { begin_date: '2026-10-01', end_date_exclusive: '2026-11-01' } },
      ['invoice_period'],
    ],
  ])('answers 409 when one that is %s would change %j', async (status, change, fields) => {
    const { id } = await withLine({ status });
    const before = (await merchant.get(`/invoices/${id}?include_line_items=true`)).body;
    const { status: answer, body } = await merchant.patch(`/invoices/${id}`, change);
    expect(answer).toBe(409);
    expect(body).toMatchObject({
      code: 'invoice_state_invalid',
      detail: fields.map((field) => ({ loc: ['body', field] })),
    });
    expect((await merchant.get(`/invoices/${id}?include_line_items=true`)).body).toEqual(before);
  });

  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['a currency without its amounts', { currency: 'JPY' }, ['body', 'currency']],
    ['a currency without its lines', { currency: 'JPY', invoice_total: 10_000 }, ['body', 'currency']],
    ['a total that the lines do not come to', { invoice_total: 1 }, ['body', 'invoice_total']],
    ['a status', { status: 'paid' }, ['body', 'status']],
    ['a balance above the total', { applied_balance: 10_001 }, ['body', 'applied_balance']],
    ['an unknown customer', { customer_external_id: 'nobody' }, ['body', 'customer_external_id']],
    ['amounts that follow', { amount_due: 0 }, ['body', 'amount_due']],
  ])('answers 422 to %s', async (_, change, loc) => {
    const { id } = await withLine({ status: 'draft' });
    const { status, body } = await merchant.patch(`/invoices/${id}`, change);
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
  });

  it('answers 422 when a draft with a contract would go to another customer', async () => {
    const contract = { customer_id: scope.customerId, name: 'Plan', currency: 'USD', start_date: '2026-01-01' };
    const { body: plan } = await merchant.post('/contract_v2', contract);
    const { id } = await withLine({ status: 'draft', contract_id: String(plan['id']) });
    const other = await addCustomer(server, organisation.id);
    const refused = await merchant.patch(`/invoices/${id}`, { customer_id: other });
    expect(refused.body).toMatchObject({ detail: [{ loc: ['body', 'contract_id'] }] });
    const moved = await merchant.patch(`/invoices/${id}`, { customer_id: other, contract_id: null });
    expect(moved.body).toMatchObject({ customer_id: other, contract_id: null });
  });

  it('answers 409 to the external id of another invoice, and not to its own', async () => {
    await withLine({ external_id: 'held' });
    const { id } = await withLine({ external_id: 'own' });
    expect((await merchant.patch(`/invoices/${id}`, { external_id: 'own' })).status).toBe(200);
    const { status, body } = await merchant.patch(`/invoices/${id}`, { external_id: 'held' });
    expect(status).toBe(409);
    expect(body['code']).toBe('external_id_taken');
  });
});

describe.each(['', '/approve', '/void', '/discard'])('PATCH /invoices/{id}%s', (path) => {
  it("answers the same 404 to a missing invoice as to another organisation's", async () => {
    const { id } = await foreignInvoice();
    for (const unknown of [missing, id]) {
      const { status, body } = await merchant.patch(`/invoices/${unknown}${path}`);
      expect(status).toBe(404);
      expect(body['code']).toBe('invoice_not_found');
    }
  });

  it('answers 422 to an unknown field', async () => {
    const { id } = await withLine({ status: 'draft' });
    expect((await merchant.patch(`/invoices/${id}${path}`, { colour: 'red' })).status).toBe(422);
  });
});

type Step = 'approve' | 'void' | 'discard';
type Case = [Step, InvoiceStatus, Partial<InvoiceTable>, InvoiceStatus | 'refused'];

const nothing = { invoice_total: 0, subtotal: 0, amount_due: 0 };

describe('the steps of an invoice', () => {
  it.each<Case>([
    ['approve', 'draft', {}, 'approved'],
    ['approve', 'edited', {}, 'approved'],
    ['approve', 'upcoming', {}, 'approved'],
    ['approve', 'draft', nothing, 'paid'],
    ['approve', 'draft', { applied_balance: 4_000 }, 'partially_paid'],
    ['approve', 'approved', {}, 'approved'],
    ['approve', 'partially_paid', {}, 'partially_paid'],
    ['approve', 'paid', {}, 'paid'],
    ['approve', 'void', {}, 'refused'],
    ['approve', 'discarded', {}, 'refused'],
    ['void', 'paid', nothing, 'void'],
    ['void', 'void', {}, 'void'],
    ['void', 'approved', {}, 'refused'],
    ['void', 'draft', {}, 'refused'],
    ['void', 'upcoming', {}, 'refused'],
    ['void', 'discarded', {}, 'refused'],
    ['void', 'paid', { applied_balance: 10_000, amount_due: 0 }, 'refused'],
    ['discard', 'draft', {}, 'discarded'],
    ['discard', 'edited', {}, 'discarded'],
    ['discard', 'upcoming', {}, 'discarded'],
    ['discard', 'discarded', {}, 'discarded'],
    ['discard', 'approved', {}, 'refused'],
    ['discard', 'paid', {}, 'refused'],
    ['discard', 'void', {}, 'refused'],
  ])('%s of one that is %s, with %j: %s', async (step, status, values, expected) => {
    const { id } = await addInvoice(server, scope, { status, ...values });
    const { status: answer, body } = await merchant.patch(`/invoices/${id}/${step}`);
    if (expected === 'refused') {
      expect(answer).toBe(409);
      expect(body['code']).toBe('invoice_state_invalid');
      expect((await merchant.get(`/invoices/${id}`)).body['status']).toBe(status);
    } else {
      expect(answer).toBe(200);
      expect(body['status']).toBe(expected);
    }
  });

  it('writes down who took a step, once', async () => {
    const { id, invoice_number: number } = await withLine({ status: 'draft' });
    await merchant.patch(`/invoices/${id}/approve`);
    await merchant.patch(`/invoices/${id}/approve`);
    const entries = (await activity()).filter((entry) => entry.detail?.includes(number));
    expect(entries).toMatchObject([
      { action: 'invoice.approved', actor_type: 'api_key', actor_name: 'Backend', customer_id: scope.customerId },
    ]);
  });

  it('gives an approved draft the moment of its approval', async () => {
    const { id } = await withLine({ status: 'draft' });
    const { body } = await merchant.patch(`/invoices/${id}/approve`);
    expect(body).toMatchObject({ status: 'approved', approved_at: '2026-11-23T12:00:00.000Z', amount_due: 10_000 });
  });

  it('says what to do when money is in an invoice that should be void', async () => {
    const { id } = await addInvoice(server, scope, { status: 'paid', paid_amount: 10_000, amount_due: 0 });
    const payment = await addPayment(server, scope);
    await allocate(server, payment, { id }, 10_000);
    const { status, body } = await merchant.patch(`/invoices/${id}/void`);
    expect(status).toBe(409);
    expect(body['message']).toBe('100.00 USD has been paid on the invoice: credit or refund it first');
  });
});
