import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';
const day = '2026-11-23T12:00:00.000Z';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id, { external_id: 'ohara' });
  const merchant = merchantClient(server, organisation);
  await merchant.post('/entitlements', { name: 'Single sign-on', external_id: 'sso' });
  await merchant.post('/entitlements', {
    name: 'API calls',
    external_id: 'calls',
    entitlement_type: 'Quantity',
    units: 'calls',
  });
  return {
    merchant,
    organisation,
    customerId,
    scope: { organisationId: organisation.id, customerId },
    path: `/entitlements/customer/${customerId}`,
    grant: async (body: Record<string, unknown>): Promise<string> => {
      const answer = await merchant.post(`/entitlements/customer/${customerId}`, body);
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      return String(answer.body['id']);
    },
  };
};

describe('POST /entitlements/customer/{customer_id}', () => {
  it('answers 401 without a key', async () => {
    const { path } = await newMerchant();
    const { status, body } = await server.request('POST', path, { body: {} });
    expect([status, body['code']]).toEqual([401, 'api_key_invalid']);
  });

  it('grants, with every field in the answer, and the portal shows it', async () => {
    const { merchant, organisation, customerId, path } = await newMerchant();
    const { status, body } = await merchant.post(path, {
      entitlement_external_id: 'calls',
      quantity: 10.1,
      quantity_used: 0.3,
      external_id: 'g-1',
    });
    expect(status).toBe(200);
    const entitlement = body['entitlement'] as { id: string };
    expect(body).toEqual({
      id: expect.any(String),
      external_id: 'g-1',
      entitlement: expect.objectContaining({ name: 'API calls', external_id: 'calls', units: 'calls' }),
      name: 'API calls',
      units: 'calls',
      type: 'Quantity',
      customer: { id: customerId, customer_name: "O'Hara & Sons", external_id: 'ohara' },
      source_type: 'Grant',
      source_id: null,
      contract: null,
      contract_id: null,
      product: null,
      invoice: null,
      invoice_id: null,
      active_from: day,
      expiry_at: null,
      renews_at: null,
      quantity: 10.1,
      quantity_used: 0.3,
      quantity_remaining: 9.8,
      event: null,
      status: 'active',
      created_at: day,
      updated_at: day,
    });
    const portal = await openPortal(server, organisation, customerId);
    expect((await portal.get('/entitlements')).body).toMatchObject({
      results: [{ id: body['id'], entitlement: { id: entitlement.id }, quantity_remaining: 9.8 }],
    });
  });

  it('names what it came from', async () => {
    const { merchant, scope, customerId, path } = await newMerchant();
    const product = (await merchant.post('/products', { name: 'API', external_id: 'api' })).body['id'];
    const contract = (
      await merchant.post('/contract_v2', {
        customer_id: customerId,
        name: 'Plan',
        currency: 'EUR',
        start_date: '2026-01-01',
        external_id: 'c-1',
      })
    ).body['id'];
    const invoice = await addInvoice(server, scope, { external_id: 'i-1', invoice_number: 'INV-1' });
    const { body } = await merchant.post(path, {
      entitlement_external_id: 'sso',
      contract_external_id: 'c-1',
      product_external_id: 'api',
      invoice_external_id: 'i-1',
    });
    expect(body).toMatchObject({
      quantity: 1,
      source_type: 'Contract',
      source_id: contract,
      contract: { id: contract, name: 'Plan' },
      contract_id: contract,
      product: { id: product, name: 'API' },
      invoice: { id: invoice.id, invoice_number: 'INV-1' },
      invoice_id: invoice.id,
    });
  });

  it.each([
    ['no definition', { entitlement_external_id: undefined }, ['body', 'entitlement_id']],
    ['an unknown definition', { entitlement_external_id: 'x' }, ['body', 'entitlement_external_id']],
    ['a quantity that is not said', {}, ['body', 'quantity']],
    ['a negative quantity', { quantity: -1 }, ['body', 'quantity']],
    ['negative use', { quantity: 1, quantity_used: -0.5 }, ['body', 'quantity_used']],
    ['half a Feature', { entitlement_external_id: 'sso', quantity: 0.5 }, ['body', 'quantity']],
    ['an unlimited Feature', { entitlement_external_id: 'sso', quantity: null }, ['body', 'quantity']],
    ['a consumed Feature', { entitlement_external_id: 'sso', quantity_used: 1 }, ['body', 'quantity_used']],
    ['an end at its beginning', { quantity: 1, active_from: day, expiry_at: day }, ['body', 'expiry_at']],
    ['a renewal before its beginning', { quantity: 1, renews_at: '2026-01-01' }, ['body', 'renews_at']],
    ['an unknown contract', { quantity: 1, contract_id: nowhere }, ['body', 'contract_id']],
    ['an unknown product', { quantity: 1, product_external_id: 'x' }, ['body', 'product_external_id']],
    ['an unknown invoice', { quantity: 1, invoice_id: nowhere }, ['body', 'invoice_id']],
    ['a body that names the customer', { quantity: 1, customer_id: nowhere }, ['body', 'customer_id']],
  ])('answers 422 to %s', async (_, change, loc) => {
    const { merchant, path } = await newMerchant();
    const { status, body } = await merchant.post(path, { entitlement_external_id: 'calls', ...change });
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
    expect((await merchant.get(path)).body['total_count']).toBe(0);
  });

  it("refuses another customer's invoice, an inactive definition, and an external id that is taken", async () => {
    const { merchant, scope, path, grant } = await newMerchant();
    const other = await addCustomer(server, scope.organisationId);
    const invoice = await addInvoice(server, { ...scope, customerId: other });
    expect((await merchant.post(path, { entitlement_external_id: 'sso', invoice_id: invoice.id })).body).toMatchObject({
      detail: [{ loc: ['body', 'invoice_id'] }],
    });

    await grant({ entitlement_external_id: 'sso', external_id: 'g-1' });
    const taken = await merchant.post(path, { entitlement_external_id: 'sso', external_id: 'g-1' });
    expect([taken.status, taken.body['code']]).toEqual([409, 'external_id_taken']);

    const { body } = await merchant.get('/entitlements?external_id=sso');
    const [sso] = body['results'] as [{ id: string }];
    await merchant.patch(`/entitlements/${sso.id}`, { is_active: false });
    expect((await merchant.post(path, { entitlement_id: sso.id })).body).toMatchObject({
      detail: [{ loc: ['body', 'entitlement_id'] }],
    });
  });

  it("answers 404 to a missing and to somebody else's customer", async () => {
    const { merchant } = await newMerchant();
    const theirs = await newMerchant();
    for (const id of [nowhere, theirs.customerId]) {
      const answers = [
        await merchant.post(`/entitlements/customer/${id}`, { entitlement_external_id: 'sso' }),
        await merchant.get(`/entitlements/customer/${id}`),
        await merchant.get(`/entitlements/customer/unique/${id}`),
      ];
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
        Array(3).fill([404, 'customer_not_found']),
      );
    }
  });
});

