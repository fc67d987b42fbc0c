import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addEntitlement } from '../testing/builders/entitlements.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
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
  const customerId = await addCustomer(server, organisation.id, { external_id: 'ohara' });
  return {
    merchant: merchantClient(server, organisation),
    scope: { organisationId: organisation.id, customerId },
    customerId,
  };
};

const minimal = (customerId: string) => ({
  customer_id: customerId,
  name: 'Team plan',
  currency: 'eur',
  start_date: '2026-01-01',
});

const create = async (merchant: MerchantClient, body: Record<string, unknown>): Promise<string> =>
  String((await merchant.post('/contract_v2', body)).body['id']);

describe('POST /contract_v2', () => {
  it('answers 401 without a key', async () => {
    const { status, body } = await server.request('POST', '/contract_v2', { body: {} });
    expect([status, body['code']]).toEqual([401, 'api_key_invalid']);
  });

  it('creates a contract, with every field in the answer', async () => {
    const { merchant, customerId } = await newMerchant();
    const { status, body } = await merchant.post('/contract_v2', minimal(customerId));
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      external_id: null,
      name: 'Team plan',
      status: 'draft',
      currency: 'EUR',
      customer_id: customerId,
      customer: { id: customerId, customer_name: "O'Hara & Sons", external_id: 'ohara' },
      description: null,
      tags: [],
      start_date: '2026-01-01T00:00:00.000Z',
      end_date: null,
      custom_attributes: null,
      anchor_date: null,
      phases: [],
      renewal_policy: null,
      contract_link: null,
      created_at: '2026-11-23T12:00:00.000Z',
      updated_at: '2026-11-23T12:00:00.000Z',
    });
    expect((await merchant.get(`/contract_v2/${String(body['id'])}`)).body).toEqual(body);
  });

  it('keeps phases with their pricings and features, and names those without an id', async () => {
    const { merchant, customerId } = await newMerchant();
    const pricings = [{ pricing_id: 'p-1', product_id: 'prod-1', tiers: [{ up_to: 10, price: '0.0025' }] }];
    const features = [{ name: 'SSO', enabled: true }];
    const phases = [{ name: 'Ramp', start_date: '2026-01-01', end_date: '2026-07-01', pricings, features }];
    const { body } = await merchant.post('/contract_v2', { ...minimal(customerId), phases, tags: ['ramp', 'EU'] });
    expect(body).toMatchObject({
      tags: ['ramp', 'EU'],
      phases: [
        {
          id: expect.any(String),
          description: null,
          start_date: '2026-01-01T00:00:00.000Z',
          end_date: '2026-07-01T00:00:00.000Z',
          pricings,
          features,
        },
      ],
    });
  });

  it("takes the merchant's own id of the customer", async () => {
    const { merchant, customerId } = await newMerchant();
    const { customer_id: _, ...body } = minimal(customerId);
    expect((await merchant.post('/contract_v2', { ...body, customer_external_id: 'ohara' })).body).toMatchObject({
      customer_id: customerId,
    });
  });

  it.each([
    ['no customer', { customer_id: undefined }, ['body', 'customer_id']],
    ['two customers', { customer_external_id: 'ohara' }, ['body', 'customer_id']],
    ['an unknown customer', { customer_id: nowhere }, ['body', 'customer_id']],
    ['an unknown external id', { customer_id: undefined, customer_external_id: 'x' }, ['body', 'customer_external_id']],
    ['an unknown currency', { currency: 'XQQ' }, ['body', 'currency']],
    ['an unknown status', { status: 'ended' }, ['body', 'status']],
    ['an end before its start', { end_date: '2026-01-01' }, ['body', 'end_date']],
    ['a phase without a name', { phases: [{ start_date: '2026-01-01' }] }, ['body', 'phases', 0, 'name']],
    [
      'a phase that ends before it starts',
      { phases: [{ name: 'A', start_date: '2026-02-01', end_date: '2026-01-01' }] },
      ['body', 'phases', 0, 'end_date'],
    ],
    [
      'phases of more than 64 kB',
      { phases: [{ name: 'A', start_date: '2026-02-01', pricings: [{ text: 'x'.repeat(65_536) }] }] },
      ['body', 'phases'],
    ],
    ['a link that runs script', { contract_link: 'javascript:alert(1)' }, ['body', 'contract_link']],
    ['an unknown field', { owner: 'me' }, ['body', 'owner']],
    [
      'features nested without end',
      {
        phases: [{ name: 'A', start_date: '2026-01-01', features: JSON.parse(`${'['.repeat(3e3)}${']'.repeat(3e3)}`) }],
      },
      ['body', 'phases', 0, 'features'],
    ],
  ])('answers 422 to %s', async (_, change, loc) => {
    const { merchant, customerId } = await newMerchant();
    const { status, body } = await merchant.post('/contract_v2', { ...minimal(customerId), ...change });
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc }] });
  });

  it("refuses another organisation's customer, and an external id that is taken", async () => {
    const { merchant, customerId } = await newMerchant();
    const theirs = await newMerchant();
    expect((await merchant.post('/contract_v2', minimal(theirs.customerId))).status).toBe(422);
    await create(merchant, { ...minimal(customerId), external_id: 'c-1' });
    const { status, body } = await merchant.post('/contract_v2', { ...minimal(customerId), external_id: 'c-1' });
    expect([status, body['code']]).toEqual([409, 'external_id_taken']);
  });
});

