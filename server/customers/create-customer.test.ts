import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let merchant: MerchantClient;

beforeAll(async () => {
  server = await startTestServer();
  merchant = merchantClient(server, await server.addOrganisation());
});
afterAll(() => server.close());

const now = '2026-11-23T12:00:00.000Z';

const bare = {
  id: expect.any(String),
  external_id: null,
  customer_name: "O'Hara & Sons",
  email: null,
  phone_number: null,
  address: null,
  ship_to_address: null,
  tax_info: [],
  contacts: [],
  custom_data: null,
  custom_attributes: null,
  communications_enabled: true,
  auto_charge_enabled: true,
  business_entity_id: null,
  time_zone: null,
  locale: null,
  default_payment_method: null,
  created_at: now,
  updated_at: now,
};

describe.each(['/customer', '/customers'])('POST %s', (path) => {
  it('answers 401 without a key', async () => {
    const { status, body } = await server.request('POST', path, { body: { customer_name: 'Eve' } });
    expect([status, body['code']]).toEqual([401, 'api_key_invalid']);
  });

  it('creates a customer of a name alone, with every field in the answer', async () => {
    const { status, body } = await merchant.post(path, { customer_name: " O'Hara & Sons " });
    expect(status).toBe(200);
    expect(body).toEqual(bare);
    expect((await merchant.get(`/customers/${String(body['id'])}`)).body).toEqual(body);
  });
});

