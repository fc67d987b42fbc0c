import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';
import { recordEvents } from '../testing/webhook-events.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
});
afterAll(() => server.close());

const newCustomer = async () => {
  const id = await addCustomer(server, organisation.id);
  return { id, path: `/customers/${id}`, methods: `/customers/${id}/payment_methods` };
};

const attach = async (methods: string, body: Record<string, unknown>) => {
  const answer = await merchant.post(`${methods}/attach`, { connector: 'stripe', ...body });
  expect(answer.status, answer.text).toBe(200);
  server.clock.advance(1_000);
  return answer.body;
};

const defaults = async (methods: string) =>
  ((await merchant.get(methods)).body['results'] as { external_id: string; is_default: boolean }[]).map(
    ({ external_id, is_default }) => [external_id, is_default],
  );

describe('POST /customers/{id}/payment_methods/attach', () => {
  it('answers 401 without a key', async () => {
    const { methods } = await newCustomer();
    expect((await server.request('POST', `${methods}/attach`, { body: {} })).status).toBe(401);
  });

  it('answers 404 to a customer of somebody else', async () => {
    const { methods } = await newCustomer();
    const other = merchantClient(server, await server.addOrganisation());
    const { status, body } = await other.post(`${methods}/attach`, { payment_method_id: 'pm_1', connector: 'stripe' });
    expect([status, body['code']]).toEqual([404, 'customer_not_found']);
    expect(await defaults(methods)).toEqual([]);
  });

  it('records a payment method, with every field in the answer', async () => {
    const { id, path, methods } = await newCustomer();
    const created_at = new Date(server.clock.now()).toISOString();
    const body = await attach(methods, {
      payment_method_id: 'pm_1',
      set_as_default: false,
      type: 'card',
      details: { brand: 'visa', last4: '4242' },
      country: 'gb',
    });
    expect(body).toEqual({
      id: expect.any(String),
      customer_id: id,
      organisation_id: organisation.id,
      connector_id: null,
      connector_name: 'stripe',
      external_id: 'pm_1',
      is_default: true,
      status: 'active',
      country: 'GB',
      type: 'card',
      details: { brand: 'visa', last4: '4242', bank_name: null },
      created_at,
    });
    expect((await merchant.get(path)).body['default_payment_method']).toEqual({
      id: body['id'],
      type: 'card',
      details: { brand: 'visa', last4: '4242', bank_name: null },
      connector_name: 'stripe',
    });
  });

  it('makes the first one the default, and another only when told', async () => {
    const { methods } = await newCustomer();
    await attach(methods, { payment_method_id: 'pm_1' });
    await attach(methods, { payment_method_id: 'pm_2' });
    expect(await defaults(methods)).toEqual([
      ['pm_1', true],
      ['pm_2', false],
    ]);
    await attach(methods, { payment_method_id: 'pm_3', set_as_default: true });
    await attach(methods, { payment_method_id: 'pm_2', set_as_default: true });
    expect(await defaults(methods)).toEqual([
      ['pm_1', false],
      ['pm_2', true],
      ['pm_3', false],
    ]);
  });

  it('changes what is given when it is attached again, and keeps the rest', async () => {
    const { methods } = await newCustomer();
    const connectorId = '11111111-1111-4111-8111-111111111111';
    const first = await attach(methods, {
      payment_method_id: 'pm_1',
      type: 'bank_transfer',
      details: { bank_name: 'Halvorsen' },
      country: 'NO',
    });
    const again = await attach(methods, { payment_method_id: 'pm_1', connector: connectorId, country: null });
    expect(again).toEqual({ ...first, connector_id: connectorId, connector_name: connectorId, country: null });
    expect((await merchant.get(methods)).body['results']).toEqual([again]);
  });

  it('keeps the same id of a provider apart for each customer', async () => {
    const one = await newCustomer();
    const two = await newCustomer();
    const first = await attach(one.methods, { payment_method_id: 'pm_same' });
    const second = await attach(two.methods, { payment_method_id: 'pm_same' });
    expect(second['id']).not.toBe(first['id']);
  });

  it.each([
    [{ connector: 'stripe' }, ['payment_method_id']],
    [{ payment_method_id: 'pm_1' }, ['connector']],
    [{ payment_method_id: 'pm_1', connector: 'stripe', country: 'XX' }, ['country']],
    [{ payment_method_id: 'pm_1', connector: 'stripe', details: { last4: '4242424242424242' } }, ['details', 'last4']],
    [{ payment_method_id: 'pm_1', connector: 'stripe', details: { number: '4242' } }, ['details', 'number']],
  ])('answers 422 to %j', async (body, field) => {
    const { methods } = await newCustomer();
    const answer = await merchant.post(`${methods}/attach`, body);
    expect(answer.status).toBe(422);
    expect(answer.body['detail']).toMatchObject([{ loc: ['body', ...field] }]);
  });
});

