import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { walkPages } from '../testing/walk-pages.ts';
import { recordEvents } from '../testing/webhook-events.ts';

const nowhere = '00000000-0000-4000-8000-000000000000';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  const customer = await addCustomer(server, organisation.id, { external_id: 'ohara' });
  return { organisation, merchant: merchantClient(server, organisation), customer };
};

const add = async (merchant: MerchantClient, body: Record<string, unknown>) => {
  const answer = await merchant.post('/contacts', body);
  expect(answer.status, answer.text).toBe(200);
  server.clock.advance(1_000);
  return { contact: answer.body, path: `/contacts/${String(answer.body['id'])}` };
};

describe('POST /contacts', () => {
  it('answers 401 without a key', async () => {
    expect((await server.request('POST', '/contacts', { body: {} })).status).toBe(401);
  });

  it('creates a contact of an e-mail address alone, with every field in the answer', async () => {
    const { merchant, customer } = await newMerchant();
    const now = new Date(server.clock.now()).toISOString();
    const { contact, path } = await add(merchant, { customer, email: 'ada@ohara.example' });
    expect(contact).toEqual({
      id: expect.any(String),
      customer,
      email: 'ada@ohara.example',
      first_name: null,
      last_name: null,
      send_contract: false,
      send_invoice: true,
      created_at: now,
      updated_at: now,
    });
    expect((await merchant.get(path)).body).toEqual(contact);
    expect((await merchant.get(`/customers/${customer}`)).body['contacts']).toEqual([contact]);
  });

  it('knows the customer by the external id too', async () => {
    const { merchant, customer } = await newMerchant();
    const { contact } = await add(merchant, {
      customer_external_id: 'ohara',
      email: 'ada@ohara.example',
      first_name: 'Ada',
      send_contract: true,
      send_invoice: false,
    });
    expect(contact).toMatchObject({ customer, first_name: 'Ada', send_contract: true, send_invoice: false });
  });

  it('answers 422 to a customer of nobody or of somebody else', async () => {
    const { merchant } = await newMerchant();
    const other = await newMerchant();
    for (const [reference, field] of [
      [{ customer: nowhere }, 'customer'],
      [{ customer: other.customer }, 'customer'],
      [{ customer_external_id: 'nobody' }, 'customer_external_id'],
    ] as const) {
      const { status, body } = await merchant.post('/contacts', { ...reference, email: 'ada@ohara.example' });
      expect(status).toBe(422);
      expect(body['detail']).toMatchObject([{ loc: ['body', field] }]);
    }
    expect((await other.merchant.get('/contacts')).body['total_count']).toBe(0);
  });

  it.each([
    [{ email: 'ada@ohara.example' }, 'customer'],
    [{ customer: nowhere, customer_external_id: 'ohara', email: 'ada@ohara.example' }, 'customer'],
    [{ customer_external_id: 'ohara' }, 'email'],
    [{ customer_external_id: 'ohara', email: 'ada' }, 'email'],
    [{ customer_external_id: 'ohara', email: 'ada@ohara.example', role: 'cfo' }, 'role'],
  ])('answers 422 to %j', async (body, field) => {
    const { merchant } = await newMerchant();
    const answer = await merchant.post('/contacts', body);
    expect(answer.status).toBe(422);
    expect(answer.body['detail']).toMatchObject([{ loc: ['body', field] }]);
  });
});

