import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { openConsole } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
});
afterAll(() => server.close());

describe('DELETE /customers/{id}', () => {
  it('answers 401 without a key', async () => {
    const id = await addCustomer(server, organisation.id);
    expect((await server.request('DELETE', `/customers/${id}`)).status).toBe(401);
  });

  it('answers 404 to a customer of somebody else, and leaves it', async () => {
    const id = await addCustomer(server, organisation.id);
    const other = merchantClient(server, await server.addOrganisation());
    const { status, body } = await other.delete(`/customers/${id}`);
    expect([status, body['code']]).toEqual([404, 'customer_not_found']);
    expect((await merchant.get(`/customers/${id}`)).status).toBe(200);
  });

  it('takes the customer out of everything that reads customers', async () => {
    const id = await addCustomer(server, organisation.id, { external_id: 'gone', customer_name: 'Gone' });
    const path = `/customers/${id}`;
    const contact = await merchant.post('/contacts', { customer: id, email: 'ada@gone.example' });
    const { status, body } = await merchant.delete(path);
    expect([status, body]).toEqual([200, { id, deleted: true }]);
    for (const answer of [
      await merchant.get(path),
      await merchant.patch(path, { customer_name: 'Back' }),
      await merchant.delete(path),
      await merchant.get(`${path}/addresses`),
      await merchant.post(`${path}/addresses`, { line1: '1 Pier Road' }),
      await merchant.get(`${path}/payment_methods`),
      await merchant.post('/customer/session', { customer_id: id, return_url: 'https://shop.example/' }),
    ]) {
      expect([answer.status, answer.body['code']]).toEqual([404, 'customer_not_found']);
    }
    expect((await merchant.get('/customer?customer_name=Gone')).body['total_count']).toBe(0);
    expect((await merchant.get('/contacts?email=ada@gone.example')).body['total_count']).toBe(0);
    expect((await merchant.get(`/contacts/${String(contact.body['id'])}`)).status).toBe(404);
    expect((await merchant.post('/contacts', { customer_external_id: 'gone', email: 'b@c.example' })).status).toBe(422);
  });

  it('frees the external id for another customer', async () => {
    const { body } = await merchant.post('/customer', { customer_name: 'First', external_id: 'reused' });
    await merchant.delete(`/customers/${String(body['id'])}`);
    const second = await merchant.post('/customer', { customer_name: 'Second', external_id: 'reused' });
    expect(second.status).toBe(200);
    expect(second.body['id']).not.toBe(body['id']);
  });

  it('ends what is open of the portal at once, and links that nobody has opened', async () => {
    const id = await addCustomer(server, organisation.id);
    const portal = await openPortal(server, organisation, id);
    const link = await createSession(server, organisation, { customer_id: id });
    await addInvoice(server, { organisationId: organisation.id, customerId: id });
    expect((await merchant.delete(`/customers/${id}`)).status).toBe(200);
    const { status, body } = await portal.get('/invoices');
    expect(status).toBe(401);
    expect(body).toMatchObject({ code: 'session_ended', reason: 'customer_deleted' });
    expect((await redeem(server, organisation.id, String(link.body['session_token']))).status).toBe(401);
  });

  it('is written down with what was the external id', async () => {
    const id = await addCustomer(server, organisation.id, { external_id: 'remembered', customer_name: 'Kept' });
    await merchant.delete(`/customers/${id}`);
    const staff = await openConsole(server, organisation.id);
    const { body } = await staff.get('/activity?limit=100');
    expect(body['results']).toContainEqual(
      expect.objectContaining({
        action: 'customer.deleted',
        actor_type: 'api_key',
        customer: { id, customer_name: 'Kept' },
        detail: { customer_name: 'Kept', external_id: 'remembered', sessions_ended: 0 },
      }),
    );
  });
});
