import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { createSession, openPortal, redeem } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
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

const full = {
  customer_name: "O'Hara & Sons",
  email: 'billing@ohara.example',
  phone_number: '+44 117 000 0000',
  address: { line1: '1 Pier Road', city: 'Bristol', country_code: 'GB' },
  ship_to_address: { line1: '2 Dock Lane', country_code: 'IE' },
  tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB123' }],
  contacts: [{ email: 'ada@ohara.example', first_name: 'Ada' }],
  custom_data: { a: 1, b: 2 },
  custom_attributes: { tier: 2 },
  business_entity_id: 'east',
  time_zone: 'Europe/London',
  locale: 'en-GB',
};

const create = async (values: Record<string, unknown> = full) => {
  const { body } = await merchant.post('/customer', values);
  server.clock.advance(1_000);
  return { before: body, path: `/customers/${String(body['id'])}`, id: String(body['id']) };
};

const changedAt = () => new Date(server.clock.now()).toISOString();

describe('PATCH /customers/{id}', () => {
  it('answers 401 without a key', async () => {
    const { path } = await create();
    expect((await server.request('PATCH', path, { body: { customer_name: 'Eve' } })).status).toBe(401);
  });

  it('answers 404 to a customer of somebody else, and leaves it', async () => {
    const { path, before } = await create();
    const other = merchantClient(server, await server.addOrganisation());
    const { status, body } = await other.patch(path, { customer_name: 'Eve' });
    expect([status, body['code']]).toEqual([404, 'customer_not_found']);
    expect((await merchant.get(path)).body).toEqual(before);
  });

  it('changes what is given and leaves the rest', async () => {
    const { path, before } = await create();
    const { status, body, headers } = await merchant.patch(path, { email: 'new@ohara.example' });
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"2"');
    expect(body).toEqual({ ...before, email: 'new@ohara.example', updated_at: changedAt() });
    const read = await merchant.get(path);
    expect([read.body, read.headers.get('etag')]).toEqual([body, '"2"']);
  });

  it('clears what is null', async () => {
    const { path } = await create({ ...full, external_id: 'cleared' });
    const nothing = Object.fromEntries(
      ['external_id', ...Object.keys(full)].filter((name) => name !== 'customer_name').map((name) => [name, null]),
    );
    const { body } = await merchant.patch(path, nothing);
    expect(body).toMatchObject({ ...nothing, customer_name: "O'Hara & Sons", tax_info: [], contacts: [] });
    expect((await merchant.get(path)).body).toEqual(body);
    expect((await merchant.get(`${path}/addresses`)).body['total_count']).toBe(0);
  });

  it('replaces an address as a whole, in the place of the one that was there', async () => {
    const { path } = await create();
    const addresses = async () => (await merchant.get(`${path}/addresses`)).body['results'] as { id: string }[];
    const earlier = (await addresses()).map((address) => address.id).toSorted();
    const { body } = await merchant.patch(path, { address: { line1: '9 Quay', country: 'Ireland' } });
    const rest = { line2: null, line3: null, state: null, zipCode: null };
    expect(body['address']).toEqual({ ...rest, line1: '9 Quay', city: null, country: 'Ireland', country_code: null });
    expect((await addresses()).map((address) => address.id).toSorted()).toEqual(earlier);
  });

  it('takes shipping away from an address that is the default for both', async () => {
    const { path } = await create({ customer_name: 'Both' });
    await merchant.post(`${path}/addresses`, { line1: '1 Both', is_default_billing: true, is_default_shipping: true });
    const { body } = await merchant.patch(path, { ship_to_address: { line1: '2 Dock' } });
    expect(body).toMatchObject({ address: { line1: '1 Both' }, ship_to_address: { line1: '2 Dock' } });
    expect((await merchant.get(path)).body).toEqual(body);
  });

  it('keeps a contact that is still named by its e-mail address', async () => {
    const { path, before } = await create();
    const [ada] = before['contacts'] as { id: string }[];
    const { body } = await merchant.patch(path, {
      contacts: [{ email: 'bob@ohara.example' }, { email: 'ADA@ohara.example', last_name: 'Byron' }],
    });
    expect(body['contacts']).toMatchObject([
      { id: ada?.id, email: 'ADA@ohara.example', first_name: 'Ada', last_name: 'Byron' },
      { email: 'bob@ohara.example' },
    ]);
    expect((await merchant.get(path)).body).toEqual(body);
  });

  it('changes nothing, and no version, when everything is as given', async () => {
    const { path, before } = await create();
    const { body, headers } = await merchant.patch(path, { ...full, custom_data: { b: 2, a: 1 } });
    expect([body, headers.get('etag')]).toEqual([before, '"1"']);
  });

  it.each([
    [{ customer_name: null }, 'customer_name'],
    [{ customer_name: '' }, 'customer_name'],
    [{ communications_enabled: null }, 'communications_enabled'],
    [{ created_at: '2020-01-01T00:00:00Z' }, 'created_at'],
    [{ contacts: [{ email: 'x@y.example', id: 'mine' }] }, 'contacts'],
  ])('answers 422 to %j', async (patch, field) => {
    const { path, before } = await create();
    const { status, body } = await merchant.patch(path, { email: 'new@ohara.example', ...patch });
    expect(status).toBe(422);
    expect((body['detail'] as { loc: string[] }[])[0]?.loc.slice(0, 2)).toEqual(['body', field]);
    expect((await merchant.get(path)).body).toEqual(before);
  });

  it('answers 409 to the external id of another customer, and takes its own again', async () => {
    await create({ customer_name: 'Holder', external_id: 'held' });
    const { path, before } = await create({ customer_name: 'Wanter', external_id: 'own' });
    const { status, body } = await merchant.patch(path, { external_id: 'held', email: 'x@y.example' });
    expect([status, body['code']]).toEqual([409, 'external_id_taken']);
    expect((await merchant.patch(path, { external_id: 'own' })).body).toEqual(before);
  });

  it('honours If-Match, and a profile form that is open sees the change', async () => {
    const { path, id, before } = await create();
    const portal = await openPortal(server, organisation, id);
    const etag = (await portal.get('/profile')).headers.get('etag') ?? '';
    expect((await merchant.get(path)).headers.get('etag')).toBe(etag);

    const late = await merchant.patch(path, { email: 'late@ohara.example' }, { 'if-match': '"7"' });
    expect([late.status, late.body['code']]).toEqual([412, 'precondition_failed']);
    expect((await merchant.get(path)).body).toEqual(before);

    expect((await merchant.patch(path, { email: 'in-time@ohara.example' }, { 'if-match': etag })).status).toBe(200);
    const conflict = await portal.patch('/profile', { email: 'mine@ohara.example' }, { 'if-match': etag });
    expect([conflict.status, conflict.body['code']]).toEqual([412, 'precondition_failed']);
    expect((await portal.get('/profile')).body['email']).toBe('in-time@ohara.example');
    expect((await merchant.patch(path, { email: 'any@ohara.example' }, { 'if-match': '*' })).status).toBe(200);
  });

  it('counts days in the time zone that it is given', async () => {
    const { path, id } = await create({ customer_name: 'Zoned' });
    await merchant.patch(path, { time_zone: 'Asia/Tokyo' });
    const session = await createSession(server, organisation, { customer_id: id });
    const opened = await redeem(server, organisation.id, String(session.body['session_token']));
    expect(opened.body).toMatchObject({ session: { time_zone: 'Asia/Tokyo' } });
  });
});

