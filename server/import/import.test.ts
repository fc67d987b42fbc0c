import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import type { Tables } from '../database/tables.ts';
import { transact } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { startPgBouncer } from '../testing/pgbouncer.ts';
import { testClock } from '../testing/test-clock.ts';
import { createDatabase } from '../testing/test-server.ts';
import { importInvoices } from './import.service.ts';
import { Mapping } from './mapping.ts';

const columns = 'Account,Name,Mail,Number,Date,Due,Amount,Paid,Disputed';
const mapping = Mapping.parse({
  date_format: 'd.M.yyyy',
  number_format: { decimal: ',', thousands: '.' },
  true_words: ['Ja'],
  false_words: ['Nein'],
  customer: {
    external_id: { column: 'Account' },
    customer_name: { column: 'Name' },
    email: { column: 'Mail' },
  },
  invoice: {
    invoice_number: { column: 'Number' },
    currency: { constant: 'EUR' },
    total: { column: 'Amount' },
    created_at: { column: 'Date' },
    due_date: { column: 'Due' },
    settled_at: { column: 'Paid' },
    custom_data: { disputed: { column: 'Disputed', type: 'boolean' } },
  },
  payment: { method: 'bank_transfer' },
});

const paid = 'K-1,Brauer GmbH,post@brauer.example,0042,5.3.2026,4.4.2026,"1.234,50",1.4.2026,Nein';
const open = 'K-2,"O\'Hara, Søn & Co.",,0043,6.3.2026,5.4.2026,80,,Ja';

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let db: Kysely<Tables>;
let organisationId: string;
const clock = testClock();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  database = await createDatabase();
  db = openDatabase(database.url);
  await migrate(db);
  organisationId = await newOrganisation();
});

afterEach(async () => {
  await db.destroy();
  await database.drop();
  await rm(folder, { recursive: true });
});

const newOrganisation = (): Promise<string> =>
  transact(db, (trx) =>
    createOrganisation(trx, clock, { name: 'Merchant', allowedOrigins: [], timeZone: 'Europe/Berlin' }),
  );

/** Each run is a program of its own, with a connection of its own. */
const run = async (
  text: string,
  { into = organisationId, using = mapping, onProgress = (): void => undefined, url = database.url } = {},
) => {
  const file = join(folder, 'invoices.csv');
  await writeFile(file, text);
  const connection = openDatabase(url);
  try {
    return await importInvoices(connection, clock, {
      file,
      mapping: using,
      report: `${file}.rejected.csv`,
      scope: { organisationId: into },
      timeZone: 'Europe/Berlin',
      onProgress,
    });
  } finally {
    await connection.destroy();
  }
};

const csv = (...rows: string[]): string => [columns, ...rows, ''].join('\n');
const report = (): Promise<string> => readFile(join(folder, 'invoices.csv.rejected.csv'), 'utf8');
const invoices = () => db.selectFrom('invoice').selectAll().orderBy('invoice_number').execute();
const entries = () =>
  db
    .selectFrom('audit_event')
    .select(['action', 'detail'])
    .where('action', '!=', 'organisation.created')
    .orderBy('sequence')
    .execute();
const counts = (created: number, updated: number, unchanged: number) => ({ created, updated, unchanged });

