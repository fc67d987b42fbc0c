import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';

let server: TestServer;
let merchant: MerchantClient;
const ids: Record<string, string> = {};

const customers = [
  { customer_name: 'Aurora, Inc', external_id: 'a-1', email: 'ap@aurora.example', phone_number: '+1 555 0100' },
  { customer_name: 'Björk Bakery', external_id: 'b_2', email: 'Bjork@bakery.example', auto_charge_enabled: false },
  { customer_name: 'corvid Coffee', external_id: 'c%3', business_entity_id: 'east', communications_enabled: false },
  { customer_name: 'Delta 100%', business_entity_id: 'west' },
];

beforeAll(async () => {
  server = await startTestServer();
  merchant = merchantClient(server, await server.addOrganisation());
  const other = merchantClient(server, await server.addOrganisation());
  await other.post('/customer', customers[0]);
  for (const customer of customers) {
    const { body } = await merchant.post('/customer', customer);
    ids[customer.customer_name] = String(body['id']);
    server.clock.advance(86_400_000);
  }
});
afterAll(() => server.close());

const names = async (query: string): Promise<unknown> => {
  const { status, body, text } = await merchant.get(`/customer?${query}`);
  expect(status, text).toBe(200);
  return (body['results'] as { customer_name: string }[]).map((row) => row.customer_name.split(' ')[0]);
};

