import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkResult } from '#contract/bulk.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { sendBulk } from '../testing/bulk-stream.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id, { external_id: 'ohara' });
  const merchant = merchantClient(server, organisation);
  return {
    merchant,
    scope: { organisationId: organisation.id, customerId },
    send: (...records: unknown[]) => sendBulk(server, merchant, '/entitlements/bulk', records),
    granted: async () => {
      const { body } = await merchant.get(`/entitlements/customer/${customerId}?order=created_at`);
      return body['results'] as Record<string, unknown>[];
    },
  };
};

const statuses = (results: BulkResult[]) => results.map(({ status, error }) => error?.code ?? status);

const calls = { external_id: 'calls', name: 'API calls', entitlement_type: 'Quantity', units: 'calls' };
const grant = { external_id: 'g-1', customer_external_id: 'ohara', entitlement_external_id: 'calls', quantity: 100 };

describe('PUT /entitlements/bulk', () => {
  it('takes definitions and grants in one stream, a definition before what is granted of it', async () => {
    const { send, granted } = await newMerchant();
    expect(statuses(await send({ ...grant, external_id: 'too-soon' }, calls, grant))).toEqual([
      'request_invalid',
      'created',
      'created',
    ]);
    expect(await granted()).toMatchObject([
      { external_id: 'g-1', name: 'API calls', type: 'Quantity', quantity: 100, source_type: 'Grant' },
    ]);
  });

  it('changes only what is given, and says what did not change', async () => {
    const { send, granted } = await newMerchant();
    await send(calls, { ...grant, expiry_at: '2027-01-01' });
    const { quantity: _, ...named } = grant;
    expect(statuses(await send(calls, { ...named, quantity_used: 12.5 }, { ...named, quantity_used: 12.5 }))).toEqual([
      'unchanged',
      'updated',
      'unchanged',
    ]);
    expect(await granted()).toMatchObject([
      { quantity: 100, quantity_used: 12.5, expiry_at: '2027-01-01T00:00:00.000Z' },
    ]);
    expect(statuses(await send({ ...calls, name: 'Calls' }, { ...named, expiry_at: null }))).toEqual([
      'updated',
      'updated',
    ]);
    expect(await granted()).toMatchObject([{ name: 'Calls', expiry_at: null }]);
  });

  it('shows a second record of one external id what the first has done', async () => {
    const { send, granted } = await newMerchant();
    const results = await send(calls, grant, { ...grant, quantity: 200 }, { ...grant, quantity: 200 });
    expect(statuses(results)).toEqual(['created', 'created', 'updated', 'unchanged']);
    expect(new Set(results.slice(1).map(({ id }) => id)).size).toBe(1);
    expect(await granted()).toMatchObject([{ quantity: 200 }]);
  });

  it("takes a contract, a product and an invoice by the merchant's ids", async () => {
    const { merchant, scope, send, granted } = await newMerchant();
    await merchant.post('/products', { name: 'API', external_id: 'api' });
    await merchant.post('/contract_v2', {
      customer_external_id: 'ohara',
      name: 'Plan',
      currency: 'EUR',
      start_date: '2026-01-01',
      external_id: 'c-1',
    });
    await addInvoice(server, scope, { external_id: 'i-1', invoice_number: 'INV-1' });
    const sources = { contract_external_id: 'c-1', product_external_id: 'api', invoice_external_id: 'i-1' };
    expect(statuses(await send(calls, { ...grant, ...sources }))).toEqual(['created', 'created']);
    expect(await granted()).toMatchObject([
      { contract: { name: 'Plan' }, product: { name: 'API' }, invoice: { invoice_number: 'INV-1' } },
    ]);
    expect(statuses(await send({ ...grant, contract_id: null }))).toEqual(['updated']);
    expect(await granted()).toMatchObject([{ contract: null, product: { name: 'API' } }]);
  });

  it.each([
    ['an unknown customer', { customer_external_id: 'x' }, 'customer_external_id'],
    ['two customers', { customer_id: nowhere }, 'customer_id'],
    ['an unknown definition', { entitlement_external_id: 'x' }, 'entitlement_external_id'],
    ['no definition', { entitlement_external_id: undefined }, 'entitlement_id'],
    ['an unknown invoice', { invoice_id: nowhere }, 'invoice_id'],
    ['a name, which a grant does not have', { name: 'A' }, 'name'],
    ['no quantity', { quantity: undefined }, 'quantity'],
    ['an end before its beginning', { active_from: '2027-01-01', expiry_at: '2026-01-01' }, 'expiry_at'],
  ])('refuses a grant with %s, naming the field', async (_, change, field) => {
    const { send, granted } = await newMerchant();
    const [, result] = await send(calls, { ...grant, ...change });
    expect(result).toMatchObject({
      line: 2,
      status: 'failed',
      id: null,
      external_id: 'g-1',
      error: { code: 'request_invalid', retryable: false, detail: [{ loc: ['body', field] }] },
    });
    expect(await granted()).toEqual([]);
  });

  it('keeps a grant with its customer and its definition, and the type of what was granted', async () => {
    const { scope, send, granted } = await newMerchant();
    await addCustomer(server, scope.organisationId, { external_id: 'other' });
    const credits = { external_id: 'credits', name: 'Credits', entitlement_type: 'Credits' };
    await send(calls, credits, grant);
    const results = await send(
      { ...grant, customer_external_id: 'other' },
      { ...grant, entitlement_external_id: 'credits' },
      { ...calls, entitlement_type: 'Credits' },
      { ...credits, entitlement_type: 'Quantity' },
    );
    expect(statuses(results)).toEqual(['request_invalid', 'request_invalid', 'entitlement_in_use', 'updated']);
    expect(await granted()).toMatchObject([{ name: 'API calls', type: 'Quantity', quantity: 100 }]);
  });

  it("does not see another organisation's customers and definitions", async () => {
    const mine = await newMerchant();
    const theirs = await newMerchant();
    await theirs.send(calls, grant);
    const { customerId } = theirs.scope;
    const { customer_external_id: _, ...rest } = grant;
    expect(statuses(await mine.send(grant, { ...rest, customer_id: customerId }))).toEqual([
      'request_invalid',
      'request_invalid',
    ]);
  });

  it('takes more records than one batch', async () => {
    const { send, merchant } = await newMerchant();
    const definitions = Array.from({ length: 1201 }, (_, index) => ({ external_id: `e-${index}`, name: `E ${index}` }));
    expect(new Set(statuses(await send(...definitions)))).toEqual(new Set(['created']));
    expect(new Set(statuses(await send(...definitions)))).toEqual(new Set(['unchanged']));
    expect((await merchant.get('/entitlements')).body['total_count']).toBe(1201);
  });
});
