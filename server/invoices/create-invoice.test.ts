import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
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

const seats = { name: "O'Hara's seats", quantity: 2, unit: 'seats', unit_price: '12.50', tax_rate: '8.25' };

const invoice = (values: Record<string, unknown> = {}) => ({
  customer_id: customerId,
  currency: 'USD',
  line_items: [seats],
  ...values,
});

const created = async (values: Record<string, unknown> = {}) => {
  const answer = await merchant.post('/invoices', invoice(values));
  expect(answer.text).toContain('"id"');
  expect(answer.status).toBe(200);
  return answer.body;
};

const newContract = async (owner: string, externalId?: string) => {
  const body = { customer_id: owner, name: 'Plan', currency: 'USD', start_date: '2026-01-01', external_id: externalId };
  const { body: contract, text } = await merchant.post('/contract_v2', body);
  expect(text).toContain('"id"');
  return String(contract['id']);
};

describe('POST /invoices', () => {
  it('answers 401 without a key', async () => {
    expect((await server.request('POST', '/invoices', { body: invoice() })).status).toBe(401);
  });

  it('takes a thousand lines, and no more', async () => {
    const line = {
      ...seats,
      description: 'Seats of the month, with what the customer asked to have printed'.repeat(4),
    };
    const lines = (count: number) => invoice({ line_items: Array.from({ length: count }, () => line) });
    const { status, body } = await merchant.post('/invoices', lines(1000));
    expect([status, body['invoice_total']]).toEqual([200, 1000 * 2706]);
    const refused = await merchant.post('/invoices', lines(1001));
    expect([refused.status, refused.body['code']]).toEqual([422, 'request_invalid']);
  });

  it('answers the whole invoice, its totals worked out', async () => {
    const { text } = await merchant.post('/invoices', invoice());
    const body = await created({
      external_id: 'bill/1',
      customer_id: undefined,
      customer_external_id: "o'hara",
      invoice_number: 'A-1',
      created_at: '2026-11-01',
      due_date: '2026-12-01T00:00:00+01:00',
      invoice_period: { begin_date: '2026-10-01', end_date_exclusive: '2026-11-01' },
      notes: 'Thank you\nCome again',
      custom_data: { crm: 7 },
      payment_url: 'https://pay.example/1',
    });
    expect(body).toMatchObject({
      invoice_id: body['id'],
      external_id: 'bill/1',
      invoice_number: 'A-1',
      customer_id: customerId,
      customer: { id: customerId, external_id: "o'hara" },
      contract: null,
      contract_id: null,
      status: 'approved',
      currency: 'USD',
      subtotal: 2_500,
      discount_total: 0,
      tax_total: 206,
      invoice_total: 2_706,
      net_invoice_total: null,
      applied_balance: 0,
      paid_amount: 0,
      credited_amount: 0,
      amount_due: 2_706,
      created_at: '2026-11-01T00:00:00.000Z',
      approved_at: '2026-11-01T00:00:00.000Z',
      due_date: '2026-11-30T23:00:00.000Z',
      promise_due_date: null,
      paid_at: null,
      invoice_period: { begin_date: '2026-10-01T00:00:00.000Z', end_date_exclusive: '2026-11-01T00:00:00.000Z' },
      notes: 'Thank you\nCome again',
      custom_data: { crm: 7 },
      payment_url: 'https://pay.example/1',
      invoice_url: null,
      last_updated_at: '2026-11-23T12:00:00.000Z',
      line_items: [
        {
          name: "O'Hara's seats",
          quantity: 2,
          unit: 'seats',
          unit_price: '12.5',
          subtotal: 2_500,
          tax_rate: '8.25',
          tax: 206,
          total: 2_706,
          product_id: null,
          is_proration: false,
        },
      ],
    });
    expect(text).not.toContain('organisation_id');
  });

  it('shows the invoice to its customer at once, and no draft', async () => {
    const own = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, own);
    await created({ customer_id: own, invoice_number: 'SEEN' });
    await created({ customer_id: own, invoice_number: 'DRAFT', status: 'draft' });
    const { body } = await portal.get('/invoices');
    expect(body).toMatchObject({ total_count: 1, results: [{ invoice_number: 'SEEN', amount_due: 2_706 }] });
  });

  it('numbers invoices that come without a number, without gaps', async () => {
    const other = await server.addOrganisation('Numbers');
    const client = merchantClient(server, other);
    const owner = await addCustomer(server, other.id);
    const numbers: unknown[] = [];
    for (const line of [seats, { ...seats, total: 1 }, seats]) {
      const { body } = await client.post('/invoices', invoice({ customer_id: owner, line_items: [line] }));
      numbers.push(body['invoice_number']);
    }
    expect(numbers).toEqual(['INV-000001', undefined, 'INV-000002']);
  });

  it.each([
    ['draft', { status: 'draft', approved_at: null, amount_due: 2_706 }],
    ['upcoming', { status: 'upcoming', approved_at: null, amount_due: 2_706 }],
    ['approved', { status: 'approved', amount_due: 2_706 }],
  ])('makes one that is %s', async (status, expected) => {
    expect(await created({ status })).toMatchObject(expected);
  });

  it('is paid at once when it comes to nothing', async () => {
    const line = { name: 'Free', unit_price: 0 };
    expect(await created({ line_items: [line], created_at: '2026-11-02' })).toMatchObject({
      status: 'paid',
      invoice_total: 0,
      amount_due: 0,
      paid_at: '2026-11-02T00:00:00.000Z',
    });
  });

  it.each([
    [{ net_invoice_total: 2_000 }, { status: 'approved', amount_due: 2_000 }],
    [{ applied_balance: 706 }, { status: 'partially_paid', amount_due: 2_000 }],
    [
      { net_invoice_total: 2_000, applied_balance: 2_000 },
      { status: 'paid', amount_due: 0 },
    ],
  ])('owes what %j leaves', async (values, expected) => {
    expect(await created(values)).toMatchObject(expected);
  });

  it.each([
    ['JPY', { name: 'Seat', quantity: 3, unit_price: 980, tax_rate: 10 }, 2_940, 3_234],
    ['KWD', { name: 'Seat', quantity: 1, unit_price: '1.2345', tax_rate: 5 }, 1_235, 1_297],
    ['usd', { name: 'Calls', quantity: '12345.5', unit_price: '0.0004' }, 494, 494],
  ])('counts in the minor units of %s', async (currency, line, subtotal, total) => {
    const body = await created({ currency, line_items: [line] });
    expect(body).toMatchObject({ currency: currency.toUpperCase(), subtotal, invoice_total: total });
  });

  it('takes credits among the lines, and an invoice without any', async () => {
    const credit = { name: 'Proration', quantity: -1, unit_price: '5', is_proration: true };
    expect(await created({ line_items: [seats, credit] })).toMatchObject({ invoice_total: 2_206 });
    const bare = await created({ line_items: undefined, invoice_total: 1_100, tax_total: 100 });
    expect(bare).toMatchObject({ subtotal: 1_000, tax_total: 100, invoice_total: 1_100, line_items: [] });
  });

  it('takes a contract of the customer, and products, by either id', async () => {
    const contractId = await newContract(customerId, 'plan-1');
    const { body: product } = await merchant.post('/products', { name: 'Seats', external_id: 'sku-1' });
    const byId = await created({ contract_id: contractId, line_items: [{ ...seats, product_id: product['id'] }] });
    const byExternalId = await created({
      contract_external_id: 'plan-1',
      line_items: [{ ...seats, product_external_id: 'sku-1' }],
    });
    for (const body of [byId, byExternalId]) {
      expect(body).toMatchObject({
        contract_id: contractId,
        contract: { id: contractId, external_id: 'plan-1', name: 'Plan' },
        line_items: [{ product_id: product['id'] }],
      });
    }
  });

  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['an unknown field', { colour: 'red' }, ['body', 'colour']],
    ['no customer', { customer_id: undefined }, ['body', 'customer_id']],
    ['two customers', { customer_external_id: "o'hara" }, ['body', 'customer_id']],
    ['an unknown currency', { currency: 'XYZ' }, ['body', 'currency']],
    ['a status that follows from payments', { status: 'paid' }, ['body', 'status']],
    ['no lines and no total', { line_items: [] }, ['body', 'invoice_total']],
    ['a total that the lines do not come to', { invoice_total: 2_705 }, ['body', 'invoice_total']],
    ['half a cent', { invoice_total: 2_706.5 }, ['body', 'invoice_total']],
    ['a net total above the total', { net_invoice_total: 2_707 }, ['body', 'net_invoice_total']],
    ['a balance above the total', { applied_balance: 2_707 }, ['body', 'applied_balance']],
    [
      'a period that ends before it begins',
      {
        invoice_period: { begin_date: '2026-11-02', end_date_exclusive: '2026-11-01' },
      },
      ['body', 'invoice_period', 'end_date_exclusive'],
    ],
    ['a day that does not exist', { due_date: '2026-02-30' }, ['body', 'due_date']],
    ['an address that is not https', { payment_url: 'javascript:alert(1)' }, ['body', 'payment_url']],
    ['an address with a password', { payment_url: 'https://a:b@pay.example' }, ['body', 'payment_url']],
    ['a NUL in the notes', { notes: 'a\u0000b' }, ['body', 'notes']],
    ['a price in words', { line_items: [{ ...seats, unit_price: 'ten' }] }, ['body', 'line_items', 0, 'unit_price']],
    [
      'a price of no decimal form',
      { line_items: [{ ...seats, unit_price: 1e-9 }] },
      ['body', 'line_items', 0, 'unit_price'],
    ],
    ['a line total that is off', { line_items: [seats, { ...seats, total: 1 }] }, ['body', 'line_items', 1, 'total']],
    ['lines below nothing', { line_items: [{ ...seats, quantity: -1 }] }, ['body', 'line_items']],
    ['an unknown customer', { customer_id: '019aaaaa-0000-7000-8000-00000000dead' }, ['body', 'customer_id']],
    ['an unknown contract', { contract_external_id: 'none' }, ['body', 'contract_external_id']],
    [
      'an unknown product',
      { line_items: [{ ...seats, product_external_id: 'no' }] },
      ['body', 'line_items', 0, 'product_external_id'],
    ],
  ])('answers 422 to %s', async (_, values, loc) => {
    const before = (await merchant.get('/invoices')).body['total_count'];
    const { status, body } = await merchant.post('/invoices', invoice(values));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'request_invalid', detail: [{ loc }] });
    expect((await merchant.get('/invoices')).body['total_count']).toBe(before);
  });

  it("answers 422 to another customer's contract", async () => {
    const contractId = await newContract(await addCustomer(server, organisation.id));
    const { status, body } = await merchant.post('/invoices', invoice({ contract_id: contractId }));
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc: ['body', 'contract_id'], type: 'reference_mismatch' }] });
  });

  it("answers the same 422 to another organisation's customer as to none", async () => {
    const other = await server.addOrganisation('Other');
    const stranger = await addCustomer(server, other.id, { external_id: 'stranger' });
    for (const reference of [{ customer_id: stranger }, { customer_id: undefined, customer_external_id: 'stranger' }]) {
      const { status, body } = await merchant.post('/invoices', invoice(reference));
      expect(status).toBe(422);
      expect(body).toMatchObject({ detail: [{ msg: 'There is no such customer', type: 'reference_unknown' }] });
    }
  });

  it('answers 409 to an external id that another invoice has, but not to that of another organisation', async () => {
    await created({ external_id: 'twice' });
    const { status, body } = await merchant.post('/invoices', invoice({ external_id: 'twice' }));
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'external_id_taken', detail: [{ loc: ['body', 'external_id'] }] });

    const other = await server.addOrganisation('Other');
    const owner = await addCustomer(server, other.id);
    const abroad = await merchantClient(server, other).post(
      '/invoices',
      invoice({ customer_id: owner, external_id: 'twice' }),
    );
    expect(abroad.status).toBe(200);
  });

  it('creates once for one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'bill-42' };
    const first = await merchant.post('/invoices', invoice({ notes: 'once' }), headers);
    const second = await merchant.post('/invoices', invoice({ notes: 'once' }), headers);
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
  });
});