describe('GET /customer', () => {
  it('answers 401 without a key', async () => {
    expect((await server.request('GET', '/customer')).status).toBe(401);
  });

  it('answers the newest first, without what is not expanded and without the customers of others', async () => {
    const { body } = await merchant.get('/customer?limit=1');
    expect(body).toMatchObject({ previous: null, total_count: 4 });
    expect(body['next']).toEqual(expect.any(String));
    expect(body['results']).toEqual([
      {
        id: ids['Delta 100%'],
        external_id: null,
        customer_name: 'Delta 100%',
        email: null,
        phone_number: null,
        address: null,
        ship_to_address: null,
        tax_info: [],
        custom_data: null,
        custom_attributes: null,
        communications_enabled: true,
        auto_charge_enabled: true,
        business_entity_id: 'west',
        time_zone: null,
        locale: null,
        created_at: '2026-11-26T12:00:00.000Z',
        updated_at: '2026-11-26T12:00:00.000Z',
      },
    ]);
  });

  it('answers the same at /customers', async () => {
    expect((await merchant.get('/customers?limit=2')).body).toEqual((await merchant.get('/customer?limit=2')).body);
  });

  it.each([
    ['order=customer_name', ['Aurora,', 'Björk', 'corvid', 'Delta']],
    ['order=-customer_name', ['Delta', 'corvid', 'Björk', 'Aurora,']],
    ['sort_key=created_at&sort_type=asc', ['Aurora,', 'Björk', 'corvid', 'Delta']],
    ['sort_key=created_at&sort_type=desc', ['Delta', 'corvid', 'Björk', 'Aurora,']],
    ['order=email&limit=2', ['Aurora,', 'Björk']],
    ['order=external_id', ['Aurora,', 'Björk', 'corvid', 'Delta']],
    ['external_id=a-1', ['Aurora,']],
    ['external_id__ilike=B_', ['Björk']],
    ['external_id__ilike=C', ['corvid']],
    ['external_id__isnull=true', ['Delta']],
    ['external_id__in=a-1&external_id__in=b_2', ['Björk', 'Aurora,']],
    ['email=ap@aurora.example', ['Aurora,']],
    ['email__ilike=bjork', ['Björk']],
    ['email__like=bjork', []],
    ['email__isnull=false', ['Björk', 'Aurora,']],
    ['phone_number__ilike=0100', ['Aurora,']],
    ['customer_name__ilike=COFF', ['corvid']],
    ['customer_name__ilike=BJÖRK', ['Björk']],
    ['customer_name__ilike=%25ÖRK B%25', ['Björk']],
    ['search_name_external_id=ÖRK', ['Björk']],
    ['customer_name__neq=Delta%20100%25', ['corvid', 'Björk', 'Aurora,']],
    ['communications_enabled=false', ['corvid']],
    ['auto_charge_enabled=false', ['Björk']],
    ['auto_charge_enabled=true&communications_enabled=true', ['Delta', 'Aurora,']],
    ['business_entity_id=east', ['corvid']],
    ['business_entity_id__in=east,west', ['Delta', 'corvid']],
    ['created_at__gte=2026-11-25', ['Delta', 'corvid']],
    ['created_at__lte=2026-11-24', ['Björk', 'Aurora,']],
    ['created_at__gt=2026-11-24T12:00:00Z&created_at__lt=2026-11-26T12:00:00.000Z', ['corvid']],
    ['search=customer_name=aurora, i', ['Aurora,']],
    ['search=customer_name=a,email=bakery', ['Björk']],
    ['search=business_entity_id=east', ['corvid']],
    ['search_name_external_id=100%25', ['Delta']],
    ['search_name_external_id=B_2', ['Björk']],
    ['search_name_external_id=nobody', []],
    ["search_name_external_id=' or 1=1 --", []],
  ])('finds by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('finds by id', async () => {
    const [first = '', second = ''] = [ids['Aurora, Inc'], ids['Björk Bakery']];
    expect(await names(`id=${first}`)).toEqual(['Aurora,']);
    expect(await names(`id__in=${first},${second}`)).toEqual(['Björk', 'Aurora,']);
    expect(await names(`id__neq=${first}`)).toEqual(['Delta', 'corvid', 'Björk']);
  });

  it.each(['created_at', '-created_at', 'customer_name', 'email', '-email', 'external_id', '-updated_at'])(
    'pages there and back in the order of %s',
    async (order) => {
      const { forwards, backwards, totals, isFirstAgain } = await walkPages(
        merchant,
        `/customer?limit=1&order=${order}`,
      );
      expect(forwards.toSorted()).toEqual(Object.values(ids).toSorted());
      expect(backwards).toEqual(forwards);
      expect([totals, isFirstAgain]).toEqual([[4], true]);
    },
  );

  it('expands contacts and the default payment method', async () => {
    const id = ids['Aurora, Inc'] ?? '';
    const contact = await merchant.post('/contacts', { customer: id, email: 'ada@aurora.example' });
    const method = await merchant.post(`/customers/${id}/payment_methods/attach`, {
      payment_method_id: 'pm_1',
      connector: 'stripe',
    });
    const list = await merchant.get(`/customer?id=${id}&expand=contacts,default_payment_method`);
    expect(list.body['results']).toMatchObject([
      { contacts: [contact.body], default_payment_method: { id: method.body['id'], connector_name: 'stripe' } },
    ]);
    const [row] = (await merchant.get(`/customer?id=${id}&expand=contacts`)).body['results'] as object[];
    expect(row).not.toHaveProperty('default_payment_method');
  });

  it.each([
    ['name=x', 'name'],
    ['email__gte=x', 'email__gte'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['order=phone_number', 'order'],
    ['order=email&sort_key=email', 'sort_key'],
    ['expand=invoices', 'expand'],
    ['communications_enabled=yes', 'communications_enabled'],
    ['id=crm-1', 'id'],
    ['created_at__gte=yesterday', 'created_at__gte'],
    ['search=aurora', 'search'],
    ['search=password=x', 'search'],
  ])('answers 422 to %s', async (query, name) => {
    const { status, body } = await merchant.get(`/customer?${query}`);
    expect(status).toBe(422);
    expect((body['detail'] as { loc: unknown[] }[])[0]?.loc.slice(0, 2)).toEqual(['query', name]);
  });

  it('answers 422 to a cursor of another list', async () => {
    const { body } = await merchant.get('/customer?limit=1&order=email');
    const { status, body: error } = await merchant.get(`/customer?limit=1&cursor=${String(body['next'])}`);
    expect([status, error['code']]).toEqual([422, 'cursor_invalid']);
  });
});
