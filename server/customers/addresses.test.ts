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
  return { id, path: `/customers/${id}`, addresses: `/customers/${id}/addresses` };
};

const add = async (addresses: string, body: Record<string, unknown>) => {
  const answer = await merchant.post(addresses, body);
  expect(answer.status, answer.text).toBe(200);
  server.clock.advance(1_000);
  return answer.body;
};

const other = async () => merchantClient(server, await server.addOrganisation());

describe('POST /customers/{id}/addresses', () => {
  it('answers 401 without a key', async () => {
    const { addresses } = await newCustomer();
    expect((await server.request('POST', addresses, { body: { line1: '1 Pier Road' } })).status).toBe(401);
  });

  it('answers 404 to a customer of somebody else', async () => {
    const { addresses } = await newCustomer();
    const { status, body } = await (await other()).post(addresses, { line1: '1 Pier Road' });
    expect([status, body['code']]).toEqual([404, 'customer_not_found']);
    expect((await merchant.get(addresses)).body['total_count']).toBe(0);
  });

  it('takes zipCode and answers zip_code', async () => {
    const { id, path, addresses } = await newCustomer();
    const now = new Date(server.clock.now()).toISOString();
    const body = await add(addresses, { line1: '1 Pier Road', zipCode: 'BS1 4DJ', country_code: 'gb' });
    expect(body).toEqual({
      id: expect.any(String),
      customer_id: id,
      line1: '1 Pier Road',
      line2: null,
      line3: null,
      city: null,
      state: null,
      zip_code: 'BS1 4DJ',
      country: 'United Kingdom',
      country_code: 'GB',
      is_default_billing: false,
      is_default_shipping: false,
      created_at: now,
      updated_at: now,
    });
    expect((await merchant.get(path)).body).toMatchObject({ address: null, ship_to_address: null });
  });

  it('hands a default over to the new address, each by itself', async () => {
    const { path, addresses } = await newCustomer();
    const first = await add(addresses, { line1: '1 First', is_default_billing: true, is_default_shipping: true });
    expect((await merchant.get(path)).body).toMatchObject({ address: { line1: '1 First' }, ship_to_address: null });
    const second = await add(addresses, { line1: '2 Second', is_default_shipping: true });
    expect((await merchant.get(path)).body).toMatchObject({
      address: { line1: '1 First' },
      ship_to_address: { line1: '2 Second' },
    });
    const third = await add(addresses, { line1: '3 Third', is_default_billing: true });
    const { body } = await merchant.get(addresses);
    expect(body['results']).toMatchObject([
      { id: first['id'], is_default_billing: false, is_default_shipping: false },
      { id: second['id'], is_default_billing: false, is_default_shipping: true },
      { id: third['id'], is_default_billing: true, is_default_shipping: false },
    ]);
  });

  it.each([
    [{}, 'line1'],
    [{ line1: '' }, 'line1'],
    [{ line1: '1 Pier Road\nBcc' }, 'line1'],
    [{ line1: '1 Pier Road', country_code: 'XX' }, 'country_code'],
    [{ line1: '1 Pier Road', zip_code: '1' }, 'zip_code'],
    [{ line1: '1 Pier Road', is_default_billing: 1 }, 'is_default_billing'],
  ])('answers 422 to %j', async (body, field) => {
    const { addresses } = await newCustomer();
    const answer = await merchant.post(addresses, body);
    expect(answer.status).toBe(422);
    expect(answer.body['detail']).toMatchObject([{ loc: ['body', field] }]);
  });
});

describe('GET /customers/{id}/addresses', () => {
  it('pages through the addresses of this customer only', async () => {
    const { addresses } = await newCustomer();
    const stranger = await newCustomer();
    await add(stranger.addresses, { line1: '9 Elsewhere' });
    const ids: unknown[] = [];
    for (const line1 of ['1 A', '2 B', '3 C']) {
      ids.push((await add(addresses, { line1 }))['id']);
    }
    const { forwards, backwards, totals } = await walkPages(merchant, `${addresses}?limit=1`);
    expect([forwards, backwards, totals]).toEqual([ids, ids, [3]]);
  });

  it('finds the default one', async () => {
    const { addresses } = await newCustomer();
    await add(addresses, { line1: '1 A' });
    await add(addresses, { line1: '2 B', is_default_billing: true });
    const { body } = await merchant.get(`${addresses}?is_default_billing=true`);
    expect(body['results']).toMatchObject([{ line1: '2 B' }]);
    expect((await merchant.get(`${addresses}?zipCode=1`)).status).toBe(422);
  });

  it('answers 404 to a customer of somebody else', async () => {
    const { addresses } = await newCustomer();
    expect((await (await other()).get(addresses)).body['code']).toBe('customer_not_found');
  });
});

