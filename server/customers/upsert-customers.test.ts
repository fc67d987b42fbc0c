import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CustomerRecord } from '#contract/customers.ts';
import type { Outcome } from '../bulk/upsert.ts';
import { transact } from '../database/transaction.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { recordEvents } from '../testing/webhook-events.ts';
import { findCustomerReferences, getTimeZone } from './customers.service.ts';
import { upsertCustomers } from './upsert-customers.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const author = { actor: { type: 'api_key', id: null, name: 'Backend' }, requestId: 'request-1' } as const;

const newMerchant = async () => {
  const organisation = await server.addOrganisation();
  const scope = { organisationId: organisation.id };
  const merchant = merchantClient(server, organisation);
  const upsert = async (...records: Record<string, unknown>[]): Promise<Outcome[]> => {
    server.clock.advance(1_000);
    return transact(server.db, (trx) =>
      upsertCustomers(
        trx,
        server.clock,
        scope,
        author,
        records.map((record) => CustomerRecord.parse(record)),
      ),
    );
  };
  const read = async (externalId: string) => {
    const { body } = await merchant.get(`/customer?external_id=${externalId}&expand=contacts,default_payment_method`);
    return (body['results'] as Record<string, unknown>[])[0];
  };
  return { scope, merchant, upsert, read };
};

const statuses = (outcomes: Outcome[]) => outcomes.map((outcome) => ('status' in outcome ? outcome.status : outcome));

const full = {
  external_id: 'full',
  customer_name: 'Full Ltd',
  email: 'ap@full.example',
  address: { line1: '1 Pier Road', country_code: 'GB' },
  ship_to_address: { line1: '2 Dock Lane' },
  tax_info: [{ country_code: 'GB', tax_code: 'gb_vat', tax_id: 'GB123' }],
  contacts: [{ email: 'ada@full.example' }, { email: 'bob@full.example' }],
  custom_data: { b: 2, a: 1 },
  auto_charge_enabled: false,
};

describe('upsertCustomers', () => {
  it('creates, leaves alone and changes, with what one request by itself would store', async () => {
    const { merchant, upsert, read } = await newMerchant();
    const [created, bare] = await upsert(full, { external_id: 'bare', customer_name: 'Bare' });
    expect(created).toEqual({ id: expect.any(String), status: 'created' });
    const alone = merchantClient(server, await server.addOrganisation());
    const { body } = await alone.post('/customer', full);
    const { id: _id, contacts, ...facts } = body;
    const stored = await read('full');
    expect(stored).toMatchObject(facts);
    expect((stored?.['contacts'] as { email: string }[]).map(({ email }) => email)).toEqual(
      (contacts as { email: string }[]).map(({ email }) => email),
    );

    expect(
      await upsert(
        { ...full, custom_data: { a: 1, b: 2 } },
        { external_id: 'bare', customer_name: 'Bare', phone_number: '+1' },
      ),
    ).toEqual([
      { ...created, status: 'unchanged' },
      { ...bare, status: 'updated' },
    ]);
    expect(await read('full')).toEqual(stored);
    const { headers } = await merchant.get(`/customers/${String(stored?.['id'])}`);
    expect(headers.get('etag')).toBe('"1"');
  });

  it('changes only what is given', async () => {
    const { upsert, read } = await newMerchant();
    await upsert(full);
    const before = await read('full');
    expect(statuses(await upsert({ external_id: 'full', customer_name: 'Full plc' }))).toEqual(['updated']);
    const updated_at = new Date(server.clock.now()).toISOString();
    expect(await read('full')).toEqual({ ...before, customer_name: 'Full plc', updated_at });
  });

  it('changes addresses and contacts in place, and takes them away', async () => {
    const { merchant, upsert, read } = await newMerchant();
    const [outcome] = await upsert(full);
    const path = `/customers/${outcome !== undefined && 'id' in outcome ? outcome.id : ''}`;
    const addresses = async () =>
      ((await merchant.get(`${path}/addresses`)).body['results'] as { id: string; line1: string }[]).toSorted((a, b) =>
        a.line1 < b.line1 ? -1 : 1,
      );
    const [billing] = await addresses();
    const [ada] = (await read('full'))?.['contacts'] as { id: string }[];
    const name = { external_id: 'full', customer_name: 'Full Ltd' };
    await upsert({
      ...name,
      address: { line1: '3 Quay' },
      ship_to_address: null,
      contacts: [{ email: 'ada@full.example' }],
    });
    expect(await addresses()).toMatchObject([{ id: billing?.id, line1: '3 Quay' }]);
    expect(await read('full')).toMatchObject({ ship_to_address: null, contacts: [{ id: ada?.id }] });
    await upsert({ ...name, address: null, contacts: null });
    expect(await read('full')).toMatchObject({ address: null, contacts: [], email: 'ap@full.example' });
    expect(await addresses()).toEqual([]);
  });

  it('lets a later record of the batch see what an earlier one did', async () => {
    const { merchant, upsert, read } = await newMerchant();
    const outcomes = await upsert(
      { external_id: 'twice', customer_name: 'First', ship_to_address: { line1: '1 Early' } },
      { external_id: 'other', customer_name: 'Other' },
      { external_id: 'twice', customer_name: 'Second', ship_to_address: { line1: '2 Late' } },
      { external_id: 'twice', customer_name: 'Second' },
    );
    expect(statuses(outcomes)).toEqual(['created', 'created', 'updated', 'unchanged']);
    const [first, , third, fourth] = outcomes.map((outcome) => ('id' in outcome ? outcome.id : undefined));
    expect([third, fourth]).toEqual([first, first]);
    expect(await read('twice')).toMatchObject({
      id: first,
      customer_name: 'Second',
      ship_to_address: { line1: '2 Late' },
    });
    expect((await merchant.get(`/customers/${first}/addresses`)).body['total_count']).toBe(1);
  });

  it('makes a new customer where the one of that external id was deleted, and knows no other merchant', async () => {
    const { merchant, upsert } = await newMerchant();
    const stranger = await newMerchant();
    const [theirs] = await stranger.upsert({ external_id: 'same', customer_name: 'Theirs' });
    const [first] = await upsert({ external_id: 'same', customer_name: 'Mine' });
    await merchant.delete(`/customers/${first !== undefined && 'id' in first ? first.id : ''}`);
    const [second] = await upsert({ external_id: 'same', customer_name: 'Mine again' });
    expect(statuses([theirs, first, second].filter((one) => one !== undefined))).toEqual(Array(3).fill('created'));
    expect(new Set([theirs, first, second].map((one) => one && 'id' in one && one.id)).size).toBe(3);
    expect(await stranger.read('same')).toMatchObject({ customer_name: 'Theirs' });
  });

  it('tells webhooks once of each customer that is new or changed', async () => {
    const { merchant, upsert, read } = await newMerchant();
    await upsert({ external_id: 'a', customer_name: 'A' }, { external_id: 'b', customer_name: 'B' });
    const events = await recordEvents(server, merchant, ['customer.created', 'customer.updated']);
    await upsert(
      { external_id: 'a', customer_name: 'A' },
      { external_id: 'b', customer_name: 'B2' },
      { external_id: 'c', customer_name: 'C' },
      { external_id: 'c', customer_name: 'C2' },
    );
    const told = await events();
    expect(told).toHaveLength(2);
    expect(told).toEqual(
      expect.arrayContaining([
        { type: 'customer.updated', data: await read('b') },
        { type: 'customer.created', data: await read('c') },
      ]),
    );
  });

  it('stores a batch of 500 in a few statements', async () => {
    const { scope } = await newMerchant();
    const records = Array.from({ length: 500 }, (_, index) =>
      CustomerRecord.parse({ ...full, external_id: `bulk-${index}`, contacts: [{ email: `${index}@full.example` }] }),
    );
    let statements = 0;
    const db = server.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => {
        statements += 1;
        return Promise.resolve(result);
      },
    });
    const run = () => transact(db, (trx) => upsertCustomers(trx, server.clock, scope, author, records));
    expect(new Set(statuses(await run()))).toEqual(new Set(['created']));
    expect(statements).toBeGreaterThan(4);
    expect(statements).toBeLessThan(40);
    expect(new Set(statuses(await run()))).toEqual(new Set(['unchanged']));
  });
});

