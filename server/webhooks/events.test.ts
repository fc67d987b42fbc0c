import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { webhookEventData } from '#contract/webhook-events.ts';
import { DeliveredEventType } from '#contract/webhooks.ts';
import { createPortalClient, verifyWebhook, WebhookVerificationError } from '../client/portal-client.ts';
import type { PortalClient, PortalEvent } from '../client/portal-client.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { redeem } from '../testing/portal-session.ts';
import { startReceiver } from '../testing/webhook-receiver.ts';
import type { Receiver } from '../testing/webhook-receiver.ts';
import { workerOf } from '../testing/webhook-stage.ts';

let server: TestServer;
let receiver: Receiver;
let client: PortalClient;
let organisationId: string;

beforeAll(async () => {
  server = await startTestServer({ environment: { WEBHOOKS_ALLOW_LOOPBACK: '1' } });
  receiver = await startReceiver();
  const organisation = await server.addOrganisation();
  organisationId = organisation.id;
  client = createPortalClient({
    baseUrl: server.address,
    organisation: organisation.id,
    apiKey: organisation.apiKey,
  });
});
afterAll(async () => {
  await receiver.close();
  await server.close();
});

const atTheServersTime = <Result>(work: () => Result): Result => {
  vi.useFakeTimers({ toFake: ['Date'], now: server.clock.now() });
  try {
    return work();
  } finally {
    vi.useRealTimers();
  }
};

/** Everything that a merchant can be told of. */
const live = async (): Promise<void> => {
  const { id: customerId } = await client.customers.create({ customer_name: "O'Hara", external_id: 'crm-1' });
  await client.customers.update(customerId, { email: 'ap@ohara.example' });
  const invoiceInput = {
    customer_id: customerId,
    currency: 'USD',
    line_items: [{ name: 'Seats', quantity: 1, unit_price: '100' }],
  };
  const draft = await client.invoices.create({ ...invoiceInput, status: 'draft' });
  await client.invoices.update(draft.id, { notes: 'Thank you' });
  await client.invoices.approve(draft.id);
  const pay = (invoiceId: string, amount: number) =>
    client.payments.create({
      customer_id: customerId,
      amount,
      currency_code: 'USD',
      payment_parts: [{ invoice_id: invoiceId, amount }],
    });
  const part = await pay(draft.id, 4000);
  await client.payments.update(part.id, { description: 'By check' });
  await client.payments.delete(part.id);
  const whole = await pay(draft.id, 10_000);
  await client.payments.refund(whole.id, {
    refund_destination: 'external',
    writeoff_invoices: true,
    refund_amount: 100,
  });
  const wrong = await client.invoices.create(invoiceInput);
  await client.invoices.creditNote(wrong.id, { credit_note_amount: 100, reason: 'Billed twice' });
  await client.invoices.void(wrong.id);
  const session = await client.createSession({ customer_id: customerId, return_url: `${merchantOrigin}/account` });
  expect((await redeem(server, organisationId, session.session_token)).status).toBe(200);
  await client.endSession(session.session_id);
  await client.customers.delete(customerId);
};

it('tells of everything, in the shapes that the contract names, with no token', async () => {
  const endpoint = await client.call('POST /webhook_endpoints', { body: { url: receiver.url } });
  await live();
  await client.call('POST /webhook_endpoints/:id/test', { params: { id: endpoint.id } });
  await workerOf(server.dependencies).deliverDue();

  const events = receiver.received.map(({ headers, body }): PortalEvent =>
    atTheServersTime(() => verifyWebhook(endpoint.secret, body, headers)),
  );
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(DeliveredEventType.options));
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const { type, data } of events) {
    expect(webhookEventData[type].parse(data), type).toEqual(data);
  }
  const text = receiver.received.map(({ body }) => body).join();
  expect(text).not.toMatch(new RegExp(`${organisationId}_|whsec_|zsk_|eyJ`));
});

it('is verified from whatever headers a framework has, and from nothing that was altered', () => {
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  expect(() => atTheServersTime(() => verifyWebhook(secret, body, headers))).toThrow(WebhookVerificationError);
  expect(() => verifyWebhook(secret, body, {})).toThrow('Missing required headers');
});

it('says nothing of the end of a session that had run out already', async () => {
  const { id: customerId } = await client.customers.create({ customer_name: 'Fernhill' });
  const input = { customer_id: customerId, return_url: `${merchantOrigin}/account`, idle_timeout: 60 };
  const opened = await client.createSession(input);
  await redeem(server, organisationId, opened.session_token);
  await client.createSession(input);
  server.clock.advance(3_600_000);
  const { session_id: alive } = await client.createSession(input);
  await workerOf(server.dependencies).deliverDue();
  receiver.received.splice(0);
  expect(await client.revokeSessions(customerId)).toEqual({ revoked: 3 });
  await workerOf(server.dependencies).deliverDue();
  expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
    { type: 'session.ended', data: { id: alive, end_reason: 'revoked' } },
  ]);
});
