import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAddress, addCustomer } from '../testing/builders/customers.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(() => server.close());

const newCustomer = async (values: Parameters<typeof addCustomer>[2] = {}, settings = {}) => {
  const customerId = await addCustomer(server, organisation.id, values);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId, settings) };
};

const read = async (portal: PortalClient) => {
  const { body, headers } = await portal.get('/profile');
  return { profile: body, etag: headers.get('etag') };
};

const change = (portal: PortalClient, patch: unknown, etag = '"1"') =>
  portal.patch('/profile', patch, { 'if-match': etag });

const auditEvents = (customerId: string) =>
  server.db
    .selectFrom('audit_event')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('action', '=', 'profile.updated')
    .execute();

const address = {
  line1: '1 Pier Road',
  line2: null,
  line3: null,
  city: 'Bristol',
  state: null,
  zipCode: 'BS1 4DJ',
  country_code: 'GB',
};
const savedAddress = { ...address, country: 'United Kingdom' };

describe('GET /portal/{organisation}/profile', () => {
  it('answers 401 without a credential', async () => {
    const { status } = await server.request('GET', `/portal/${organisation.id}/profile`);
    expect(status).toBe(401);
  });

  it('answers 403 to a session without the section', async () => {
    const { portal } = await newCustomer({}, { sections: ['invoices'] });
    expect((await portal.get('/profile')).body['code']).toBe('scope_insufficient');
  });

  it('answers 422 to a query parameter', async () => {
    const { portal } = await newCustomer();
    expect((await portal.get('/profile?expand=contacts')).status).toBe(422);
  });

  it('answers the profile with its version as the ETag, and nothing else of the customer', async () => {
    const { scope, portal } = await newCustomer({
      customer_name: "O'Hara & Sons",
      email: 'billing@ohara.example',
      phone_number: '+44 117 000 0000',
      tax_info: '[{"country_code":"GB","tax_code":"gb_vat","tax_id":"GB123"}]',
      external_id: 'crm-77',
      custom_data: '{"segment":"vip"}',
      version: 7,
    });
    await addAddress(server, scope, { is_default_billing: 1, is_default_shipping: 1 });
    await addAddress(server, scope, { line1: '3 Former Street' });
    const { profile, etag } = await read(portal);
    expect(etag).toBe('"7"');
    expect(profile).toEqual({
      id: scope.customerId,
      customer_name: "O'Hara & Sons",
      email: 'billing@ohara.example',
      phone_number: '+44 117 000 0000',
      address: savedAddress,
      ship_to_address: null,
      tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB123' }],
      updated_at: '2026-01-05T09:00:00.000Z',
    });
  });
});