describe('POST /customer', () => {
  it('keeps everything that is given', async () => {
    const given = {
      customer_name: 'さくら商事 🌸',
      external_id: 'crm-1',
      email: 'keiri@sakura.example',
      phone_number: '+81 3 0000 0000 ext. 7',
      tax_info: [{ country_code: 'JP', tax_code: 'jp_cn', tax_id: '1234567890123' }],
      custom_data: { segment: 'vip', nested: { deep: [1, null, 'x'] } },
      custom_attributes: { tier: 2 },
      communications_enabled: false,
      auto_charge_enabled: false,
      business_entity_id: 'entity-7',
      time_zone: 'Asia/Tokyo',
    };
    const { status, body } = await merchant.post('/customer', {
      ...given,
      locale: 'JA-jp',
      address: { line1: '1-1 Chiyoda', city: 'Tokyo', zipCode: '100-0001', country_code: 'jp' },
      ship_to_address: { line1: '2 Dock', country: 'Great Britain', country_code: 'GB', state: '' },
    });
    expect(status).toBe(200);
    const empty = { line2: null, line3: null, city: null, state: null, zipCode: null };
    expect(body).toEqual({
      ...bare,
      ...given,
      locale: 'ja-JP',
      address: {
        ...empty,
        line1: '1-1 Chiyoda',
        city: 'Tokyo',
        zipCode: '100-0001',
        country: 'Japan',
        country_code: 'JP',
      },
      ship_to_address: { ...empty, line1: '2 Dock', country: 'Great Britain', country_code: 'GB' },
    });
    expect((await merchant.get(`/customers/${String(body['id'])}`)).body).toEqual(body);
  });

  it('takes contacts along', async () => {
    const { body } = await merchant.post('/customer', {
      customer_name: 'Contacts Ltd',
      contacts: [
        { email: 'ada@contacts.example', first_name: 'Ada' },
        { email: 'bob@contacts.example', send_invoice: false },
      ],
    });
    const facts = { customer: body['id'], last_name: null, send_contract: false, created_at: now, updated_at: now };
    expect(body['contacts']).toEqual([
      { ...facts, id: expect.any(String), email: 'ada@contacts.example', first_name: 'Ada', send_invoice: true },
      { ...facts, id: expect.any(String), email: 'bob@contacts.example', first_name: null, send_invoice: false },
    ]);
    expect((await merchant.get(`/customers/${String(body['id'])}`)).body).toEqual(body);
  });

  it('takes an address of nothing but empty parts for none', async () => {
    const { body } = await merchant.post('/customer', { customer_name: 'Nowhere', address: { line1: '', city: null } });
    expect(body['address']).toBeNull();
  });

  it.each([
    [{}, ['body', 'customer_name']],
    [{ customer_name: '  ' }, ['body', 'customer_name']],
    [{ customer_name: 'Eve\u0000' }, ['body', 'customer_name']],
    [{ customer_name: 'x'.repeat(256) }, ['body', 'customer_name']],
    [{ customer_name: 'Eve', external_id: '' }, ['body', 'external_id']],
    [{ customer_name: 'Eve', external_id: 'x'.repeat(256) }, ['body', 'external_id']],
    [{ customer_name: 'Eve', email: 'eve' }, ['body', 'email']],
    [{ customer_name: 'Eve', time_zone: 'Mars/Olympus' }, ['body', 'time_zone']],
    [{ customer_name: 'Eve', locale: 'no_such locale' }, ['body', 'locale']],
    [{ customer_name: 'Eve', communications_enabled: 'yes' }, ['body', 'communications_enabled']],
    [{ customer_name: 'Eve', address: { zip_code: '1' } }, ['body', 'address', 'zip_code']],
    [{ customer_name: 'Eve', address: { country_code: 'UK' } }, ['body', 'address', 'country_code']],
    [{ customer_name: 'Eve', ship_to_address: { line1: 7 } }, ['body', 'ship_to_address', 'line1']],
    [{ customer_name: 'Eve', tax_info: [{ country_code: 'GB', tax_id: '1' }] }, ['body', 'tax_info', 0, 'tax_code']],
    [{ customer_name: 'Eve', contacts: [{ first_name: 'Eve' }] }, ['body', 'contacts', 0, 'email']],
    [{ customer_name: 'Eve', custom_data: ['a'] }, ['body', 'custom_data']],
    [{ customer_name: 'Eve', custom_data: { text: 'x'.repeat(20_000) } }, ['body', 'custom_data']],
    [{ customer_name: 'Eve', id: '00000000-0000-4000-8000-000000000000' }, ['body', 'id']],
    [{ customer_name: 'Eve', version: 9 }, ['body', 'version']],
  ])('answers 422 to %j', async (given, loc) => {
    const { status, body } = await merchant.post('/customer', given);
    expect(status).toBe(422);
    expect(body).toMatchObject({ detail: expect.arrayContaining([expect.objectContaining({ loc })]) });
    expect((await merchant.get('/customer?customer_name=Eve')).body['total_count']).toBe(0);
  });

  it('answers 409 to an external id that another customer has, but not to that of another merchant', async () => {
    const first = await merchant.post('/customer', { customer_name: 'First', external_id: 'taken' });
    expect(first.status).toBe(200);
    const { status, body } = await merchant.post('/customer', { customer_name: 'Second', external_id: 'taken' });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'external_id_taken', detail: [{ loc: ['body', 'external_id'] }] });
    const other = merchantClient(server, await server.addOrganisation());
    expect((await other.post('/customer', { customer_name: 'Third', external_id: 'taken' })).status).toBe(200);
  });

  it('makes one customer of a request that is repeated with its key', async () => {
    const request = { customer_name: 'Once' };
    const headers = { 'idempotency-key': 'create-once' };
    const first = await merchant.post('/customer', request, headers);
    const second = await merchant.post('/customer', request, headers);
    expect(second.body).toEqual(first.body);
    expect((await merchant.get('/customer?customer_name=Once')).body['total_count']).toBe(1);
  });
});

describe('GET /customers/{id}', () => {
  it('answers 404 to a customer of nobody or of somebody else', async () => {
    const { body } = await merchant.post('/customer', { customer_name: 'Mine' });
    const other = merchantClient(server, await server.addOrganisation());
    for (const answer of [
      await other.get(`/customers/${String(body['id'])}`),
      await merchant.get('/customers/00000000-0000-4000-8000-000000000000'),
    ]) {
      expect([answer.status, answer.body['code']]).toEqual([404, 'customer_not_found']);
    }
  });

  it('answers 422 to what is no id', async () => {
    expect((await merchant.get('/customers/crm-1')).status).toBe(422);
  });
});
