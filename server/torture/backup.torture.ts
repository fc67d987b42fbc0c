import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrations } from '../database/migrate.ts';
import { freePort, runPortal, startPortal } from '../testing/command-line.ts';
import { dumpDatabase } from '../testing/database-dump.ts';
import { addFigure } from '../testing/figures.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';

const writers = 4;
const backups = 3;
/** So many customers of so many bytes each, before the load: a copy takes many steps. */
const filling = { customers: 3_000, bytes: 4_000 };

let site: Site;
let server: ServerProcess;
beforeAll(async () => {
  site = await makeSite();
  server = await site.start();
});
afterAll(() => site.remove());

const headers = () => ({ organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey });

const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status !== 200) {
    throw new Error(`${path} answered ${answer.status}: ${text}`);
  }
  return JSON.parse(text) as Record<string, unknown>;
};

const fill = async (): Promise<void> => {
  const notes = 'x'.repeat(filling.bytes);
  const lines = Array.from({ length: filling.customers }, (_, index) =>
    JSON.stringify({ external_id: `fill-${index}`, customer_name: `Filling ${index}`, custom_data: { notes } }),
  );
  const answer = await fetch(`${server.url}/customers/bulk`, {
    method: 'PUT',
    headers: { ...headers(), 'content-type': 'application/x-ndjson' },
    body: `${lines.join('\n')}\n`,
  });
  expect(await answer.text()).not.toContain('"failed"');
};

/** A customer with an invoice that is then paid: three transactions of several rows each. */
const writeOnce = async (): Promise<void> => {
  const customer = await post('/customers', { customer_name: 'Customer', external_id: `load-${randomUUID()}` });
  const invoice = await post('/invoices', {
    customer_id: customer['id'],
    currency: 'EUR',
    line_items: [{ name: 'Plan', quantity: 2, unit_price: '50' }],
  });
  await post('/payments', {
    customer_id: customer['id'],
    amount: invoice['amount_due'],
    currency_code: 'EUR',
    payment_method: 'card',
    payment_parts: [{ invoice_id: invoice['id'], amount: invoice['amount_due'] }],
  });
};

const environment = (file: string): Record<string, string> => ({ DATABASE_URL: `sqlite:${file}` });

const one = (sqlite: BetterSqlite.Database, query: string): number =>
  Number(sqlite.prepare<[], number>(query).pluck().get());

/** A copy is one moment of the source when no transaction is in it by half, and none is missing before the last. */
const checkMoment = async (copy: string): Promise<number> => {
  const sqlite = new BetterSqlite(copy, { readonly: true });
  sqlite.exec(`attach '${site.file}' as source`);
  const halves = {
    'audit entries that are missing or differ': `select count(*) from (select * from source.audit_event
      where sequence <= (select max(sequence) from main.audit_event) except select * from main.audit_event)`,
    'audit entries of another history': `select count(*) from (select * from main.audit_event except select * from source.audit_event)`,
    'customers without their entry': `select count(*) from main.customer where external_id like 'load-%'
      and id not in (select customer_id from main.audit_event where action = 'customer.created')`,
    'entries without their customer': `select count(*) from main.audit_event where action = 'customer.created'
      and customer_id not in (select id from main.customer)`,
    'invoices whose sums are wrong': `select count(*) from main.invoice where paid_amount <> (select coalesce(sum(amount), 0)
      from main.payment_allocation where invoice_id = invoice.id) or (status = 'paid') <> (amount_due = 0)`,
    'payments without their allocation': `select count(*) from main.payment where id not in
      (select payment_id from main.payment_allocation)`,
    'invoices without their lines': `select count(*) from main.invoice where id not in
      (select invoice_id from main.invoice_line_item)`,
  };
  const found = Object.fromEntries(Object.entries(halves).map(([name, query]) => [name, one(sqlite, query)]));
  expect(found).toEqual(Object.fromEntries(Object.keys(halves).map((name) => [name, 0])));
  const entries = one(sqlite, 'select count(*) from main.audit_event');
  sqlite.close();
  const verified = await runPortal(['audit', 'verify', '--json'], { environment: environment(copy) });
  expect([verified.code, verified.stderr]).toEqual([0, '']);
  return entries;
};

it('a backup under load is one moment of the database, and after the load equal to it, row for row', async () => {
  await fill();
  let isOver = false;
  let written = 0;
  const write = async (): Promise<void> => {
    while (!isOver) {
      await writeOnce();
      written += 1;
    }
  };
  const load = Promise.all(Array.from({ length: writers }, write));
  const copies: { file: string; writtenDuring: number }[] = [];
  for (let number = 1; number <= backups; number += 1) {
    const file = join(site.folder, `backup-${number}.sqlite`);
    const before = written;
    const command = await startPortal(['backup', file], environment(site.file));
    copies.push({ file, writtenDuring: written - before });
    expect(Number(command.document['pages'])).toBeGreaterThan(3_000);
    expect(command.document['schema']).toBe(Object.keys(migrations).at(-1));
  }
  isOver = true;
  await load;
  expect(copies.every(({ writtenDuring }) => writtenDuring > 0)).toBe(true);

  const entries: number[] = [];
  for (const { file } of copies) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    entries.push(await checkMoment(file));
  }
  expect(entries).toEqual(entries.toSorted((a, b) => a - b));
  expect(new Set(entries).size).toBe(backups);

  const last = join(site.folder, 'last.sqlite');
  const restored = join(site.folder, 'elsewhere', 'portal.sqlite');
  expect((await runPortal(['backup', last], { environment: environment(site.file) })).code).toBe(0);
  expect((await runPortal(['restore', last], { environment: environment(restored) })).code).toBe(0);
  const source = dumpDatabase(site.file);
  expect(dumpDatabase(restored)).toEqual(source);
  addFigure('backups under load that were one moment of the database', backups);
  addFigure(
    'writes while they were made',
    copies.reduce((sum, { writtenDuring }) => sum + writtenDuring, 0),
  );
  addFigure(
    'rows of a restored backup that are equal to the source',
    Object.values(source.rows).reduce((sum, rows) => sum + rows.length, 0),
  );
});

it('a restored copy serves what the source served', async () => {
  const restored = join(site.folder, 'elsewhere', 'portal.sqlite');
  const path = '/customers?limit=100';
  const before = await (await fetch(`${server.url}${path}`, { headers: headers() })).text();
  const copy = await site.start({ ...environment(restored), PORT: String(await freePort()) });
  const answer = await fetch(`${copy.url}${path}`, { headers: headers() });
  expect(await answer.text()).toBe(before);
});
