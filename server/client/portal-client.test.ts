import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startGateway } from '../testing/gateway.ts';
import type { Gateway } from '../testing/gateway.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { createPortalClient, PortalApiError, PortalConnectionError } from './portal-client.ts';
import type { PortalClient } from './portal-client.ts';

let server: TestServer;
let gateway: Gateway;
let organisation: TestOrganisation;
let client: PortalClient;

beforeAll(async () => {
  server = await startTestServer();
  gateway = await startGateway(server.address);
});
afterAll(async () => {
  await gateway.close();
  await server.close();
});
beforeEach(async () => {
  organisation = await server.addOrganisation();
  client = createPortalClient({
    baseUrl: `${gateway.url}/`,
    organisation: organisation.id,
    apiKey: organisation.apiKey,
  });
  gateway.mishaps.splice(0);
  gateway.seen.splice(0);
});

const refusal = async (promise: Promise<unknown>): Promise<PortalApiError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PortalApiError)) {
    throw new Error(`Expected a PortalApiError, not ${String(error)}`);
  }
  return error;
};

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
};

const invoiceOf = (customerId: string, externalId?: string) => ({
  customer_id: customerId,
  currency: 'USD',
  due_date: '2026-12-01',
  line_items: [{ name: 'Seats', quantity: 3, unit_price: '12.50' }],
  ...(externalId === undefined ? {} : { external_id: externalId }),
});

describe('calls', () => {
  it('walk a customer from invoice to refund', async () => {
    const customer = await client.customers.create({ customer_name: 'Fernhill', external_id: 'crm-7' });
    expect((await client.customers.get(customer.id)).external_id).toBe('crm-7');
    expect((await client.customers.update(customer.id, { email: 'ap@fernhill.example' })).email).toBe(
      'ap@fernhill.example',
    );
    const draft = await client.invoices.create({ ...invoiceOf(customer.id, 'bill/1'), status: 'draft' });
    expect([draft.status, draft.invoice_total]).toEqual(['draft', 3750]);
    expect((await client.invoices.approve(draft.id)).status).toBe('approved');
    const payment = await client.payments.create({
      customer_external_id: 'crm-7',
      amount: 2000,
      currency_code: 'USD',
      payment_parts: [{ invoice_id: draft.id, amount: 2000 }],
    });
    await client.payments.refund(payment.id, {
      refund_destination: 'original_payment_method',
      writeoff_invoices: false,
      refund_amount: 500,
    });
    await client.invoices.creditNote(draft.id, { credit_note_amount: 7.5, reason: 'Goodwill' });
    const invoice = await client.invoices.getByExternalId('bill/1');
    expect([invoice.status, invoice.amount_due]).toEqual(['partially_paid', 3750 - 1500 - 750]);
    const definition = await client.entitlements.create({
      name: 'API calls',
      entitlement_type: 'Quantity',
      units: 'calls',
    });
    await client.entitlements.grant(customer.id, {
      entitlement_id: definition.id,
      quantity: 1000,
      quantity_used: 250.5,
    });
    const { results } = await client.entitlements.listGranted(customer.id);
    expect(results.map(({ name, quantity_remaining: left }) => [name, left])).toEqual([['API calls', 749.5]]);
    const listed = await client.invoices.list({ status__in: ['partially_paid', 'paid'], amount_due__gte: 1, limit: 5 });
    expect(listed.results.map(({ id }) => id)).toEqual([draft.id]);
  });

  it('open and end sessions', async () => {
    const { id } = await client.customers.create({ customer_name: 'Fernhill' });
    const input = { customer_id: id, return_url: 'https://shop.example/account' };
    const session = await client.createSession(input);
    expect(session.session_token.startsWith(`${organisation.id}_${id}_`)).toBe(true);
    expect(await client.endSession(session.session_id)).toEqual({ session_id: session.session_id, ended: true });
    await client.createSession(input);
    expect(await client.revokeSessions(id)).toEqual({ revoked: 1 });
  });

  it('answer files', async () => {
    const { id } = await client.customers.create({ customer_name: 'Fernhill' });
    const invoice = await client.invoices.create({ ...invoiceOf(id), invoice_number: 'INV-7' });
    const file = await client.invoices.downloadPdf(invoice.id);
    expect([file.fileName, file.contentType]).toEqual(['invoice-INV-7.pdf', 'application/pdf']);
    expect(Buffer.from(file.content.subarray(0, 5)).toString()).toBe('%PDF-');
  });

  it('reach every operation by its name', async () => {
    const endpoint = await client.call('POST /webhook_endpoints', { body: { url: 'https://hooks.example.com/' } });
    expect(endpoint.secret).toMatch(/^whsec_/);
    const { results } = await client.call('GET /webhook_endpoints');
    expect(results.map(({ id }) => id)).toEqual([endpoint.id]);
    // @ts-expect-error the compiler knows that the id is missing
    await expect(client.call('GET /webhook_endpoints/:id', {})).rejects.toThrow('needs id');
  });

  it('escape what stands in a path', async () => {
    const error = await refusal(client.invoices.getByExternalId('../customer?x=1'));
    expect(error.code).toBe('invoice_not_found');
    expect(gateway.seen[0]?.url).toBe('/invoices/external_id/..%2Fcustomer%3Fx%3D1');
  });

  it('walk all pages', async () => {
    for (let number = 1; number <= 7; number += 1) {
      await client.customers.create({ customer_name: `Customer ${number}` });
    }
    const names: string[] = [];
    for await (const customer of client.customers.listAll({ limit: 3, order: 'customer_name' })) {
      names.push(customer.customer_name);
    }
    expect(names).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => `Customer ${number}`));
    gateway.seen.splice(0);
    for await (const customer of client.customers.listAll({ limit: 3 })) {
      expect(customer.id).toBeDefined();
      break;
    }
    expect(gateway.seen).toHaveLength(1);
  });
});

