import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addCustomer } from '../../testing/builders/customers.ts';
import { merchantClient } from '../../testing/merchant-client.ts';
import type { MerchantClient } from '../../testing/merchant-client.ts';
import { openPortal } from '../../testing/portal-session.ts';
import type { PortalClient } from '../../testing/portal-session.ts';
import { startTestServer } from '../../testing/test-server.ts';
import type { TestServer } from '../../testing/test-server.ts';

const organisations = 20;
const customersAnOrganisation = 50;
const ofEachCustomer = 100;

/** Those that have many rows. */
const large = ['customer', 'invoice', 'invoice_line_item', 'payment', 'payment_allocation'];

/** A table's only row once more for each row of `places`, with other values in these columns. */
const repeated = (table: string, places: string, columns: string): string =>
  `insert into ${table} select copy.* from ${table} as pattern cross join (${places})
   cross join lateral jsonb_populate_record(pattern, jsonb_build_object(${columns})) as copy`;

const everyCustomer = `generate_series(1, ${ofEachCustomer}) as number cross join customer as owner`;
const owned = `'organisation_id', owner.organisation_id, 'customer_id', owner.id`;
const day = `to_char(timestamp '2020-01-01' + number * interval '1 day', 'YYYY-MM-DD"T"00:00:00.000"Z"')`;
const idOf = (kind: string): string =>
  `'id', regexp_replace(md5('${kind}' || owner.id || number), '^(.{8})(.{4}).(.{3}).(.{3})(.{12})$', '\\1-\\2-7\\3-8\\4-\\5')`;

describe.runIf(process.env['TEST_DATABASE'] === 'postgres')('with 100 000 invoices and payments', () => {
  let server: TestServer;
  let merchant: MerchantClient;
  let portal: PortalClient;
  let customerId: string;
  let invoiceId: string;

  beforeAll(async () => {
    server = await startTestServer();
    const own = await server.addOrganisation('Own');
    merchant = merchantClient(server, own);
    customerId = await addCustomer(server, own.id);
    const line = { name: 'Seat', unit_price: '100' };
    const invoice = { customer_id: customerId, currency: 'USD', status: 'approved', line_items: [line] };
    invoiceId = String((await merchant.post('/invoices', invoice)).body['id']);
    const paid = await merchant.post('/payments', {
      customer_id: customerId,
      currency_code: 'USD',
      amount: 1,
      payment_parts: [{ invoice_id: invoiceId, amount: 1 }],
    });
    expect(paid.status, paid.text).toBe(200);
    for (let place = 1; place < organisations; place += 1) {
      await server.addOrganisation();
    }
    const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(server.db);
    await run(
      repeated(
        'customer',
        `organisation as owner cross join generate_series(1, ${customersAnOrganisation}) as number`,
        `'organisation_id', owner.id, ${idOf('customer')}, 'external_id', null, 'customer_name', 'Customer ' || number, 'created_at', ${day}`,
      ),
    );
    const invoiceColumns = `'invoice_number', 'I' || owner.id || number, 'created_at', ${day}, 'due_date', ${day}`;
    await Promise.all([
      run(repeated('invoice', everyCustomer, `${owned}, ${idOf('invoice')}, ${invoiceColumns}`)),
      run(
        repeated('payment', everyCustomer, `${owned}, ${idOf('payment')}, 'receipt_number', null, 'timestamp', ${day}`),
      ),
    ]);
    await run('analyze');
    const early = "invoice.created_at < '2020-01-11'";
    await Promise.all([
      run(
        repeated(
          'payment_allocation',
          `invoice join payment on ${early} and payment.customer_id = invoice.customer_id
             and payment.timestamp = invoice.created_at`,
          `'organisation_id', payment.organisation_id, 'payment_id', payment.id, 'invoice_id', invoice.id`,
        ),
      ),
      run(
        repeated(
          'invoice_line_item',
          `invoice join organisation on ${early} and organisation.id = invoice.organisation_id`,
          `'organisation_id', invoice.organisation_id, 'invoice_id', invoice.id, 'id', invoice.id`,
        ),
      ),
    ]);
    await run('analyze');

    portal = await openPortal(server, own, customerId);
  });
  afterAll(() => server.close());

  /** What is sent to the database while something is asked for. */
  const statementsOf = async (ask: () => Promise<{ status: number; text: string }>): Promise<string[]> => {
    const sent = vi.spyOn(pg.Client.prototype, 'query');
    const { status, text } = await ask();
    const texts = sent.mock.calls.map(([statement]) => (statement as unknown as { text?: string }).text ?? '');
    sent.mockRestore();
    expect(status, text).toBe(200);
    return texts.filter((one) => /^\s*(select|with)\b/.test(one));
  };

  const planOf = async (text: string): Promise<string> => {
    const client = new pg.Client(server.dependencies.config.databaseUrl);
    await client.connect();
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`);
    await client.end();
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  it.each([
    ['a customer’s invoices', () => portal.get('/invoices')],
    ['a customer’s invoices by their due date', () => portal.get('/invoices?order=due_date')],
    ['the parts of one invoice', () => portal.get(`/invoices/${invoiceId}`)],
    ['a customer’s payments', () => portal.get('/payments')],
    ['the rows of a summary', () => portal.get('/summary')],
    ['an organisation’s invoices', () => merchant.get('/invoices?limit=10')],
    ['an organisation’s invoices of a customer', () => merchant.get(`/invoices?customer_id=${customerId}`)],
    ['an organisation’s payments', () => merchant.get('/payments?limit=10')],
    ['an organisation’s customers', () => merchant.get('/customers?limit=10')],
    ['the parts of an invoice as the organisation has it', () => merchant.get(`/invoices/${invoiceId}`)],
  ])('%s are found by an index', async (_name, ask) => {
    const texts = await statementsOf(ask);
    const plans = await Promise.all(texts.map(planOf));
    expect(plans.join('\n')).toMatch(/Index (Only )?Scan/);
    for (const [place, plan] of plans.entries()) {
      const read = [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table = '']) => table);
      expect(
        read.filter((table) => large.includes(table)),
        `${texts[place]}\n${plan}`,
      ).toEqual([]);
    }
  });

  it.each([
    ['an organisation’s invoices', () => merchant.get('/invoices?limit=10')],
    ['an organisation’s payments', () => merchant.get('/payments?limit=10')],
  ])('a page of %s is read in its order', async (_name, ask) => {
    const pages = (await statementsOf(ask)).filter((text) => text.includes('keyset_value'));
    expect(pages).toHaveLength(1);
    expect(await planOf(pages.join())).not.toContain('Sort Key');
  });
});