describe('PATCH /portal/{organisation}/profile', () => {
  it('answers 401 without a credential', async () => {
    const { status } = await server.request('PATCH', `/portal/${organisation.id}/profile`, {
      headers: { 'if-match': '"1"' },
      body: { customer_name: 'Eve' },
    });
    expect(status).toBe(401);
  });

  it('answers 403 to a session without the section', async () => {
    const { portal } = await newCustomer({}, { sections: ['invoices'] });
    expect((await change(portal, { customer_name: 'Eve' })).body['code']).toBe('scope_insufficient');
  });

  it('answers 403 to a session that may only read', async () => {
    const { portal } = await newCustomer({}, { read_only: true });
    const { status, body } = await change(portal, { customer_name: 'Eve' });
    expect(status).toBe(403);
    expect(body['code']).toBe('read_only_session');
    expect(await read(portal)).toMatchObject({ profile: { customer_name: "O'Hara & Sons" }, etag: '"1"' });
  });

  it.each([[{}], [{ 'if-match': '' }], [{ 'if-match': '*' }]])('answers 428 to %j', async (headers) => {
    const { portal } = await newCustomer();
    const { status, body } = await portal.patch('/profile', { customer_name: 'Eve' }, headers);
    expect(status).toBe(428);
    expect(body['code']).toBe('precondition_required');
    expect((await read(portal)).etag).toBe('"1"');
  });

  it.each(['"2"', '"0"', '1', '"01x"', '"1", "2"', '"99999999999999999999"'])(
    'answers 412 to If-Match: %s and changes nothing',
    async (etag) => {
      const { scope, portal } = await newCustomer();
      const { status, body } = await change(portal, { customer_name: 'Eve', address }, etag);
      expect(status).toBe(412);
      expect(body['code']).toBe('precondition_failed');
      expect(await read(portal)).toMatchObject({ profile: { address: null }, etag: '"1"' });
      expect(await auditEvents(scope.customerId)).toEqual([]);
    },
  );

  it.each([
    [{ customer_name: '  ' }, ['body', 'customer_name']],
    [{ customer_name: null }, ['body', 'customer_name']],
    [{ customer_name: 'x'.repeat(256) }, ['body', 'customer_name']],
    [{ customer_name: 'Eve\u0000' }, ['body', 'customer_name']],
    [{ customer_name: 'Eve\nBcc: all@example.com' }, ['body', 'customer_name']],
    [{ email: 'nobody' }, ['body', 'email']],
    [{ phone_number: 'call me' }, ['body', 'phone_number']],
    [{ version: 9 }, ['body', 'version']],
    [{ external_id: 'mine' }, ['body', 'external_id']],
    [{ address: { ...address, line1: '' } }, ['body', 'address', 'line1']],
    [{ address: { ...address, zip_code: '1' } }, ['body', 'address', 'zip_code']],
    [{ ship_to_address: { ...address, country_code: 'XX' } }, ['body', 'ship_to_address', 'country_code']],
    [{ address: { ...address, country_code: 'gb' } }, ['body', 'address', 'country_code']],
    [{ address: { ...address, country_code: 'UK' } }, ['body', 'address', 'country_code']],
    [{ address: { ...address, country_code: 'ZZ' } }, ['body', 'address', 'country_code']],
    [{ address: { ...address, city: 'Bath\u007f' } }, ['body', 'address', 'city']],
    [{ tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: '' }] }, ['body', 'tax_info', 0, 'tax_id']],
  ])('answers 422 to %j and changes nothing', async (patch, loc) => {
    const { scope, portal } = await newCustomer();
    const { status, body } = await change(portal, { phone_number: '+44 1', ...patch });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'request_invalid',
      detail: expect.arrayContaining([expect.objectContaining({ loc })]),
    });
    expect(await read(portal)).toMatchObject({ profile: { phone_number: null }, etag: '"1"' });
    expect(await auditEvents(scope.customerId)).toEqual([]);
  });

  it('answers 422 to a body that is no object', async () => {
    const { portal } = await newCustomer();
    expect((await change(portal, '[]')).status).toBe(422);
  });

  it('changes what is sent and leaves the rest', async () => {
    const { scope, portal } = await newCustomer({ email: 'old@ohara.example', phone_number: '+44 117 000 0000' });
    const stranger = await newCustomer({ email: 'stranger@example.com' });
    server.clock.advance(1_000);
    const { status, body, headers } = await change(portal, {
      customer_name: " Robert'); drop table customer;-- ",
      email: 'new@ohara.example',
      address,
      tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB123' }],
    });
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"2"');
    expect(body).toEqual({
      id: scope.customerId,
      customer_name: "Robert'); drop table customer;--",
      email: 'new@ohara.example',
      phone_number: '+44 117 000 0000',
      address: savedAddress,
      ship_to_address: null,
      tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB123' }],
      updated_at: new Date(server.clock.now()).toISOString(),
    });
    expect(await read(portal)).toEqual({ profile: body, etag: '"2"' });
    expect(await read(stranger.portal)).toMatchObject({ profile: { email: 'stranger@example.com' }, etag: '"1"' });
    expect(await auditEvents(scope.customerId)).toMatchObject([
      {
        actor_type: 'customer',
        actor_id: scope.customerId,
        actor_name: "O'Hara & Sons",
        detail: '{"fields":["customer_name","email","tax_info","address"]}',
        request_id: headers.get('x-request-id'),
      },
    ]);
  });

  it('takes an ETag that a compressing proxy has marked as weak', async () => {
    const { portal } = await newCustomer();
    expect((await change(portal, { email: 'a@b.example' }, 'W/"1"')).status).toBe(200);
  });

  it('keeps the version when nothing changes', async () => {
    const { scope, portal } = await newCustomer({ email: 'a@b.example' });
    await addAddress(server, scope, { is_default_billing: 1 });
    for (const patch of [{}, { email: 'a@b.example', address, ship_to_address: null, tax_info: [] }]) {
      const { status, headers } = await change(portal, patch);
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe('"1"');
    }
    expect(await auditEvents(scope.customerId)).toEqual([]);
  });

  it('answers 412 to the second of two edits of the same version', async () => {
    const { portal } = await newCustomer();
    const answers = await Promise.all(
      ['one', 'two', 'three', 'four', 'five'].map((customer_name) => change(portal, { customer_name })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412]);
    expect((await read(portal)).etag).toBe('"2"');
  });

  it('clears what is set to null', async () => {
    const { scope, portal } = await newCustomer({ email: 'a@b.example', phone_number: '+44 117' });
    await addAddress(server, scope, { is_default_billing: 1 });
    const { body } = await change(portal, { email: null, phone_number: null, address: null });
    expect(body).toMatchObject({ email: null, phone_number: null, address: null });
  });

  it('keeps the shipping address apart from the billing address, and gives it up again', async () => {
    const { scope, portal } = await newCustomer();
    await addAddress(server, scope, { is_default_billing: 1, is_default_shipping: 1 });
    const dock = { ...address, line1: '2 Dock Lane', country_code: 'JP' };
    const apart = await change(portal, { ship_to_address: dock });
    expect(apart.body).toMatchObject({
      address: savedAddress,
      ship_to_address: { ...dock, country: 'Japan' },
    });
    const moved = await change(portal, { address: { ...address, line1: '9 Quay' } }, '"2"');
    expect(moved.body).toMatchObject({ address: { line1: '9 Quay' }, ship_to_address: { line1: '2 Dock Lane' } });
    const together = await change(portal, { ship_to_address: null }, '"3"');
    expect(together.body).toMatchObject({ address: { line1: '9 Quay' }, ship_to_address: null });
    expect(together.headers.get('etag')).toBe('"4"');
  });

  it('keeps the name of a country that came without a code', async () => {
    const { scope, portal } = await newCustomer();
    await addAddress(server, scope, { is_default_billing: 1, country: 'Great Britain', country_code: null });
    const { body } = await change(portal, { address: { ...address, city: 'Bath', country_code: null } });
    expect(body).toMatchObject({ address: { city: 'Bath', country: 'Great Britain', country_code: null } });
  });
});