describe('PATCH and DELETE /entitlements/customer/{customer_id}/{id}', () => {
  it('changes only what is given, and null clears', async () => {
    const { merchant, path, grant } = await newMerchant();
    const id = await grant({ entitlement_external_id: 'calls', quantity: 10, expiry_at: '2027-01-01' });
    expect((await merchant.patch(`${path}/${id}`, { quantity_used: 2.5, renews_at: '2026-12-01' })).body).toMatchObject(
      {
        quantity: 10,
        quantity_used: 2.5,
        quantity_remaining: 7.5,
        expiry_at: '2027-01-01T00:00:00.000Z',
        renews_at: '2026-12-01T00:00:00.000Z',
      },
    );
    expect((await merchant.patch(`${path}/${id}`, { quantity: null, expiry_at: null })).body).toMatchObject({
      quantity: null,
      quantity_remaining: null,
      expiry_at: null,
    });
    expect((await merchant.patch(`${path}/${id}`, { expiry_at: '2020-01-01' })).status).toBe(422);
  });

  it('leaves a grant that a change says nothing new of as it was', async () => {
    const { merchant, path, grant } = await newMerchant();
    const id = await grant({ entitlement_external_id: 'calls', quantity: 10 });
    const { body: before } = await merchant.get(`${path}?id=${id}`);
    server.clock.advance(1000);
    for (const patch of [{}, { quantity: 10 }]) {
      expect([(await merchant.patch(`${path}/${id}`, patch)).body]).toEqual(before['results']);
    }
  });

  it('takes a grant back, and says so in the audit', async () => {
    const { merchant, scope, path, grant } = await newMerchant();
    const id = await grant({ entitlement_external_id: 'sso', external_id: 'g-1' });
    expect((await merchant.delete(`${path}/${id}`)).body).toEqual({ id, deleted: true });
    expect((await merchant.get(path)).body['total_count']).toBe(0);
    const audited = await server.db
      .selectFrom('audit_event')
      .select(['customer_id', 'detail'])
      .where('organisation_id', '=', scope.organisationId)
      .where('action', '=', 'entitlement.taken_back')
      .execute();
    expect(audited).toEqual([
      { customer_id: scope.customerId, detail: JSON.stringify({ id, name: 'Single sign-on', external_id: 'g-1' }) },
    ]);
  });

  it("answers 404 to a missing grant, another customer's and somebody else's", async () => {
    const { merchant, organisation, path, grant } = await newMerchant();
    const id = await grant({ entitlement_external_id: 'sso' });
    const other = await addCustomer(server, organisation.id);
    const theirs = await newMerchant();
    const foreign = await theirs.grant({ entitlement_external_id: 'sso' });
    for (const wrong of [`${path}/${nowhere}`, `/entitlements/customer/${other}/${id}`, `${path}/${foreign}`]) {
      const answers = [await merchant.patch(wrong, { quantity: 0 }), await merchant.delete(wrong)];
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
        Array(2).fill([404, 'customer_entitlement_not_found']),
      );
    }
    expect((await theirs.merchant.get(theirs.path)).body['total_count']).toBe(1);
  });
});