describe('good rows', () => {
  test('become customers, invoices with one line, and payments', async () => {
    const result = await run(csv(paid, open));
    expect(result).toEqual({
      rows: 2,
      customers: counts(2, 0, 0),
      invoices: counts(2, 0, 0),
      repeated: 0,
      rejected: 0,
      report: null,
    });
    const [first, second] = await invoices();
    expect(first).toMatchObject({
      invoice_number: '0042',
      status: 'paid',
      currency: 'EUR',
      invoice_total: 123_450,
      paid_amount: 123_450,
      amount_due: 0,
      created_at: '2026-03-04T23:00:00.000Z',
      due_date: '2026-04-03T22:00:00.000Z',
      paid_at: '2026-03-31T22:00:00.000Z',
      custom_data: '{"disputed":false}',
    });
    expect(second).toMatchObject({ status: 'approved', invoice_total: 8_000, paid_amount: 0, amount_due: 8_000 });
    expect(await db.selectFrom('invoice_line_item').select(['total', 'unit_price']).orderBy('total').execute()).toEqual(
      [
        { total: 8_000, unit_price: '80' },
        { total: 123_450, unit_price: '1234.50' },
      ],
    );
    expect(
      await db
        .selectFrom('payment')
        .innerJoin('payment_allocation', 'payment_allocation.payment_id', 'payment.id')
        .select(['payment.amount', 'payment_allocation.amount as applied', 'payment_method', 'timestamp', 'invoice_id'])
        .execute(),
    ).toEqual([
      {
        amount: 123_450,
        applied: 123_450,
        payment_method: 'bank_transfer',
        timestamp: '2026-03-31T22:00:00.000Z',
        invoice_id: first?.id,
      },
    ]);
    const names = await db.selectFrom('customer').select(['customer_name', 'email']).orderBy('external_id').execute();
    expect(names).toEqual([
      { customer_name: 'Brauer GmbH', email: 'post@brauer.example' },
      { customer_name: "O'Hara, Søn & Co.", email: null },
    ]);
  });

  test('may come with a byte order mark, CRLF and spaces around values', async () => {
    const result = await run(`\uFEFF${columns}\r\n${paid.replaceAll(',', ' , ').replace('"1.234 , 50"', '99')}\r\n`);
    expect(result).toMatchObject({ invoices: counts(1, 0, 0), rejected: 0 });
    expect(await invoices()).toMatchObject([{ invoice_number: '0042', invoice_total: 9_900 }]);
  });

  test('over several transactions are all there', async () => {
    const rows = Array.from({ length: 777 }, (_, index) => open.replace('0043', `N-${index}`));
    expect(await run(csv(...rows))).toMatchObject({
      rows: 777,
      customers: counts(1, 0, 0),
      invoices: counts(777, 0, 0),
    });
  });

  test('nothing but a header is no mistake', async () => {
    expect(await run(csv())).toMatchObject({ rows: 0, rejected: 0 });
  });
});

describe('again', () => {
  test('the same file changes nothing', async () => {
    await run(csv(paid, open));
    const before = await invoices();
    clock.advance(60_000);
    expect(await run(csv(paid, open))).toMatchObject({ customers: counts(0, 0, 2), invoices: counts(0, 0, 2) });
    expect(await invoices()).toEqual(before);
  });

  test('a run that was interrupted is completed', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => open.replace('0043', `N-${index}`));
    const onProgress = (): never => {
      throw new Error('the power went out');
    };
    await expect(run(csv(...rows), { onProgress })).rejects.toThrow('the power went out');
    const before = (await invoices()).length;
    expect(before).toBeGreaterThan(0);
    expect(await run(csv(...rows))).toMatchObject({ invoices: counts(600 - before, 0, before) });
  });

  test('a changed row updates its invoice, which keeps its id', async () => {
    await run(csv(paid, open));
    const [, before] = await invoices();
    const settled = open.replace('80,,Ja', '80,9.4.2026,Nein');
    expect(await run(csv(paid, settled))).toMatchObject({ invoices: counts(0, 1, 1) });
    const [, after] = await invoices();
    expect(after).toMatchObject({ id: before?.id, status: 'paid', amount_due: 0, custom_data: '{"disputed":false}' });
    expect(await db.selectFrom('payment').selectAll().execute()).toHaveLength(2);
  });

  test('a settlement that was a mistake takes its payment away', async () => {
    await run(csv(paid));
    expect(await run(csv(paid.replace('1.4.2026', '')))).toMatchObject({ invoices: counts(0, 1, 0) });
    expect(await invoices()).toMatchObject([{ status: 'approved', amount_due: 123_450, paid_amount: 0 }]);
    expect(await db.selectFrom('payment').selectAll().execute()).toEqual([]);
    expect(await db.selectFrom('payment_allocation').selectAll().execute()).toEqual([]);
  });

  test('a renamed customer is updated', async () => {
    await run(csv(paid));
    expect(await run(csv(paid.replace('Brauer GmbH', 'Brauer AG')))).toMatchObject({ customers: counts(0, 1, 0) });
    expect(await db.selectFrom('customer').select(['customer_name', 'version']).execute()).toEqual([
      { customer_name: 'Brauer AG', version: 2 },
    ]);
  });

  test('an invoice that moves to another customer moves with its payment', async () => {
    await run(csv(paid));
    await run(csv(paid.replace('K-1,Brauer GmbH', 'K-9,Neumann KG')));
    const moved = await db
      .selectFrom('customer')
      .select('id')
      .where('external_id', '=', 'K-9')
      .executeTakeFirstOrThrow();
    expect(await invoices()).toMatchObject([{ customer_id: moved.id }]);
    expect(await db.selectFrom('payment').select('customer_id').execute()).toEqual([{ customer_id: moved.id }]);
  });

  test('another organisation gets rows of its own', async () => {
    await run(csv(paid));
    expect(await run(csv(paid), { into: await newOrganisation() })).toMatchObject({ invoices: counts(1, 0, 0) });
    expect(await invoices()).toHaveLength(2);
  });
});