describe('GET /contacts', () => {
  it('finds the contacts of this merchant by every filter', async () => {
    const { merchant, organisation, customer } = await newMerchant();
    const other = await newMerchant();
    await add(other.merchant, { customer: other.customer, email: 'ada@ohara.example' });
    const second = await addCustomer(server, organisation.id, { external_id: 'second' });
    await add(merchant, { customer, email: 'Ada@ohara.example', first_name: 'Ada', last_name: 'Byron' });
    await add(merchant, { customer, email: 'bob@ohara.example', send_contract: true });
    await add(merchant, { customer: second, email: 'cyd@second.example', send_invoice: false });
    const emails = async (query: string) => {
      const { body } = await merchant.get(`/contacts?${query}`);
      return (body['results'] as { email: string }[]).map(({ email }) => email.slice(0, 3));
    };
    expect(await emails('')).toEqual(['cyd', 'bob', 'Ada']);
    expect(await emails('order=email')).toEqual(['Ada', 'bob', 'cyd']);
    expect(await emails(`customer=${customer}`)).toEqual(['bob', 'Ada']);
    expect(await emails('customer__external_id=second')).toEqual(['cyd']);
    expect(await emails('customer__external_id__in=second,ohara')).toEqual(['cyd', 'bob', 'Ada']);
    expect(await emails('email=bob@ohara.example')).toEqual(['bob']);
    expect(await emails('email__ilike=ADA@')).toEqual(['Ada']);
    expect(await emails('email__ilike=%25.example')).toEqual(['cyd', 'bob', 'Ada']);
    expect(await emails('last_name__ilike=byr')).toEqual(['Ada']);
    expect(await emails('first_name__isnull=true')).toEqual(['cyd', 'bob']);
    expect(await emails('send_contract=true')).toEqual(['bob']);
    expect(await emails('send_invoice=false')).toEqual(['cyd']);
    expect((await merchant.get('/contacts?customer_id=1')).status).toBe(422);
    const { forwards, backwards, totals } = await walkPages(merchant, '/contacts?limit=1&order=-email');
    expect([forwards.length, backwards, totals]).toEqual([3, forwards, [3]]);
  });
});

describe('PATCH /contacts/{id}', () => {
  it('changes what is given, clears what is null and leaves the rest', async () => {
    const { merchant, customer } = await newMerchant();
    const { contact, path } = await add(merchant, { customer, email: 'ada@ohara.example', first_name: 'Ada' });
    const updated_at = new Date(server.clock.now()).toISOString();
    const { body } = await merchant.patch(path, { first_name: null, last_name: 'Byron', send_invoice: false });
    const changed = { ...contact, first_name: null, last_name: 'Byron', send_invoice: false, updated_at };
    expect(body).toEqual(changed);
    server.clock.advance(1_000);
    expect((await merchant.patch(path, { last_name: 'Byron' })).body).toEqual(changed);
    expect((await merchant.get(path)).body).toEqual(changed);
  });

  it.each([[{ email: null }], [{ customer: nowhere }], [{ email: 'x' }]])('answers 422 to %j', async (patch) => {
    const { merchant, customer } = await newMerchant();
    const { contact, path } = await add(merchant, { customer, email: 'ada@ohara.example' });
    expect((await merchant.patch(path, patch)).status).toBe(422);
    expect((await merchant.get(path)).body).toEqual(contact);
  });
});

describe('DELETE /contacts/{id}', () => {
  it('deletes the contact and no other', async () => {
    const { merchant, customer } = await newMerchant();
    const { contact, path } = await add(merchant, { customer, email: 'ada@ohara.example' });
    const kept = await add(merchant, { customer, email: 'bob@ohara.example' });
    const { status, body } = await merchant.delete(path);
    expect([status, body]).toEqual([200, { id: contact['id'], deleted: true }]);
    expect((await merchant.get(path)).body['code']).toBe('contact_not_found');
    expect((await merchant.get('/contacts')).body['results']).toEqual([kept.contact]);
  });
});

it('a contact of somebody else is not there', async () => {
  const { merchant, customer } = await newMerchant();
  const other = await newMerchant();
  const { contact, path } = await add(merchant, { customer, email: 'ada@ohara.example' });
  for (const answer of [
    await other.merchant.get(path),
    await other.merchant.patch(path, { email: 'eve@example.com' }),
    await other.merchant.delete(path),
    await merchant.get(`/contacts/${nowhere}`),
  ]) {
    expect([answer.status, answer.body['code']]).toEqual([404, 'contact_not_found']);
  }
  expect((await merchant.get(path)).body).toEqual(contact);
});

it('a contact that changes has changed its customer', async () => {
  const { merchant, customer } = await newMerchant();
  const events = await recordEvents(server, merchant, ['customer.updated']);
  const { path } = await add(merchant, { customer, email: 'ada@ohara.example' });
  await merchant.patch(path, { email: 'ada@ohara.example' });
  await merchant.patch(path, { email: 'lady@ohara.example' });
  server.clock.advance(1_000);
  await merchant.delete(path);
  expect(await events()).toMatchObject([
    { data: { contacts: [{ email: 'ada@ohara.example' }] } },
    { data: { contacts: [{ email: 'lady@ohara.example' }] } },
    { data: { contacts: [] } },
  ]);
});