describe('PATCH /customers/{id}/addresses/{addressId}', () => {
  it('changes what is given, clears what is null and leaves the rest', async () => {
    const { addresses } = await newCustomer();
    const before = await add(addresses, { line1: '1 Pier', city: 'Bristol', state: 'Avon', country_code: 'GB' });
    const path = `${addresses}/${String(before['id'])}`;
    const now = new Date(server.clock.now()).toISOString();
    const { status, body } = await merchant.patch(path, { city: 'Kobe', state: null, country_code: 'JP' });
    expect(status).toBe(200);
    const changed = { ...before, city: 'Kobe', state: null, country: 'Japan', country_code: 'JP', updated_at: now };
    expect(body).toEqual(changed);
    server.clock.advance(1_000);
    expect((await merchant.patch(path, { city: 'Kobe' })).body).toEqual(changed);
    expect((await merchant.patch(path, { country: 'Nippon' })).body).toMatchObject({ country: 'Nippon', city: 'Kobe' });
    expect((await merchant.patch(path, { country: null, country_code: null })).body).toMatchObject({ country: null });
  });

  it('takes a default over, and gives one up', async () => {
    const { path, addresses } = await newCustomer();
    const first = await add(addresses, { line1: '1 First', is_default_billing: true });
    const second = await add(addresses, { line1: '2 Second' });
    await merchant.patch(`${addresses}/${String(second['id'])}`, { is_default_billing: true });
    expect((await merchant.get(path)).body).toMatchObject({ address: { line1: '2 Second' } });
    expect((await merchant.get(addresses)).body['results']).toMatchObject([
      { id: first['id'], is_default_billing: false },
      { id: second['id'], is_default_billing: true },
    ]);
    await merchant.patch(`${addresses}/${String(second['id'])}`, { is_default_billing: false });
    expect((await merchant.get(path)).body).toMatchObject({ address: null });
  });

  it('answers 404 to an address of another customer, or of nobody', async () => {
    const { addresses } = await newCustomer();
    const stranger = await newCustomer();
    const { id } = await add(stranger.addresses, { line1: '9 Elsewhere' });
    for (const addressId of [String(id), '00000000-0000-4000-8000-000000000000']) {
      const { status, body } = await merchant.patch(`${addresses}/${addressId}`, { line1: 'Mine' });
      expect([status, body['code']]).toEqual([404, 'address_not_found']);
    }
    const { body } = await (await other()).patch(`${stranger.addresses}/${String(id)}`, { line1: 'Mine' });
    expect(body['code']).toBe('customer_not_found');
    expect((await merchant.get(stranger.addresses)).body['results']).toMatchObject([{ line1: '9 Elsewhere' }]);
  });

  it.each([[{ line1: null }], [{ country_code: 'ZZ' }], [{ id: 'mine' }]])('answers 422 to %j', async (body) => {
    const { addresses } = await newCustomer();
    const { id } = await add(addresses, { line1: '1 Pier Road' });
    expect((await merchant.patch(`${addresses}/${String(id)}`, body)).status).toBe(422);
  });
});

it('an address changes the customer only where the customer shows it', async () => {
  const shop = await server.addOrganisation();
  merchant = merchantClient(server, shop);
  const events = await recordEvents(server, merchant, ['customer.updated']);
  const path = `/customers/${await addCustomer(server, shop.id)}`;
  const version = async () => (await merchant.get(path)).headers.get('etag');

  const { id } = await add(`${path}/addresses`, { line1: '1 Aside' });
  expect([await version(), await events()]).toEqual(['"1"', []]);

  await merchant.patch(`${path}/addresses/${String(id)}`, { is_default_billing: true });
  const customer = (await merchant.get(path)).body;
  expect(customer).toMatchObject({ address: { line1: '1 Aside' } });
  expect(customer['updated_at']).toBe(new Date(server.clock.now()).toISOString());
  expect([await version(), await events()]).toEqual(['"2"', [{ type: 'customer.updated', data: customer }]]);
});