describe('errors', () => {
  it('say what was refused', async () => {
    const error = await refusal(client.customers.create({ customer_name: '' }));
    expect(error).toMatchObject({ status: 422, code: 'request_invalid', retryable: false, retryAfter: null });
    expect(error.requestId).toEqual(expect.any(String));
    expect(error.detail).toMatchObject([{ loc: ['body', 'customer_name'] }]);
    expect(gateway.seen).toHaveLength(1);
  });

  it('never hold the key', async () => {
    const stranger = createPortalClient({ baseUrl: gateway.url, organisation: organisation.id, apiKey: 'zsk_wrong' });
    const error = await refusal(stranger.customers.list());
    expect([error.status, error.code]).toEqual([401, 'api_key_invalid']);
    gateway.mishaps.push('break before', 'break before', 'break before', 'break before');
    const lost = await client.customers.list().catch((reason: unknown) => reason);
    expect(lost).toBeInstanceOf(PortalConnectionError);
    expect(`${String(lost)} ${JSON.stringify(lost)}`).not.toContain(organisation.apiKey);
    expect(gateway.seen).toHaveLength(5);
  });

  it('of something in between are told apart', async () => {
    gateway.mishaps.push({ status: 404 });
    const error = await refusal(client.customers.list());
    expect(error).toMatchObject({ status: 404, code: 'answer_unreadable', requestId: null });
  });
});

describe('trying again', () => {
  test.each([
    'break before',
    'break after',
    { status: 503 },
    { status: 502 },
    { status: 429, headers: { 'retry-after': '0' } },
  ] as const)('a POST after %j has its effect once', async (mishap) => {
    gateway.mishaps.push(mishap);
    await client.customers.create({ customer_name: 'Once' });
    expect(gateway.seen).toHaveLength(2);
    expect(gateway.seen[0]?.headers['idempotency-key']).toBe(gateway.seen[1]?.headers['idempotency-key']);
    expect((await client.customers.list()).total_count).toBe(1);
  });

  it('is not done for a change that might be made twice', async () => {
    const { id } = await client.customers.create({ customer_name: 'Fernhill' });
    gateway.mishaps.push('break after');
    await expect(client.customers.update(id, { email: 'a@b.example' })).rejects.toBeInstanceOf(PortalConnectionError);
    gateway.mishaps.push({ status: 503 });
    expect((await client.customers.update(id, { email: 'c@d.example' })).email).toBe('c@d.example');
  });

  it('waits as long as it is told to, but not for ever', async () => {
    gateway.mishaps.push({ status: 503, headers: { 'retry-after': '1' } });
    const began = performance.now();
    await client.customers.list();
    expect(performance.now() - began).toBeGreaterThan(950);
    gateway.mishaps.push({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await refusal(client.customers.list())).toMatchObject({ status: 429, retryAfter: 3600, retryable: true });
  });

  it('uses the key of the caller, also from another process', async () => {
    const body = { customer_name: 'Once' };
    const first = await client.customers.create(body, { idempotencyKey: 'order-17' });
    const again = await client.customers.create(body, { idempotencyKey: 'order-17' });
    expect(again.id).toBe(first.id);
  });
});

describe('patience', () => {
  it('ends with the time limit, and with the caller’s', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const settings = { baseUrl, organisation: organisation.id, apiKey: organisation.apiKey, maxRetries: 0 };
    const hasty = createPortalClient({ ...settings, timeoutMs: 100 });
    await expect(hasty.customers.list()).rejects.toThrow('did not answer within 0.1 seconds');
    const patient = createPortalClient(settings);
    const called = patient.call('GET /customers', { signal: AbortSignal.timeout(100) });
    await expect(called).rejects.toMatchObject({ name: 'TimeoutError' });
    silent.closeAllConnections();
    silent.close();
  });

  it('does not follow anybody elsewhere with the key', async () => {
    gateway.mishaps.push({ status: 302, headers: { location: `${server.address}/customers` } });
    const cautious = createPortalClient({
      baseUrl: gateway.url,
      organisation: organisation.id,
      apiKey: organisation.apiKey,
      maxRetries: 0,
    });
    await expect(cautious.customers.list()).rejects.toBeInstanceOf(PortalConnectionError);
  });
});

describe('bulk', () => {
  it('sends what is generated, in requests of bounded size, and numbers the results through', async () => {
    async function* customers(count: number) {
      for (let number = 1; number <= count; number += 1) {
        yield { external_id: `crm-${number}`, customer_name: number === 2001 ? '' : `Customer ${number}` };
      }
    }
    const results = await collect(client.bulk.customers(customers(2100)));
    expect(gateway.seen).toHaveLength(2);
    expect(results.map(({ line }) => line)).toEqual(Array.from({ length: 2100 }, (_, index) => index + 1));
    expect(results.filter(({ status }) => status === 'created')).toHaveLength(2099);
    expect(results[2000]).toMatchObject({ status: 'failed', error: { code: 'request_invalid' } });
    gateway.mishaps.push('break after');
    const again = await collect(client.bulk.customers([{ external_id: 'crm-1', customer_name: 'Customer 1' }]));
    expect(again).toMatchObject([{ status: 'unchanged', line: 1 }]);
  });
});
