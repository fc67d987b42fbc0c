import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { recordEvents } from '../testing/webhook-events.ts';

let server: TestServer;
let merchant: MerchantClient;
let customerId: string;
let invoiceId: string;
let events: Awaited<ReturnType<typeof recordEvents>>;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

beforeEach(async () => {
  const organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  customerId = await addCustomer(server, organisation.id);
  invoiceId = (await addInvoice(server, { organisationId: organisation.id, customerId })).id;
  events = await recordEvents(server, merchant, [
    'payment.created',
    'payment.updated',
    'payment.refunded',
    'payment.deleted',
  ]);
});

const pay = () =>
  merchant.post('/payments', {
    customer_id: customerId,
    external_id: 'told',
    amount: 10_000,
    currency_code: 'USD',
    payment_parts: [{ invoice_id: invoiceId, amount: 10_000 }],
  });

it('tells of a payment, its changes and its end, as the merchant API shows it', async () => {
  const { body: created } = await pay();
  const path = `/payments/${String(created['id'])}`;
  server.clock.advance(1_000);
  const { body: failed } = await merchant.patch(path, { status: 'failed' });
  await merchant.patch(path, { status: 'failed' });
  server.clock.advance(1_000);
  await merchant.delete(path);
  expect(await events()).toEqual([
    { type: 'payment.created', data: created },
    { type: 'payment.updated', data: failed },
    { type: 'payment.deleted', data: failed },
  ]);
  expect(created['invoices']).toMatchObject([{ status: 'paid' }]);
});

it('tells of a refund as a record of its own, and of nothing that was refused', async () => {
  const { body: payment } = await pay();
  const refund = (amount: number) =>
    merchant.post(`/payments/${String(payment['id'])}/refund`, {
      refund_amount: amount,
      refund_destination: 'external',
      writeoff_invoices: false,
    });
  server.clock.advance(1_000);
  const { body: booked } = await refund(4_000);
  expect((await refund(6_001)).status).toBe(422);
  expect((await events()).slice(1)).toEqual([{ type: 'payment.refunded', data: booked }]);
});

it('tells of each payment of a stream, and of none that is there already', async () => {
  const records = [0, 1].map((part) => ({
    external_id: `streamed-${part}`,
    customer_id: customerId,
    amount: 100,
    currency_code: 'USD',
    payment_parts: [{ invoice_id: invoiceId, amount: 100 }],
  }));
  for (let run = 0; run < 2; run += 1) {
    const { status } = await server.request('PUT', '/payments/bulk', {
      headers: { ...merchant.headers, 'content-type': 'application/x-ndjson' },
      body: records.map((record) => JSON.stringify(record)).join('\n'),
    });
    expect(status).toBe(200);
  }
  const told = (await events()).map(({ type, data }) => `${type} ${String(data['external_id'])}`);
  expect(told.toSorted()).toEqual(['payment.created streamed-0', 'payment.created streamed-1']);
});