describe('the audit', () => {
  const rows = Array.from({ length: 600 }, (_, index) => open.replace('0043', `N-${index}`));
  const failed = 0;
  const interrupt = (): never => {
    throw new Error('the power went out');
  };
  const told = async () => (await entries()).map(({ action, detail }) => ({ action, ...JSON.parse(detail ?? '{}') }));

  test('has what a batch changed as soon as it can be read, and at the end the whole run', async () => {
    await expect(run(csv(...rows), { onProgress: interrupt })).rejects.toThrow('the power went out');
    expect(await invoices()).toHaveLength(250);
    const begun = [
      { action: 'customers.bulk_changed', ...counts(1, 0, 0), failed },
      { action: 'invoices.bulk_changed', ...counts(250, 0, 0), failed },
    ];
    expect(await told()).toEqual(begun);
    await run(csv(...rows, open.replace('0043', 'N-bad').replace('80', 'x')));
    expect(await told()).toEqual([
      ...begun,
      { action: 'invoices.bulk_changed', ...counts(250, 0, 0), failed },
      { action: 'invoices.bulk_changed', ...counts(100, 0, 0), failed: 1 },
      {
        action: 'invoices.imported',
        rows: 601,
        customers: counts(0, 0, 1),
        invoices: counts(350, 0, 250),
        repeated: 0,
        rejected: 1,
      },
    ]);
  });

  test('has no entry for batches that change nothing', async () => {
    await run(csv(...rows));
    const before = await told();
    const [first = '', ...others] = rows;
    await run(csv(first, ...others.slice(0, -1), others.at(-1)?.replace(',80,', ',81,') ?? ''));
    await run(csv(...rows.slice(0, -1)));
    expect((await told()).slice(before.length)).toMatchObject([
      { action: 'invoices.bulk_changed', ...counts(0, 1, 99) },
      { action: 'invoices.imported', invoices: counts(0, 1, 599) },
      { action: 'invoices.imported', invoices: counts(0, 0, 599) },
    ]);
  });
});

test.runIf(process.env['TEST_DATABASE'] === 'postgres')(
  'what an earlier batch took is known through a pooler that gives each transaction another connection',
  async () => {
    const pooler = await startPgBouncer(database.url, 3);
    const others = [1, 2].map(() => openDatabase(pooler.url));
    let isOver = false;
    try {
      const rows = Array.from({ length: 600 }, (_, index) => open.replace('0043', `N-${index}`));
      const busy = others.map(async (other) => {
        while (!isOver) {
          await other.selectFrom('invoice').select('id').limit(1).execute();
        }
      });
      const doubled = [rows[0] ?? '', open.replace('0043', 'N-1').replace('80', '81')];
      const result = await run(csv(...rows, ...doubled), { url: pooler.url }).finally(() => {
        isOver = true;
      });
      await Promise.all(busy);
      expect(result).toMatchObject({ repeated: 1, rejected: 1 });
    } finally {
      await Promise.all(others.map((other) => other.destroy()));
      await pooler.stop();
    }
  },
);

