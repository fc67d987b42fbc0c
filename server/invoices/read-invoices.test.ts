import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCreditNote } from '../testing/builders/credit-notes.ts';
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

const foreignInvoice = async (): Promise<InvoiceTable> => {
  const other = await server.addOrganisation('Other');
  return addInvoice(server, { organisationId: other.id, customerId: await addCustomer(server, other.id) });
};

describe('GET /invoices/{id}', () => {
  it('answers the detail, with the lines when asked', async () => {
    const invoice = await addInvoice(server, scope, { external_id: 'a/b c', custom_data: '{"crm":7}' });
    await addLineItem(server, invoice, { name: "O'Hara's seat" });
    await addCreditNote(server, invoice, { amount: 300 });
    await addCreditNote(server, invoice, { amount: 40, status: 'void' });
    const plain = await merchant.get(`/invoices/${invoice.id}`);
    expect(plain.body).toMatchObject({ credited_amount: 300, custom_data: { crm: 7 }, line_items: null });
    const whole = await merchant.get(`/invoices/${invoice.id}?include_line_items=true`);
    expect(whole.body).toMatchObject({ line_items: [{ name: "O'Hara's seat", total: 10_000 }] });
    const byExternalId = await merchant.get('/invoices/external_id/a%2Fb%20c?include_line_items=true');
    expect(byExternalId.body).toEqual(whole.body);
    expect(whole.text).not.toContain('organisation_id');
  });

  it.each(['', '/line_items', '/summary', '/payments', '/payment_link'])(
    "answers the same 404 at %s to a missing invoice as to another organisation's",
    async (path) => {
      const { id } = await foreignInvoice();
      for (const unknown of [missing, id]) {
        const { status, body } = await merchant.get(`/invoices/${unknown}${path}`);
        expect(status).toBe(404);
        expect(body).toMatchObject({ code: 'invoice_not_found', message: 'There is no such invoice' });
      }
    },
  );

  it('answers 404 to an unknown external id and 422 to what is no id', async () => {
    expect((await merchant.get('/invoices/external_id/nobody')).body['code']).toBe('invoice_not_found');
    expect((await merchant.get('/invoices/1')).status).toBe(422);
    expect((await merchant.get(`/invoices/${missing}?expand=all`)).status).toBe(422);
  });
});

describe('GET /invoices/{id}/line_items', () => {
  it.each([
    ['USD', 123_456, 1_234.56, '$1,234.56'],
    ['JPY', 980, 980, '¥980'],
    ['KWD', 1_235, 1.235, 'KWD 1.235'],
  ])('answers %s in major units, with the text to show', async (currency, minor, value, display) => {
    const invoice = await addInvoice(server, scope, { currency });
    await addLineItem(server, invoice, { position: 1, name: 'Second', subtotal: 0, total: 0, quantity: 0 });
    await addLineItem(server, invoice, { quantity: 1234.5, unit: 'seats', subtotal: minor, total: minor });
    const { body } = await merchant.get(`/invoices/${invoice.id}/line_items`);
    expect(body).toMatchObject({
      lines: [
        {
          name: 'Subscription',
          quantity: { value: 1_234.5, unit: 'seats', display: '1,234.5 seats' },
          subtotal: { value, unit: currency },
          pricing_model: 'per_unit',
          features: [],
        },
        { name: 'Second', quantity: { value: 0, unit: null, display: '0' } },
      ],
      features: [],
      total: { value, unit: currency },
    });
    const { display: shown } = body['total'] as { display: string };
    expect(shown.replace('\u00a0', ' ')).toBe(display);
  });
});

describe('GET /invoices/{id}/summary', () => {
  it('answers the sums in minor units', async () => {
    const values = { subtotal: 9_500, tax_total: 500, applied_balance: 1_000, paid_amount: 2_000, amount_due: 6_000 };
    const invoice = await addInvoice(server, scope, values);
    await addCreditNote(server, invoice, { amount: 1_000 });
    const { body } = await merchant.get(`/invoices/${invoice.id}/summary`);
    expect(body).toEqual({
      invoice_id: invoice.id,
      invoice_number: invoice.invoice_number,
      status: 'approved',
      currency: 'USD',
      subtotal: 9_500,
      discount_total: 0,
      tax_total: 500,
      invoice_total: 10_000,
      net_invoice_total: null,
      applied_balance: 1_000,
      paid_amount: 2_000,
      credited_amount: 1_000,
      amount_due: 6_000,
    });
  });
});

describe('GET /invoices/{id}/payments', () => {
  it('answers the successful payments', async () => {
    const invoice = await addInvoice(server, scope);
    for (const [status, type] of [
      ['success', 'payment'],
      ['failed', 'payment'],
      ['success', 'refund'],
    ] as const) {
      const payment = await addPayment(server, scope, { status, type, receipt_number: `${status} ${type}` });
      await allocate(server, payment, invoice, 1_000);
    }
    const { body } = await merchant.get(`/invoices/${invoice.id}/payments`);
    expect(body).toMatchObject({ total_count: 1, next: null, results: [{ receipt_number: 'success payment' }] });
  });
});

describe('GET /invoices/{id}/payment_link', () => {
  const payable = { payment_url: 'https://pay.example/1' };

  it('answers the address, with what is owed or a part of it', async () => {
    const invoice = await addInvoice(server, scope, payable);
    const whole = await merchant.get(`/invoices/${invoice.id}/payment_link`);
    expect(whole.body).toEqual({ invoice_id: invoice.id, ...payable, amount: 10_000, currency: 'USD' });
    const part = await merchant.get(`/invoices/${invoice.id}/payment_link?amount=2500`);
    expect(part.body).toMatchObject({ amount: 2_500 });
  });

  it.each<[string, Partial<InvoiceTable>, string, number, string]>([
    ['no address', {}, '', 409, 'payment_link_not_available'],
    ['nothing owed', { ...payable, status: 'paid', amount_due: 0 }, '', 409, 'invoice_state_invalid'],
    ['a draft', { ...payable, status: 'draft' }, '', 409, 'invoice_state_invalid'],
    ['more than is owed', payable, '?amount=10001', 422, 'request_invalid'],
    ['nothing asked for', payable, '?amount=0', 422, 'request_invalid'],
    ['a fraction', payable, '?amount=1.5', 422, 'request_invalid'],
  ])('refuses %s', async (_, values, query, expected, code) => {
    const invoice = await addInvoice(server, scope, values);
    const { status, body } = await merchant.get(`/invoices/${invoice.id}/payment_link${query}`);
    expect(status).toBe(expected);
    expect(body['code']).toBe(code);
  });
});
