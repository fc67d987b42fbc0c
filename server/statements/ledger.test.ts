import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PortalSummary } from '#contract/summary.ts';
import { seedDemo } from '../demo/demo.service.ts';
import { importInvoices } from '../import/import.service.ts';
import { Mapping } from '../import/mapping.ts';
import { currencyDecimals, toMajor, toMinor } from '../money.ts';
import { openConsole } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { merchantOrigin, startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

let server: TestServer;
let northwind: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  const { organisationId: id, apiKey } = await seedDemo(server.db, server.clock, merchantOrigin);
  northwind = { id, apiKey };
});
afterAll(() => server.close());

const today = '2026-11-23';

type Row = Record<'Currency' | 'Type' | 'Description' | 'Charge' | 'Credit' | 'Balance', string>;

const statementOf = async (
  organisation: TestOrganisation,
  customerId: string,
  from = '2000-01-01',
  to = today,
): Promise<Row[]> => {
  const path = `/customers/${customerId}/statement?from=${from}&to=${to}&format=csv`;
  const { status, text } = await merchantClient(server, organisation).get(path);
  expect(status, text).toBe(200);
  return parse(text, { columns: true, record_delimiter: '\r\n' });
};

const balances = (rows: Row[], type: string): Record<string, string> =>
  Object.fromEntries(rows.filter((row) => row.Type === type).map((row) => [row.Currency, row.Balance]));

interface Owed {
  currency: string;
  due: number;
  unallocated: number;
}

/** Worked out from the invoices' own amounts due, and from the money that no invoice has. */
const owedBy = async (customerId: string): Promise<Owed[]> => {
  const { rows } = await sql<Owed>`
    with moved as (
      select *, case when type in ('refund', 'payment_reversal') then -1 else 1 end as sign from payment
      where customer_id = ${customerId} and status in ('success', 'partially_refunded', 'refunded')
        and type <> 'authorization'
    ),
    part as (
      select currency, amount_due as due, -paid_amount as unallocated
      from invoice
      where customer_id = ${customerId} and status in ('approved', 'partially_paid', 'paid', 'void')
      union all
      select currency_code, 0, sign * amount from moved
    )
    select currency, sum(due) as due, sum(unallocated) as unallocated from part group by currency`.execute(server.db);
  return rows;
};

const expectedClosing = async (customerId: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await owedBy(customerId)).map(({ currency, due, unallocated }) => [
      currency,
      toMajor(due - unallocated, currency),
    ]),
  );

const customersOf = async ({ id }: TestOrganisation) =>
  server.db.selectFrom('customer').select(['id', 'customer_name']).where('organisation_id', '=', id).execute();

describe('the demo', () => {
  it('closes with what is owed, for every customer and without an adjustment', async () => {
    const customers = await customersOf(northwind);
    expect(customers.length).toBeGreaterThan(50);
    for (const { id, customer_name: name } of customers) {
      const rows = await statementOf(northwind, id);
      expect(balances(rows, 'Closing balance'), name).toEqual(await expectedClosing(id));
      expect(
        rows.filter((row) => row.Type === 'Adjustment'),
        name,
      ).toEqual([]);
    }
  });

  it('is as old as the portal says', async () => {
    const staff = await openConsole(server, northwind.id);
    for (const { id, customer_name: name } of await customersOf(northwind)) {
      const ages = (await statementOf(northwind, id)).filter((row) => row.Type === 'Ageing');
      const { body } = await staff.get(`/customers/${id}`);
      const { currencies } = body['summary'] as PortalSummary;
      for (const { currency, amount_due: due, overdue_amount: overdue } of currencies) {
        const sum = (isPart: (row: Row) => boolean): number =>
          ages
            .filter((row) => row.Currency === currency && isPart(row))
            .reduce((total, row) => total + toMinor(row.Balance, currencyDecimals(currency)), 0);
        expect([sum((row) => row.Description.startsWith('Overdue')), sum(() => true)], name).toEqual([overdue, due]);
      }
    }
  });

  it('opens each year with what the year before closed with', async () => {
    for (const { id, customer_name: name } of (await customersOf(northwind)).slice(0, 12)) {
      let closing: Record<string, string> = {};
      let movements = 0;
      for (let year = 2015; year <= 2026; year += 1) {
        const rows = await statementOf(northwind, id, `${year}-01-01`, `${year}-12-31`);
        const opening = balances(rows, 'Opening balance');
        for (const currency of new Set([...Object.keys(closing), ...Object.keys(opening)])) {
          expect(Number(opening[currency] ?? 0), `${name} ${year}`).toBe(Number(closing[currency] ?? 0));
        }
        closing = { ...closing, ...balances(rows, 'Closing balance') };
        movements += rows.filter((row) => !/balance$|^Ageing$/.test(row.Type)).length;
      }
      const whole = await statementOf(northwind, id);
      expect(movements).toBe(whole.filter((row) => !/balance$|^Ageing$/.test(row.Type)).length);
      for (const [currency, balance] of Object.entries(balances(whole, 'Closing balance'))) {
        expect(Number(closing[currency]), name).toBe(Number(balance));
      }
    }
  });
});

describe('an imported ledger', () => {
  const mapping = Mapping.parse({
    date_format: 'yyyy-MM-dd',
    customer: { external_id: { column: 'account' }, customer_name: { column: 'account' } },
    invoice: {
      invoice_number: { column: 'number' },
      currency: { column: 'currency' },
      total: { column: 'total' },
      created_at: { column: 'date' },
      due_date: { column: 'due' },
      settled_at: { column: 'settled' },
      status: { column: 'state', words: { open: 'approved', paid: 'paid', void: 'void', draft: 'draft' } },
    },
  });
  const lines = [
    'account,number,currency,total,date,due,settled,state',
    'a,1,USD,10.50,2026-01-05,2026-02-04,2026-02-01,paid',
    'a,2,USD,20.25,2026-02-05,2026-03-07,,open',
    'a,3,USD,30.00,2026-03-05,2026-04-04,,void',
    'a,4,USD,40.00,2026-04-05,2026-05-05,,draft',
    'a,5,JPY,1200,2026-04-05,2026-05-05,,open',
    'a,6,KWD,1.205,2026-04-05,2026-05-05,2026-04-06,paid',
    'b,7,USD,0,2026-04-05,2026-05-05,,open',
    "o'hara,8,USD,99.99,2026-11-05,2026-12-05,,open",
  ];

  it('closes with what is owed, for every customer', async () => {
    const organisation = await server.addOrganisation('Imported');
    const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    const file = join(folder, 'ledger.csv');
    await writeFile(file, lines.join('\n'));
    await importInvoices(server.db, server.clock, {
      file,
      mapping,
      report: `${file}.rejected.csv`,
      scope: { organisationId: organisation.id },
      timeZone: 'UTC',
      onProgress: () => undefined,
    });
    await rm(folder, { recursive: true });
    const closing: Record<string, Record<string, string>> = {};
    for (const { id, customer_name: name } of await customersOf(organisation)) {
      closing[name] = balances(await statementOf(organisation, id), 'Closing balance');
      expect(closing[name]).toEqual(await expectedClosing(id));
    }
    expect(closing).toEqual({
      a: { USD: '20.25', JPY: '1200', KWD: '0.000' },
      b: { USD: '0.00' },
      "o'hara": { USD: '99.99' },
    });
  });
});