describe('findCustomerReferences', () => {
  it('finds this merchant customers that are not deleted, by either id', async () => {
    const { scope, merchant, upsert } = await newMerchant();
    const stranger = await newMerchant();
    const [theirs] = await stranger.upsert({ external_id: 'theirs', customer_name: 'Theirs' });
    const outcomes = await upsert(
      { external_id: 'a', customer_name: 'A' },
      { external_id: 'b', customer_name: 'B' },
      { external_id: 'c', customer_name: 'C' },
    );
    const [a, b, c, other] = [...outcomes, theirs].map((one) => (one !== undefined && 'id' in one ? one.id : ''));
    await merchant.delete(`/customers/${c}`);
    const found = await findCustomerReferences(server.db, scope, {
      ids: [a ?? '', c ?? '', other ?? ''],
      externalIds: ['b', 'c', 'theirs', 'nobody'],
    });
    expect(found.map((customer) => [customer.external_id, customer.id]).toSorted()).toEqual([
      ['a', a],
      ['b', b],
    ]);
    expect(await findCustomerReferences(server.db, scope, { ids: [], externalIds: [] })).toEqual([]);
  });

  it('tells the time zone of each: its own, else the organisation’s, also once it is deleted', async () => {
    const { scope, merchant, upsert } = await newMerchant();
    const [settled, roaming] = await upsert(
      { external_id: 'settled', customer_name: 'Settled' },
      { external_id: 'roaming', customer_name: 'Roaming', time_zone: 'Asia/Tokyo' },
    );
    await server.db
      .updateTable('organisation')
      .set({ time_zone: 'America/New_York' })
      .where('id', '=', scope.organisationId)
      .execute();
    const found = await findCustomerReferences(server.db, scope, { ids: [], externalIds: ['settled', 'roaming'] });
    expect(found.map((customer) => [customer.external_id, customer.time_zone]).toSorted()).toEqual([
      ['roaming', 'Asia/Tokyo'],
      ['settled', 'America/New_York'],
    ]);
    const ids = [settled, roaming].map((one) => (one !== undefined && 'id' in one ? one.id : ''));
    await merchant.delete(`/customers/${ids[1]}`);
    const zones = ids.map((customerId) => getTimeZone(server.db, { ...scope, customerId }));
    expect(await Promise.all(zones)).toEqual(['America/New_York', 'Asia/Tokyo']);
  });
});