describe('PUT /contract_v2/{id}', () => {
  it('replaces everything but the customer', async () => {
    const { merchant, scope, customerId } = await newMerchant();
    const id = await create(merchant, {
      ...minimal(customerId),
      external_id: 'c-1',
      description: 'First\nyear',
      custom_attributes: { region: 'EU' },
      renewal_policy: 'do_not_renew',
    });
    server.clock.advance(1000);
    const replaced = await merchant.put(`/contract_v2/${id}`, { ...minimal(customerId), status: 'active' });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({
      id,
      status: 'active',
      external_id: null,
      description: null,
      custom_attributes: null,
      renewal_policy: null,
    });
    expect(replaced.body['updated_at']).not.toBe(replaced.body['created_at']);

    const other = await addCustomer(server, scope.organisationId);
    const { status, body } = await merchant.put(`/contract_v2/${id}`, minimal(other));
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: [{ loc: ['body', 'customer_id'] }] });
  });
});

describe('DELETE /contract_v2/{id}', () => {
  it('forgets a contract, whose external id is then free', async () => {
    const { merchant, customerId } = await newMerchant();
    const id = await create(merchant, { ...minimal(customerId), external_id: 'c-1' });
    expect((await merchant.delete(`/contract_v2/${id}`)).body).toEqual({ id, deleted: true });
    expect((await merchant.get(`/contract_v2/${id}`)).status).toBe(404);
    expect((await merchant.get('/contract_v2')).body['total_count']).toBe(0);
    expect((await merchant.post('/contract_v2', { ...minimal(customerId), external_id: 'c-1' })).status).toBe(200);
  });

  it.each([
    ['an invoice', 'approved', 409],
    ['a draft', 'draft', 409],
    ['only a void invoice', 'void', 200],
    ['only a discarded invoice', 'discarded', 200],
  ] as const)('with %s from it answers %3$s', async (_, status, expected) => {
    const { merchant, scope, customerId } = await newMerchant();
    const id = await create(merchant, minimal(customerId));
    await addInvoice(server, scope, { status, contract_id: id });
    expect((await merchant.delete(`/contract_v2/${id}`)).status).toBe(expected);
  });

  it('is refused while an entitlement came from it', async () => {
    const { merchant, scope, customerId } = await newMerchant();
    const id = await create(merchant, minimal(customerId));
    await addEntitlement(server, scope, {}, { contract_id: id });
    expect((await merchant.delete(`/contract_v2/${id}`)).body['code']).toBe('contract_in_use');
  });

  it("answers 404 to a missing and to somebody else's contract, as GET and PUT do", async () => {
    const { merchant, customerId } = await newMerchant();
    const theirs = await newMerchant();
    const foreign = await create(theirs.merchant, minimal(theirs.customerId));
    for (const path of [`/contract_v2/${nowhere}`, `/contract_v2/${foreign}`]) {
      const answers = [
        await merchant.get(path),
        await merchant.put(path, minimal(customerId)),
        await merchant.delete(path),
      ];
      expect(answers.map(({ body }) => body['code'])).toEqual(Array(3).fill('contract_not_found'));
    }
    expect((await theirs.merchant.get(`/contract_v2/${foreign}`)).status).toBe(200);
  });
});

describe('GET /contract_v2', () => {
  it('pages, filters and orders', async () => {
    const { merchant, customerId } = await newMerchant();
    const open = await create(merchant, { ...minimal(customerId), name: 'Open', external_id: 'c-1' });
    const short = await create(merchant, { ...minimal(customerId), name: 'Short', end_date: '2026-02-01' });
    const long = await create(merchant, {
      ...minimal(customerId),
      name: 'Long',
      status: 'active',
      start_date: '2026-03-01',
      end_date: '2027-03-01',
    });
    const theirs = await newMerchant();
    await create(theirs.merchant, minimal(theirs.customerId));

    const walk = await walkPages(merchant, '/contract_v2?limit=2&order=end_date');
    expect(walk.forwards).toEqual([short, long, open]);
    expect(walk.isFirstAgain).toBe(true);
    const found = async (query: string) =>
      ((await merchant.get(`/contract_v2?order=name&${query}`)).body['results'] as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await found(`customer_id=${customerId}`)).toEqual([long, open, short]);
    expect(await found('customer__external_id=ohara&external_id=c-1')).toEqual([open]);
    expect(await found('customer__external_id=nobody')).toEqual([]);
    expect(await found('status__in=active,paused')).toEqual([long]);
    expect(await found('end_date__isnull=true')).toEqual([open]);
    expect(await found('start_date__lte=2026-01-01')).toEqual([open, short]);
    expect(await found('name__ilike=SHO')).toEqual([short]);
    expect((await merchant.get('/contract_v2?phase=1')).status).toBe(422);
  });
});
