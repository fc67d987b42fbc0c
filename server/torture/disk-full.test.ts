import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dialectOf } from '../database/dialect.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { sendBulk } from '../testing/bulk-stream.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import type { MerchantClient } from '../testing/merchant-client.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
let merchant: MerchantClient;
let portal: PortalClient;
beforeAll(async () => {
  server = await startTestServer();
  const organisation = await server.addOrganisation();
  merchant = merchantClient(server, organisation);
  portal = await openPortal(server, organisation, await addCustomer(server, organisation.id));
});
afterAll(() => server.close());

const pragma = async (name: string): Promise<number> => {
  const { rows } = await sql<Record<string, number>>`pragma ${sql.raw(name)}`.execute(server.db);
  return Number(Object.values(rows[0] ?? {})[0]);
};

/** Of SQLite its file may not grow any more; PostgreSQL's disk is not ours to fill, so that it says what it would say. */
const fillDisk = async (): Promise<() => Promise<void>> => {
  if (dialectOf(server.db) === 'sqlite') {
    await sql`pragma max_page_count = ${sql.lit(await pragma('page_count'))}`.execute(server.db);
    return async () => {
      await sql`pragma max_page_count = 1000000`.execute(server.db);
    };
  }
  await sql`create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`.execute(server.db);
  await sql`create trigger full_disk before insert on customer execute function full_disk()`.execute(server.db);
  return async () => {
    await sql`drop trigger full_disk on customer`.execute(server.db);
  };
};

/** Large enough that it never fits into the pages that are there. */
const newCustomer = (name: string) => ({ customer_name: name, custom_data: { text: 'x'.repeat(16_000) } });

const customers = async (): Promise<number> =>
  Number((await sql<{ count: number }>`select count(*) as count from customer`.execute(server.db)).rows[0]?.count);

it('refuses what needs space while there is none, goes on reading, and goes on writing when there is some', async () => {
  const before = await customers();
  const makeSpace = await fillDisk();

  const refused = await merchant.post('/customers', newCustomer('Refused'), { 'idempotency-key': 'k-1' });
  expect([refused.status, refused.body['code'], refused.body['retryable']]).toEqual([503, 'storage_full', true]);
  expect(refused.headers.get('retry-after')).toBe('5');
  const lines = await sendBulk(server, merchant, '/customers/bulk', [{ external_id: 'b', ...newCustomer('Bulk') }]);
  expect(lines).toMatchObject([{ status: 'failed', error: { code: 'storage_full', retryable: true } }]);
  expect(await customers()).toBe(before);

  server.clock.advance(120_000);
  expect((await merchant.get('/customers')).status).toBe(200);
  expect((await portal.get('/profile')).status).toBe(200);
  expect((await server.request('GET', '/health/live')).status).toBe(200);
  expect((await server.request('GET', '/health/ready')).status).toBe(200);

  await makeSpace();
  const accepted = await merchant.post('/customers', newCustomer('Refused'), { 'idempotency-key': 'k-1' });
  expect(accepted.status).toBe(200);
  expect(accepted.headers.get('idempotent-replayed')).toBeNull();
  expect(await customers()).toBe(before + 1);
});