describe('bad rows', () => {
  test.each([
    ['date', paid.replace('5.3.2026', '31.2.2026'), 'created_at: "31.2.2026" is not a date of the form d.M.yyyy'],
    ['amount', paid.replace('"1.234,50"', 'many'), 'total: "many" is not a number'],
    ['negative amount', paid.replace('"1.234,50"', '-5'), 'total: -5 is negative; credit notes are not imported'],
    ['too many decimals', paid.replace('"1.234,50"', '"1,005"'), 'total: 1,005 has more decimals than EUR'],
    ['no number', paid.replace('0042', ''), 'invoice_number: empty'],
    ['no customer', paid.replace('K-1', ''), 'customer external_id: empty'],
    ['e-mail', paid.replace('post@brauer.example', 'post'), 'email: "post" is not an e-mail address'],
    ['boolean', paid.replace('Nein', 'Vielleicht'), 'disputed: "Vielleicht" is none of Ja, Nein'],
    ['column missing', paid.replace(',Nein', ''), 'the row has 8 columns, the header 9'],
    ['open quotation mark', open.replace('0043', '"0050'), 'a quotation mark is not closed'],
    ['other encoding', paid.replace('Brauer', 'Br\uFFFDuer'), 'the row is not UTF-8 text'],
  ])('%s: told with line and reason, the others are taken', async (_, bad, reason) => {
    expect(await run(csv(open, bad, open.replace('0043', '0044')))).toMatchObject({
      rows: 3,
      invoices: counts(2, 0, 0),
      rejected: 1,
    });
    const [, told] = (await report()).split('\n');
    expect(told?.startsWith('3,')).toBe(true);
    expect(told?.replaceAll('""', '"')).toContain(reason);
  });

  test('the report has the row as it was', async () => {
    await run(csv(open.replace('80', 'x')));
    expect(await report()).toBe(
      `line,reason,${columns}\n2,"total: ""x"" is not a number",${open.replace('80', 'x')}\n`,
    );
  });

  test('the same invoice with other content names the line of the first; the same content counts as repeated', async () => {
    expect(await run(csv(open, open.replace('80', '90'), open))).toMatchObject({
      invoices: counts(1, 0, 0),
      rejected: 1,
      repeated: 1,
    });
    expect(await report()).toContain('3,"invoice 0043 is on line 2 already, with other content"');
    expect(await invoices()).toMatchObject([{ invoice_total: 8_000 }]);
  });

  test('a contradiction far from the first is found too', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => open.replace('0043', `N-${index}`));
    expect(await run(csv(...rows, open.replace('0043', 'N-0').replace('80', '81')))).toMatchObject({ rejected: 1 });
    expect(await report()).toContain('invoice N-0 is on line 2 already');
  });

  test('a corrected file leaves no report behind', async () => {
    await run(csv(paid.replace('5.3.2026', 'x')));
    expect(await run(csv(paid))).toMatchObject({ invoices: counts(1, 0, 0), report: null });
    await expect(report()).rejects.toThrow('ENOENT');
  });
});

describe('an unusable file', () => {
  test.each([
    ['empty', '', 'is empty'],
    ['without a column', `Account,Name\nK-1,Brauer\n`, 'has no column "Mail", "Number"'],
    ['with a column twice', `${columns},Amount\n${paid},1\n`, 'has two columns "Amount"'],
    ['with a broken header', `"Account,Name\nx,y\n`, 'the header line cannot be read'],
  ])('%s: one line, and nothing is written', async (_, text, message) => {
    await expect(run(text)).rejects.toThrow(message);
    expect(await db.selectFrom('customer').selectAll().execute()).toEqual([]);
  });

  test('that is not there', async () => {
    const order = {
      file: join(folder, 'none.csv'),
      mapping,
      report: join(folder, 'report.csv'),
      scope: { organisationId },
      timeZone: 'UTC',
      onProgress: () => undefined,
    };
    await expect(importInvoices(db, clock, order)).rejects.toThrow('Cannot read');
  });
});

describe('statuses and currencies from columns', () => {
  const using = Mapping.parse({
    date_format: 'yyyy-MM-dd',
    customer: { external_id: { column: 'Who' }, customer_name: { template: 'Account {Who}' } },
    invoice: {
      invoice_number: { column: 'No' },
      currency: { column: 'Cur' },
      total: { column: 'Sum' },
      created_at: { column: 'On' },
      settled_at: { column: 'Paid' },
      status: { column: 'State', words: { Open: 'approved', Done: 'paid', Cancelled: 'void', Plan: 'draft' } },
    },
  });

  test('follow the mapping', async () => {
    const result = await run(
      [
        'Who,No,Cur,Sum,On,Paid,State',
        'a,1,JPY,500,2026-01-01,,Open',
        'a,2,KWD,1.234,2026-01-01,2026-01-09,Done',
        'a,3,USD,10,2026-01-01,,Cancelled',
        'a,4,USD,10,2026-01-01,,Plan',
        'a,5,USD,10,2026-01-01,,Done',
        'a,6,USD,10,2026-01-01,,What',
        'a,7,XYZ,10,2026-01-01,,Open',
        'a,8,JPY,1.5,2026-01-01,,Open',
      ].join('\n'),
      { using },
    );
    expect(result).toMatchObject({ invoices: counts(4, 0, 0), rejected: 4 });
    expect(
      (await invoices()).map((row) => [row.currency, row.status, row.invoice_total, row.paid_amount, row.amount_due]),
    ).toEqual([
      ['JPY', 'approved', 500, 0, 500],
      ['KWD', 'paid', 1_234, 1_234, 0],
      ['USD', 'void', 1_000, 0, 0],
      ['USD', 'draft', 1_000, 0, 1_000],
    ]);
    expect(await db.selectFrom('customer').select('customer_name').execute()).toEqual([{ customer_name: 'Account a' }]);
  });
});
