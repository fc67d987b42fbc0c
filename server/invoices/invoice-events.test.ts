import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
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
  const endpoint = await merchant.post('/webhook_endpoints', { url: 'https://hooks.example/zenskar' });
  expect(endpoint.status).toBe(200);
});
afterAll(() => server.close());

const create = async (values: Record<string, unknown> = {}) => {
  const body = { customer_id: customerId, currency: 'USD', line_items: [{ name: 'Seat', unit_price: 100 }], ...values };
  return String((await merchant.post('/invoices', body)).body['id']);
};

const pay = async (invoiceId: string, amount: number) => {
  const body = {
    customer_id: customerId,
    amount,
    currency_code: 'USD',
    payment_parts: [{ invoice_id: invoiceId, amount }],
  };
  expect((await merchant.post('/payments', body)).status).toBe(200);
};

const eventsOf = async (invoiceId: string) => {
  const events = await server.db
    .selectFrom('webhook_event')
    .selectAll()
    .where('organisation_id', '=', organisation.id)
    .where('type', 'like', 'invoice.%')
    .execute();
  return events
    .map(({ type, data }) => ({ type, data: JSON.parse(data) as Record<string, unknown> }))
    .filter(({ data }) => data['id'] === invoiceId);
};

const typesOf = async (invoiceId: string) => (await eventsOf(invoiceId)).map(({ type }) => type).toSorted();

type Way = [string, (id: string) => Promise<unknown>, string[], Record<string, unknown>?];

const draft = { status: 'draft' };
const created = ['invoice.approved', 'invoice.created'];

describe('events of an invoice', () => {
  it.each<Way>([
    ['an approved one', () => Promise.resolve(), created],
    ['one of nothing', () => Promise.resolve(), [...created, 'invoice.paid'], { line_items: [], invoice_total: 0 }],
    ['a draft', () => Promise.resolve(), ['invoice.created'], draft],
    [
      'a draft that changes',
      (id) => merchant.patch(`/invoices/${id}`, { notes: 'a' }),
      ['invoice.created', 'invoice.updated'],
      draft,
    ],
    ['a draft that does not', (id) => merchant.patch(`/invoices/${id}`, { notes: null }), ['invoice.created'], draft],
    ['a draft that is approved', (id) => merchant.patch(`/invoices/${id}/approve`), created, draft],
    [
      'a draft that is discarded',
      (id) => merchant.patch(`/invoices/${id}/discard`),
      ['invoice.created', 'invoice.updated'],
      draft,
    ],
    ['one that is paid in part', (id) => pay(id, 4_000), [...created, 'invoice.partially_paid']],
    ['one that is paid', (id) => pay(id, 10_000), [...created, 'invoice.paid']],
    [
      'one that is credited in part',
      (id) => merchant.post(`/invoices/${id}/credit_note`, { credit_note_amount: 1 }),
      [...created, 'invoice.credited'],
    ],
    [
      'one that is credited in full',
      (id) => merchant.post(`/invoices/${id}/credit_note`, { credit_note_amount: 100 }),
      [...created, 'invoice.credited', 'invoice.voided'],
    ],
    ['one that is refused', (id) => merchant.post(`/invoices/${id}/credit_note`, { credit_note_amount: 101 }), created],
  ])('of %s', async (_, work, types, values) => {
    const id = await create(values);
    await work(id);
    expect(await typesOf(id)).toEqual(types);
  });

  it('carry the invoice as the merchant API answers it, at that moment', async () => {
    const id = await create({ custom_data: { crm: 7 } });
    const before = (await merchant.get(`/invoices/${id}?include_line_items=true`)).body;
    await pay(id, 10_000);
    const events = new Map((await eventsOf(id)).map(({ type, data }) => [type, data]));
    expect(events.get('invoice.created')).toEqual(before);
    expect(events.get('invoice.paid')).toMatchObject({ status: 'paid', amount_due: 0, paid_amount: 10_000 });
  });

  it('are written for nobody when nobody listens', async () => {
    const other = await server.addOrganisation('Quiet');
    const owner = await addCustomer(server, other.id);
    const body = { customer_id: owner, currency: 'USD', invoice_total: 100 };
    expect((await merchantClient(server, other).post('/invoices', body)).status).toBe(200);
    const events = await server.db
      .selectFrom('webhook_event')
      .selectAll()
      .where('organisation_id', '=', other.id)
      .execute();
    expect(events).toEqual([]);
  });
});
