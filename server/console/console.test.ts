import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { addEntitlement } from '../testing/builders/entitlements.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment } from '../testing/builders/payments.ts';
import { openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;
let staff: ConsoleClient;
let stranger: ConsoleClient;
let customerId: string;
let foreignId: string;

const unknownId = '0199f8b9-0000-7000-8000-000000000000';

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  const other = await server.addOrganisation('Contoso');
  staff = await openConsole(server, organisation.id);
  stranger = await openConsole(server, other.id, { email: 'max@contoso.example', name: 'Max Berg' });
  customerId = await addCustomer(server, organisation.id, {
    customer_name: 'Alder & Co',
    email: 'billing@alder.example',
    external_id: 'alder',
  });
  foreignId = await addCustomer(server, other.id, { customer_name: 'Foreign' });
  const scope = { organisationId: organisation.id, customerId };
  await addInvoice(server, scope, { invoice_number: 'INV-1', due_date: '2026-10-01T00:00:00.000Z' });
  await addInvoice(server, scope, { invoice_number: 'INV-2', amount_due: 2_500, status: 'partially_paid' });
  await addInvoice(server, scope, { invoice_number: 'INV-3', currency: 'JPY', invoice_total: 900, amount_due: 900 });
  await addInvoice(server, scope, {
    invoice_number: 'INV-4',
    status: 'draft',
    created_at: '2026-11-20T00:00:00.000Z',
  });
  await addPayment(server, scope, { receipt_number: 'R-1' });
  await addEntitlement(server, scope);
});

afterAll(() => server.close());

const ids = (body: Record<string, unknown>): unknown[] => (body['results'] as { id: string }[]).map(({ id }) => id);
const withoutRequest = ({ request_id: _, ...body }: Record<string, unknown>): Record<string, unknown> => body;

describe('without a session', () => {
  it.each([
    ['GET', '/customers'],
    ['GET', `/customers/${unknownId}`],
    ['GET', `/customers/${unknownId}/invoices`],
    ['GET', `/customers/${unknownId}/invoices/${unknownId}`],
    ['GET', `/customers/${unknownId}/payments`],
    ['GET', `/customers/${unknownId}/entitlements`],
    ['GET', `/customers/${unknownId}/sessions`],
    ['POST', `/customers/${unknownId}/portal_view`],
    ['POST', `/customers/${unknownId}/portal_link`],
    ['POST', `/customers/${unknownId}/sessions/revoke`],
    ['GET', '/embed'],
    ['GET', '/api_keys'],
    ['GET', '/activity'],
  ])('%s %s is refused, also with an API key', async (method, path) => {
    const { status, body } = await server.request(method, `/console/api${path}`, {
      headers: { origin: server.origin, organisation: organisation.id, 'x-api-key': organisation.apiKey },
    });
    expect(status).toBe(401);
    expect(body['code']).toBe('staff_login_required');
  });

  it("is refused with a customer's access token", async () => {
    const portal = await openPortal(server, organisation, customerId);
    const { status } = await server.request('GET', '/console/api/customers', { headers: portal.headers });
    expect(status).toBe(401);
  });
});

describe("another organisation's customer", () => {
  it.each([
    ['GET', ''],
    ['GET', '/invoices'],
    ['GET', `/invoices/${unknownId}`],
    ['GET', '/payments'],
    ['GET', '/entitlements'],
    ['GET', '/sessions'],
    ['POST', '/portal_view'],
    ['POST', '/portal_link'],
    ['POST', '/sessions/revoke'],
  ])('%s /customers/:id%s answers as if there were none', async (method, path) => {
    const call = (id: string) =>
      method === 'GET' ? staff.get(`/customers/${id}${path}`) : staff.post(`/customers/${id}${path}`);
    const foreign = await call(foreignId);
    const missing = await call(unknownId);
    expect(foreign.status).toBe(404);
    expect(foreign.body['code']).toBe('customer_not_found');
    expect(withoutRequest(foreign.body)).toEqual(withoutRequest(missing.body));
  });

  it('is in no list', async () => {
    expect(ids((await staff.get('/customers')).body)).not.toContain(foreignId);
    expect(ids((await stranger.get('/customers')).body)).toEqual([foreignId]);
  });
});