describe('customer events', () => {
  const types = ['customer.created', 'customer.updated', 'customer.deleted'];

  it('tell of creations, changes and deletions with the customer as it then was', async () => {
    const other = await server.addOrganisation();
    const shop = merchantClient(server, other);
    const events = await recordEvents(server, shop, types);
    const created = await shop.post('/customer', { ...full, external_id: 'told' });
    const path = `/customers/${String(created.body['id'])}`;
    server.clock.advance(1_000);
    const updated = await shop.patch(path, { tax_info: [] });
    server.clock.advance(1_000);
    await shop.patch(path, { tax_info: [], customer_name: full.customer_name });
    await shop.patch(path, { customer_name: '' });
    await shop.delete(path);
    expect(await events()).toEqual([
      { type: 'customer.created', data: created.body },
      { type: 'customer.updated', data: updated.body },
      { type: 'customer.deleted', data: updated.body },
    ]);
  });

  it('tell of a change that the customer made in the portal', async () => {
    const other = await server.addOrganisation();
    const shop = merchantClient(server, other);
    const events = await recordEvents(server, shop, types);
    const { body } = await shop.post('/customer', full);
    server.clock.advance(1_000);
    const portal = await openPortal(server, other, String(body['id']));
    await portal.patch('/profile', { phone_number: full.phone_number }, { 'if-match': '"1"' });
    await portal.patch('/profile', { phone_number: '+44 1', ship_to_address: null }, { 'if-match': '"1"' });
    const now = (await shop.get(`/customers/${String(body['id'])}`)).body;
    expect(now).toMatchObject({ phone_number: '+44 1', ship_to_address: null, external_id: null });
    expect((await events()).slice(1)).toEqual([{ type: 'customer.updated', data: now }]);
  });
});
