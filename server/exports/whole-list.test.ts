import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalView } from '../customers/customer-view.ts';
import { byDialect } from '../database/dialect.ts';
import { eachInvoice } from '../invoices/invoices.service.ts';
import type { CustomerScope } from '../scope.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { addPayment, allocate } from '../testing/builders/payments.ts';
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

const newCustomer = async () => {
  const customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id, customerId };
  return { scope, portal: await openPortal(server, organisation, customerId) };
};

const rowsOf = async (portal: PortalClient, path: string): Promise<Record<string, string>[]> => {
  const { status, text } = await portal.get(path);
  expect(status, text).toBe(200);
  return parse(text, { columns: true, record_delimiter: '\r\n' });
};

const start = Date.parse('2020-01-01T00:00:00.000Z');

/** Three in each second, so that ids decide within it. */
const momentOf = (index: number): string => new Date(start + Math.floor(index / 3) * 1_000).toISOString();

/** Answers their ids, oldest first. */
const addInvoices = async ({ organisationId, customerId }: CustomerScope, count: number): Promise<string[]> => {
  const idOf = (index: number): string => `${customerId.slice(0, -8)}${index.toString(16).padStart(8, '0')}`;
  const seconds = byDialect({
    sqlite: sql`strftime('%Y-%m-%dT%H:%M:%S.000Z', ${sql.lit(start / 1_000)} + n / 3, 'unixepoch')`,
    postgres: sql`to_char(to_timestamp(${sql.lit(start / 1_000)} + n / 3) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`,
  });
  const digits = byDialect({ sqlite: sql`printf('%08x', n)`, postgres: sql`lpad(to_hex(n), 8, '0')` });
  await sql`
    insert into invoice (organisation_id, customer_id, created_at, id, invoice_number, status, currency, invoice_total,
      subtotal, discount_total, tax_total, amount_due, updated_at)
    with recursive number (n) as (select 0 union all select n + 1 from number where n + 1 < ${sql.lit(count)})
    select ${organisationId}, ${customerId}, ${seconds}, ${sql.lit(customerId.slice(0, -8))} || ${digits}, 'INV-' || n,
      'approved', 'USD', 10000, 10000, 0, 0, 10000, '2026-11-01T00:00:00.000Z'
    from number`.execute(server.db);
  return Array.from({ length: count }, (_, index) => idOf(index));
};

describe('a long list of invoices', () => {
  it('is exported whole and in order', async () => {
    const { scope, portal } = await newCustomer();
    const ids = await addInvoices(scope, 2_500);
    const idsOf = async (order: string) =>
      (await rowsOf(portal, `/exports/invoices?order=${order}`)).map((row) => row['ID']);
    expect(await idsOf('created_at')).toEqual(ids);
    expect(await idsOf('-created_at')).toEqual(ids.toReversed());
    expect(await idsOf('amount_due')).toEqual(ids);
  });

  it('neither repeats nor loses a row while others are added', async () => {
    const { scope } = await newCustomer();
    const ids = await addInvoices(scope, 2_500);
    const view = portalView({ scope, timeZone: 'UTC' });
    const pages = eachInvoice(server.dependencies, view, { query: { order: 'created_at' }, pageSize: 500 });
    const seen: string[] = [];
    const added: string[] = [];
    for await (const page of pages) {
      seen.push(...page.map(({ id }) => id));
      await addInvoice(server, scope, { created_at: momentOf(0) });
      if (added.length < 4) {
        added.push((await addInvoice(server, scope, { created_at: momentOf(2_500) })).id);
      }
    }
    expect(seen).toEqual([...ids, ...added]);
  });

  it('is complete when rows are added over HTTP meanwhile', async () => {
    const { scope, portal } = await newCustomer();
    const ids = await addInvoices(scope, 2_500);
    const exported = rowsOf(portal, '/exports/invoices?order=created_at');
    for (let index = 0; index < 2_500; index += 100) {
      await addInvoice(server, scope, { invoice_number: 'NEW', created_at: momentOf(index) });
    }
    const rows = await exported;
    expect(rows.filter((row) => row['Invoice ID'] !== 'NEW').map((row) => row['ID'])).toEqual(ids);
    const places = rows.map((row) => `${row['Generated at (UTC)']} ${row['ID']}`);
    expect(places).toEqual([...new Set(places)].sort());
  });

  it('leaves others their turn', async () => {
    const { scope, portal } = await newCustomer();
    await addInvoices(scope, 20_000);
    const done: string[] = [];
    const response = await fetch(`${server.address}/portal/${organisation.id}/exports/invoices`, {
      headers: portal.headers,
    });
    await Promise.all([
      response.bytes().then(() => done.push('file')),
      portal.get('/summary').then(() => done.push('summary')),
    ]);
    expect(done).toEqual(['summary', 'file']);
  });
});

it.each(['invoice_number', '-status', 'due_date', '-invoice_period', '-invoice_total'])(
  'exports invoices as the list has them, ordered by %s',
  async (order) => {
    const { scope, portal } = await newCustomer();
    for (let index = 0; index < 90; index += 1) {
      await addInvoice(server, scope, {
        status: (['paid', 'approved', 'void'] as const)[index % 3] ?? 'paid',
        due_date: index % 4 === 0 ? null : `2026-1${index % 3}-01T00:00:00.000Z`,
        invoice_total: (index * 7) % 10,
      });
    }
    const { body } = await portal.get(`/invoices?limit=100&order=${order}`);
    const listed = (body['results'] as { id: string }[]).map(({ id }) => id);
    const exported = (await rowsOf(portal, `/exports/invoices?order=${order}`)).map((row) => row['ID']);
    expect(exported).toEqual(listed);
    expect(exported).toHaveLength(90);
  },
);

it('exports payments over several pages, each with its invoices', async () => {
  const { scope, portal } = await newCustomer();
  const invoice = await addInvoice(server, scope, { invoice_number: 'INV-MANY' });
  await server.db.transaction().execute(async (db) => {
    for (let index = 0; index < 1_100; index += 1) {
      await allocate({ db }, await addPayment({ db }, scope), invoice, 1);
    }
  });
  const rows = await rowsOf(portal, '/exports/payments?order=amount');
  expect(rows).toHaveLength(1_100);
  expect(new Set(rows.map((row) => row['ID'])).size).toBe(1_100);
  expect(new Set(rows.map((row) => row['Invoices']))).toEqual(new Set(['INV-MANY']));
});