describe('a customer', () => {
  it('is shown with what it owes in each currency', async () => {
    const { status, body, text } = await staff.get(`/customers/${customerId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: customerId,
      customer_name: 'Alder & Co',
      amounts_due: [
        { currency: 'JPY', amount_due: 900 },
        { currency: 'USD', amount_due: 12_500 },
      ],
      last_invoice_at: '2026-11-01T00:00:00.000Z',
      time_zone: 'UTC',
      profile: { customer_name: 'Alder & Co', email: 'billing@alder.example' },
      summary: { currencies: [{ currency: 'JPY' }, { currency: 'USD', overdue_count: 1, overdue_amount: 10_000 }] },
    });
    expect(text).not.toMatch(/organisation_id|custom_data|version/);
  });

  it('shows its drafts to staff, and to staff alone', async () => {
    const mine = await staff.get(`/customers/${customerId}/invoices?status__in=draft`);
    expect(mine.body['results']).toMatchObject([{ invoice_number: 'INV-4' }]);
    const [draft] = mine.body['results'] as [{ id: string }];
    const detail = await staff.get(`/customers/${customerId}/invoices/${draft.id}`);
    expect(detail.body).toMatchObject({ invoice_number: 'INV-4', status: 'draft', line_items: [] });
    const portal = await openPortal(server, organisation, customerId);
    expect((await portal.get('/invoices')).text).not.toContain('INV-4');
    expect((await portal.get(`/invoices/${draft.id}`)).status).toBe(404);
  });

  it('does not open the invoice of another customer', async () => {
    const id = await addCustomer(server, organisation.id, { customer_name: 'Ash' });
    const invoice = await addInvoice(server, { organisationId: organisation.id, customerId: id });
    const { status, body } = await staff.get(`/customers/${customerId}/invoices/${invoice.id}`);
    expect(status).toBe(404);
    expect(body['code']).toBe('invoice_not_found');
  });

  it('shows its payments and entitlements', async () => {
    expect((await staff.get(`/customers/${customerId}/payments`)).body['results']).toMatchObject([
      { receipt_number: 'R-1' },
    ]);
    expect((await staff.get(`/customers/${customerId}/entitlements`)).body['results']).toMatchObject([
      { entitlement: { name: 'API calls' } },
    ]);
  });

  it.each(['/invoices?status__in=lost', '/payments?limit=0', '/entitlements?nope=1', '/sessions?cursor=forged.x'])(
    'refuses %s',
    async (path) => {
      expect((await staff.get(`/customers/${customerId}${path}`)).status).toBe(422);
    },
  );

  it('has to be named by an id', async () => {
    const { status, body } = await staff.get('/customers/alder');
    expect(status).toBe(422);
    expect(body['detail']).toMatchObject([{ loc: ['path', 'customer_id'] }]);
  });
});

describe("a customer's portal", () => {
  it('opens for staff as a read-only view that is written down', async () => {
    server.clock.advance(1);
    const { status, body } = await staff.post(`/customers/${customerId}/portal_view`);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['expires_at', 'redirect_url']);
    const address = new URL(String(body['redirect_url']));
    expect(address.searchParams.get('return_url')).toBe(`${server.origin}/console/customers/${customerId}`);

    const token = address.pathname.replace('/session/', '');
    server.clock.advance(1);
    const opened = await redeem(server, organisation.id, token, { origin: server.origin });
    expect(opened.body['session']).toMatchObject({ read_only: true, staff_view: { name: 'Priya Raman' } });

    const activity = await staff.get('/activity?limit=2');
    expect(activity.body['results']).toMatchObject([
      { action: 'session.opened', actor_type: 'staff', actor_name: 'Priya Raman' },
      { action: 'portal.viewed_by_staff', actor_type: 'staff', customer: { id: customerId } },
    ]);
    expect(activity.text).not.toContain(token.slice(-43));
  });

  it('can be handed to the customer as a link', async () => {
    const { body } = await staff.post(`/customers/${customerId}/portal_link`);
    expect(Date.parse(String(body['expires_at'])) - server.clock.now()).toBe(10 * 60_000);
    const token = new URL(String(body['redirect_url'])).pathname.replace('/session/', '');
    const opened = await redeem(server, organisation.id, token, { origin: server.origin });
    expect(opened.body['session']).toMatchObject({ read_only: false, staff_view: null });
  });

  it.each(['portal_view', 'portal_link', 'sessions/revoke'])('%s is refused from another site', async (action) => {
    const { status, body } = await staff.post(
      `/customers/${customerId}/${action}`,
      {},
      { origin: 'https://a.example' },
    );
    expect(status).toBe(403);
    expect(body['code']).toBe('origin_not_allowed');
  });

  it('takes no body', async () => {
    expect((await staff.post(`/customers/${customerId}/portal_view`, { read_only: false })).status).toBe(422);
  });
});

describe('sessions of a customer', () => {
  it('are listed with how they stand, and end when they are revoked', async () => {
    const id = await addCustomer(server, organisation.id, { customer_name: 'Birch' });
    const opened = await openPortal(server, organisation, id, { session_key: 'visit-1' });
    server.clock.advance(1);
    await createSession(server, organisation, { customer_id: id });

    const before = await staff.get(`/customers/${id}/sessions`);
    expect(before.body['results']).toMatchObject([
      { status: 'pending', created_by: 'Backend', opened_at: null, origin: null },
      { id: opened.sessionId, status: 'active', session_key: 'visit-1', origin: 'https://shop.example' },
    ]);
    expect(before.text).not.toMatch(/cookie|hash|token/);

    expect((await staff.post(`/customers/${id}/sessions/revoke`)).body).toEqual({ revoked: 2 });
    expect((await opened.get('/invoices')).body).toMatchObject({ code: 'session_ended', reason: 'revoked' });
    expect((await staff.get(`/customers/${id}/sessions`)).body['results']).toMatchObject([
      { status: 'ended', end_reason: 'revoked' },
      { status: 'ended', end_reason: 'revoked' },
    ]);
  });

  it('expire by themselves', async () => {
    const id = await addCustomer(server, organisation.id, { customer_name: 'Cedar' });
    await createSession(server, organisation, { customer_id: id });
    server.clock.advance(1);
    await openPortal(server, organisation, id, { idle_timeout: 60 });
    server.clock.advance(5 * 60_000);
    expect((await staff.get(`/customers/${id}/sessions`)).body['results']).toMatchObject([
      { status: 'expired', end_reason: 'idle' },
      { status: 'expired', end_reason: 'not_opened' },
    ]);
  });
});

describe('settings', () => {
  it('say where the portal may be embedded', async () => {
    const { pinned_script: pinned, ...settings } = (await staff.get('/embed')).body;
    expect(settings).toEqual({
      organisation_id: organisation.id,
      api_url: server.origin,
      allowed_origins: ['https://shop.example'],
      return_origins: [],
    });
    const published = await server.request('GET', '/widget/integrity.json');
    const scripts = published.body['scripts'] as { name: string; path: string; integrity: string }[];
    const { path, integrity } = scripts.find(({ name }) => name === 'zenskar-portal.js') ?? {};
    expect(pinned).toEqual({ url: `${server.origin}${path}`, integrity });
  });

  it('name the API keys and hold no secret', async () => {
    const { body, text } = await staff.get('/api_keys');
    expect(body['results']).toMatchObject([{ name: 'Backend', prefix: organisation.apiKey.slice(0, 8) }]);
    expect(text).not.toContain('hash');
    expect(text).not.toContain(organisation.apiKey);
  });

  it("keep to one's own organisation", async () => {
    const { text } = await stranger.get('/activity?limit=100');
    expect(text).not.toContain('Priya Raman');
    expect((await stranger.get('/api_keys')).text).not.toContain(organisation.apiKey.slice(-4));
  });
});

describe("the console's page", () => {
  it.each(['/console', '/console/customers', `/console/customers/${unknownId}`, '/console/embed'])(
    '%s is the same page, which nobody can frame',
    async (path) => {
      const { status, headers, text } = await server.request('GET', path);
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(text).toContain('/console/assets/console.js');
      expect(text).not.toContain('Northwind');
    },
  );

  it('says of an address that there is no such page', async () => {
    const { status, text } = await server.request('GET', '/console/nothing');
    expect(status).toBe(404);
    expect(text).toContain('/console/assets/console.js');
  });

  it.each(['/console/api/nothing', '/console/assets/nothing.js'])('is not the answer to %s', async (path) => {
    const { status, body } = await server.request('GET', path);
    expect(status).toBe(404);
    expect(body['code']).toBe('not_found');
  });
});