describe('GET /customers/{id}/payment_methods', () => {
  it('pages through the payment methods of this customer only', async () => {
    const { methods } = await newCustomer();
    await attach((await newCustomer()).methods, { payment_method_id: 'pm_9' });
    const ids: unknown[] = [];
    for (const payment_method_id of ['pm_1', 'pm_2', 'pm_3']) {
      ids.push((await attach(methods, { payment_method_id }))['id']);
    }
    const { forwards, backwards, totals } = await walkPages(merchant, `${methods}?limit=2`);
    expect([forwards, backwards, totals]).toEqual([ids, ids, [3]]);
    const found = await merchant.get(`${methods}?external_id=pm_2&is_default=false`);
    expect(found.body['results']).toMatchObject([{ external_id: 'pm_2' }]);
    expect((await merchant.get(`${methods}?brand=visa`)).status).toBe(422);
  });

  it('answers 404 to a customer of somebody else', async () => {
    const { methods } = await newCustomer();
    const other = merchantClient(server, await server.addOrganisation());
    expect((await other.get(methods)).body['code']).toBe('customer_not_found');
  });
});

describe('DELETE /customers/{id}/payment_methods/{pmId}', () => {
  it('leaves the customer without a default when it was that, until the next is attached', async () => {
    const { path, methods } = await newCustomer();
    const first = await attach(methods, { payment_method_id: 'pm_1' });
    await attach(methods, { payment_method_id: 'pm_2' });
    const { status, body } = await merchant.delete(`${methods}/${String(first['id'])}`);
    expect([status, body]).toEqual([200, { id: first['id'], deleted: true }]);
    expect(await defaults(methods)).toEqual([['pm_2', false]]);
    expect((await merchant.get(path)).body['default_payment_method']).toBeNull();
    await attach(methods, { payment_method_id: 'pm_3' });
    expect(await defaults(methods)).toEqual([
      ['pm_2', false],
      ['pm_3', true],
    ]);
  });

  it('answers 404 to that of another customer, of somebody else, and of nobody', async () => {
    const { id, methods } = await newCustomer();
    const stranger = await newCustomer();
    const method = await attach(methods, { payment_method_id: 'pm_1' });
    const other = merchantClient(server, await server.addOrganisation());
    const answers = [
      await merchant.delete(`${stranger.methods}/${String(method['id'])}`),
      await merchant.delete(`${methods}/${id}`),
      await other.delete(`${methods}/${String(method['id'])}`),
    ];
    expect(answers.map((answer) => [answer.status, answer.body['code']])).toEqual([
      [404, 'payment_method_not_found'],
      [404, 'payment_method_not_found'],
      [404, 'customer_not_found'],
    ]);
    expect(await defaults(methods)).toEqual([['pm_1', true]]);
  });
});

it('another default has changed the customer, another payment method has not', async () => {
  const shop = merchantClient(server, await server.addOrganisation());
  const events = await recordEvents(server, shop, ['customer.updated']);
  const { body } = await shop.post('/customer', { customer_name: 'Payer' });
  const path = `/customers/${String(body['id'])}`;
  await shop.post(`${path}/payment_methods/attach`, { payment_method_id: 'pm_1', connector: 'stripe' });
  await shop.post(`${path}/payment_methods/attach`, { payment_method_id: 'pm_2', connector: 'stripe' });
  const customer = (await shop.get(path)).body;
  expect(customer).toMatchObject({ default_payment_method: { connector_name: 'stripe' } });
  expect(await events()).toEqual([{ type: 'customer.updated', data: customer }]);
});
