import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  return { merchant: merchantClient(server, organisation), organisationId: organisation.id };
};

const create = async (merchant: MerchantClient, body: Record<string, unknown>): Promise<string> => {
  const answer = await merchant.post('/entitlements', body);
  expect(answer.status).toBe(200);
  return String(answer.body['id']);
};

describe('POST /entitlements', () => {
  it('answers 401 without a key', async () => {
    const { status, body } = await server.request('POST', '/entitlements', { body: { name: 'SSO' } });
    expect([status, body['code']]).toEqual([401, 'api_key_invalid']);
  });

  it('creates a definition, by default an active Feature', async () => {
    const { merchant } = await newMerchant();
    const { status, body } = await merchant.post('/entitlements', { name: 'Single sign-on' });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      external_id: null,
      name: 'Single sign-on',
      description: null,
      entitlement_type: 'Feature',
      units: null,
      is_active: true,
      product_id: null,
      created_at: '2026-11-23T12:00:00.000Z',
      updated_at: '2026-11-23T12:00:00.000Z',
    });
    expect((await merchant.get(`/entitlements/${String(body['id'])}`)).body).toEqual(body);
  });

  it("takes a product by our id or the merchant's", async () => {
    const { merchant } = await newMerchant();
    const product = String((await merchant.post('/products', { name: 'API', external_id: 'api' })).body['id']);
    const quantity = { name: 'Calls', entitlement_type: 'Quantity', units: 'calls' };
    for (const named of [{ product_id: product }, { product_external_id: 'api' }]) {
      expect((await merchant.post('/entitlements', { ...quantity, ...named })).body).toMatchObject({
        entitlement_type: 'Quantity',
        units: 'calls',
        product_id: product,
      });
    }
  });

  it.each([
    ['no name', { name: undefined }, ['body', 'name']],
    ['an unknown type', { entitlement_type: 'feature' }, ['body', 'entitlement_type']],
    ['units of a Feature', { units: 'calls' }, ['body', 'units']],
    ['an unknown product', { product_id: nowhere }, ['body', 'product_id']],
    ['an unknown product of the merchant', { product_external_id: 'x' }, ['body', 'product_external_id']],
    ['two products', { product_id: nowhere, product_external_id: 'x' }, ['body', 'product_id']],
    ['an unknown field', { price: 1 }, ['body', 'price']],
  ])('answers 422 to %s', async (_, change, loc) => {
    const { merchant } = await newMerchant();
    const { status, body } = await merchant.post('/entitlements', { name: 'SSO', ...change });
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
  });

  it('refuses an external id that is taken, but not one of another organisation', async () => {
    const { merchant } = await newMerchant();
    await create((await newMerchant()).merchant, { name: 'Theirs', external_id: 'sso' });
    await create(merchant, { name: 'SSO', external_id: 'sso' });
    const { status, body } = await merchant.post('/entitlements', { name: 'Again', external_id: 'sso' });
    expect([status, body['code']]).toEqual([409, 'external_id_taken']);
  });
});

describe('PATCH /entitlements/{id}', () => {
  it('changes only what is given, and null clears', async () => {
    const { merchant } = await newMerchant();
    const id = await create(merchant, {
      name: 'Calls',
      entitlement_type: 'Quantity',
      units: 'calls',
      description: 'A month',
      external_id: 'calls',
    });
    expect((await merchant.patch(`/entitlements/${id}`, { is_active: false, description: null })).body).toMatchObject({
      name: 'Calls',
      entitlement_type: 'Quantity',
      units: 'calls',
      description: null,
      is_active: false,
      external_id: 'calls',
    });
  });

  it('leaves a definition that a change says nothing new of as it was', async () => {
    const { merchant } = await newMerchant();
    const { body: created } = await merchant.post('/entitlements', { name: 'Single sign-on' });
    server.clock.advance(1000);
    for (const patch of [{}, { name: 'Single sign-on', is_active: true }]) {
      expect((await merchant.patch(`/entitlements/${String(created['id'])}`, patch)).body).toEqual(created);
    }
  });

  it('keeps the type of what has been granted', async () => {
    const { merchant, organisationId } = await newMerchant();
    const customerId = await addCustomer(server, organisationId);
    const id = await create(merchant, { name: 'Calls', entitlement_type: 'Quantity' });
    expect((await merchant.patch(`/entitlements/${id}`, { entitlement_type: 'Credits' })).status).toBe(200);
    await merchant.post(`/entitlements/customer/${customerId}`, { entitlement_id: id, quantity: 10 });
    const { status, body } = await merchant.patch(`/entitlements/${id}`, { entitlement_type: 'Feature' });
    expect([status, body['code']]).toEqual([409, 'entitlement_in_use']);
    expect((await merchant.patch(`/entitlements/${id}`, { entitlement_type: 'Credits' })).status).toBe(200);
  });

  it("answers 404 to a missing and to somebody else's definition", async () => {
    const { merchant } = await newMerchant();
    const theirs = await create((await newMerchant()).merchant, { name: 'Theirs' });
    for (const id of [nowhere, theirs]) {
      const answers = [await merchant.get(`/entitlements/${id}`), await merchant.patch(`/entitlements/${id}`, {})];
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
        Array(2).fill([404, 'entitlement_not_found']),
      );
    }
  });
});

describe('GET /entitlements', () => {
  it('pages, filters and orders', async () => {
    const { merchant } = await newMerchant();
    const product = String((await merchant.post('/products', { name: 'API', external_id: 'api' })).body['id']);
    const sso = await create(merchant, { name: 'sso', external_id: 'e-1' });
    const calls = await create(merchant, { name: 'Calls', entitlement_type: 'Quantity', product_id: product });
    const seats = await create(merchant, { name: 'Seats', entitlement_type: 'Quantity', is_active: false });
    await create((await newMerchant()).merchant, { name: 'Theirs' });

    const walk = await walkPages(merchant, '/entitlements?limit=2&order=name');
    expect(walk.forwards).toEqual([calls, seats, sso]);
    const found = async (query: string) =>
      ((await merchant.get(`/entitlements?order=name&${query}`)).body['results'] as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await found('entitlement_type=Quantity')).toEqual([calls, seats]);
    expect(await found('is_active=true')).toEqual([calls, sso]);
    expect(await found(`product_id=${product}`)).toEqual([calls]);
    expect(await found('product__external_id=api')).toEqual([calls]);
    expect(await found('external_id__isnull=false')).toEqual([sso]);
    expect((await merchant.get('/entitlements?colour=red')).status).toBe(422);
  });
});