describe('GET /entitlements/customer/{customer_id}', () => {
  it('pages, filters and orders', async () => {
    const { merchant, path, grant } = await newMerchant();
    const sso = await grant({ entitlement_external_id: 'sso', external_id: 'g-1' });
    const old = await grant({
      entitlement_external_id: 'calls',
      quantity: 5,
      active_from: '2025-01-01',
      expiry_at: '2026-01-01',
    });
    const next = await grant({ entitlement_external_id: 'calls', quantity: 7, active_from: '2027-01-01' });

    const walk = await walkPages(merchant, `${path}?limit=2&order=active_from`);
    expect(walk.forwards).toEqual([old, sso, next]);
    const found = async (query: string) =>
      ((await merchant.get(`${path}?order=active_from&${query}`)).body['results'] as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await found('status=active')).toEqual([sso]);
    expect(await found('status__in=expired,upcoming')).toEqual([old, next]);
    expect(await found('type=Quantity')).toEqual([old, next]);
    expect(await found('entitlement__external_id=sso')).toEqual([sso]);
    expect(await found('external_id=g-1')).toEqual([sso]);
    expect(await found('expiry_at__isnull=true')).toEqual([sso, next]);
    expect(await found('name__ilike=API%25')).toEqual([old, next]);
    expect((await merchant.get(`${path}?colour=red`)).status).toBe(422);
  });
});

describe('GET /entitlements/customer/unique/{customer_id}', () => {
  it('totals what is active, by definition', async () => {
    const { merchant, organisation, customerId, grant } = await newMerchant();
    const calls = { entitlement_external_id: 'calls' };
    await grant({ ...calls, quantity: 10.1, quantity_used: 0.1 });
    await grant({ ...calls, quantity: 0.2, quantity_used: 0.2 });
    await grant({ ...calls, quantity: 99, active_from: '2027-01-01' });
    await grant({ ...calls, quantity: 99, quantity_used: 50, active_from: '2025-01-01', expiry_at: '2026-01-01' });
    await grant({ entitlement_external_id: 'sso' });
    await grant({ entitlement_external_id: 'sso' });
    const other = await addCustomer(server, organisation.id);
    await merchant.post(`/entitlements/customer/${other}`, { ...calls, quantity: 1000 });

    const { body } = await merchant.get(`/entitlements/customer/unique/${customerId}`);
    expect(body).toMatchObject({ total_count: 2, next: null });
    expect(body['results']).toEqual([
      {
        entitlement: expect.objectContaining({ name: 'API calls' }),
        total_quantity: 10.3,
        total_quantity_used: 0.3,
        total_expired_entitlements: 1,
      },
      {
        entitlement: expect.objectContaining({ name: 'Single sign-on' }),
        total_quantity: 1,
        total_quantity_used: 0,
        total_expired_entitlements: 0,
      },
    ]);

    await grant({ ...calls, quantity: null });
    const { body: unlimited } = await merchant.get(`/entitlements/customer/unique/${customerId}?external_id=calls`);
    expect(unlimited['results']).toMatchObject([{ total_quantity: null, total_quantity_used: 0.3 }]);
  });
});
