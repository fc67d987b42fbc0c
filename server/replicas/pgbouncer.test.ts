import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { openBulk } from '../testing/bulk-stream.ts';
import { hasProgram } from '../testing/debian-program.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { startPgBouncer } from '../testing/pgbouncer.ts';
import type { PgBouncer } from '../testing/pgbouncer.ts';
import { openPortal } from '../testing/portal-session.ts';
import { createTestDatabase } from '../testing/postgres.ts';
import { isPostgres } from '../testing/replicas.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { startReceiver } from '../testing/webhook-receiver.ts';
import type { Receiver } from '../testing/webhook-receiver.ts';
import { workerOf } from '../testing/webhook-stage.ts';

const isWanted = isPostgres && hasProgram('pgbouncer', 'a server behind pgbouncer');

const serverConnections = 2;
const lanes = 4;
const rounds = 3;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pgbouncer: PgBouncer;
let server: TestServer;
let receiver: Receiver;

beforeAll(async () => {
  if (isWanted) {
    database = await createTestDatabase(process.env['TEST_POSTGRES_ADMIN_URL'] ?? '');
    pgbouncer = await startPgBouncer(database.url, serverConnections);
    server = await startTestServer({
      environment: {
        DATABASE_URL: pgbouncer.url,
        DATABASE_PREPARED_STATEMENTS: 'off',
        DATABASE_CONNECTIONS: '8',
        WEBHOOKS_ALLOW_LOOPBACK: '1',
        RATE_LIMIT_KEY: '100000',
        RATE_LIMIT_SESSION: '100000',
      },
    });
    receiver = await startReceiver();
  }
});
afterAll(async () => {
  if (isWanted) {
    await server.close();
    await receiver.close();
    await pgbouncer.stop();
    await database.drop();
  }
});

const namesIn = (body: Record<string, unknown>): string[] =>
  (body['results'] as { customer_name: string }[]).map((row) => row.customer_name);

/** All that one organisation does; each name that it can ever see begins with its own. */
const live = async (organisation: TestOrganisation, name: string, lane: number): Promise<void> => {
  const merchant = merchantClient(server, organisation);
  for (let round = 0; round < rounds; round += 1) {
    const mark = `${name} ${lane}.${round}`;
    const customer = await merchant.post('/customers', { customer_name: mark, external_id: mark });
    expect(customer.status, customer.text).toBe(200);
    const customerId = String(customer.body['id']);
    const bulk = openBulk(server, merchant, '/invoices/bulk');
    bulk.send(
      ...Array.from({ length: 5 }, (_, line) => ({
        external_id: `${mark} ${line}`,
        customer_external_id: mark,
        invoice_number: `${mark} ${line}`,
        currency: 'USD',
        line_items: [{ name: mark, unit_price: 1 }],
      })),
    );
    bulk.end();
    expect((await bulk.rest()).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'created'));
    const portal = await openPortal(server, organisation, customerId);
    const invoices = await portal.get('/invoices');
    expect(invoices.body['total_count'], invoices.text).toBe(5);
    expect((await portal.patch('/profile', { phone_number: '+44 20 1' }, { 'if-match': '"1"' })).status).toBe(200);
    const listed = await merchant.get('/customers?limit=100');
    expect(namesIn(listed.body).filter((found) => !found.startsWith(name))).toEqual([]);
    expect(namesIn(listed.body)).toContain(mark);
    expect((await merchant.get(`/customers/${customerId}`)).status).toBe(200);
    expect((await portal.post('/session/end')).status).toBe(200);
  }
};

/**
 * Clients of the same pooler who say no organisation: on whichever of its connections they come, what a statement before
 * them has said of itself is over. There are more of them than connections.
 */
const watchStrangers = (): { end(): Promise<{ looks: number; rows: number }> } => {
  let isOver = false;
  const watch = async (): Promise<{ looks: number; rows: number }> => {
    const stranger = new pg.Client(pgbouncer.url);
    await stranger.connect();
    const seen = { looks: 0, rows: 0 };
    while (!isOver) {
      const { rows } = await stranger.query<{ count: string }>('select count(*) as count from organisation');
      seen.looks += 1;
      seen.rows += Number(rows[0]?.count);
    }
    await stranger.end();
    return seen;
  };
  const watches = Array.from({ length: serverConnections + 1 }, watch);
  return {
    end: async () => {
      isOver = true;
      const seen = await Promise.all(watches);
      return {
        looks: seen.reduce((sum, { looks }) => sum + looks, 0),
        rows: seen.reduce((sum, { rows }) => sum + rows, 0),
      };
    },
  };
};

describe.runIf(isWanted)('behind pgbouncer in transaction mode, with two connections for all', () => {
  it('two organisations work at once, and neither ever sees what is the other’s', async () => {
    const organisations = await Promise.all(
      ['Aurora', 'Borealis'].map(async (name) => ({ name, organisation: await server.addOrganisation(name) })),
    );
    for (const { name, organisation } of organisations) {
      const endpoint = { url: `${receiver.url}/${name}`, event_types: ['customer.created'] };
      expect((await merchantClient(server, organisation).post('/webhook_endpoints', endpoint)).status).toBe(200);
    }
    const watching = watchStrangers();
    await Promise.all(
      organisations.flatMap(({ name, organisation }) =>
        Array.from({ length: lanes }, (_, lane) => live(organisation, name, lane)),
      ),
    );
    const seen = await watching.end();
    expect(seen.looks).toBeGreaterThan(10 * serverConnections);
    expect(seen.rows).toBe(0);
    const [mine, theirs] = organisations as [(typeof organisations)[0], (typeof organisations)[0]];
    const foreign = await addCustomer(server, theirs.organisation.id);
    expect((await merchantClient(server, mine.organisation).get(`/customers/${foreign}`)).status).toBe(404);
    await workerOf(server.dependencies).deliverDue();
    const sent = receiver.received.map(({ body }) => JSON.parse(body) as { data: { customer_name: string } });
    expect(sent).toHaveLength(2 * lanes * rounds);
    expect(new Set(sent.map(({ data }) => data.customer_name)).size).toBe(2 * lanes * rounds);
  });
});
