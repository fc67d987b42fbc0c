import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import { createApiKey } from '../server/api-keys/api-keys.service.ts';
import { systemClock } from '../server/clock.ts';
import { migrate } from '../server/database/migrate.ts';
import { openDatabase } from '../server/database/open.ts';
import { transact } from '../server/database/transaction.ts';
import { createOrganisation } from '../server/organisations/organisations.service.ts';

/** A database full of invoices, and the way into it. */
export interface Dataset {
  file: string;
  invoices: number;
  organisationId: string;
  apiKey: string;
  /** Spread evenly over all that are there. */
  customerIds: string[];
}

export const merchantOrigin = 'http://localhost:4999';
const sampledCustomers = 40;
const organisationId = '0199a000-0000-7000-8000-000000000000';

const idOf = (kind: number, index: number): string =>
  `0199a000-${kind.toString(16).padStart(4, '0')}-7000-8000-${index.toString(16).padStart(12, '0')}`;

const statuses = ['paid', 'paid', 'paid', 'approved', 'partially_paid', 'void'] as const;

const monthMs = 30 * 86_400_000;
const longestMs = 20 * 365 * 86_400_000;

const fill = (file: string, customers: number, invoicesPerCustomer: number): void => {
  const sqlite = new BetterSqlite(file);
  sqlite.pragma('synchronous = 0');
  const addCustomer = sqlite.prepare(
    `insert into customer (organisation_id, id, customer_name, email, created_at, updated_at) values (?, ?, ?, ?, ?, ?)`,
  );
  const addInvoice = sqlite.prepare(
    `insert into invoice (organisation_id, customer_id, created_at, id, invoice_number, status, currency, invoice_total,
       subtotal, discount_total, tax_total, paid_amount, amount_due, due_date, period_begin, period_end_exclusive, updated_at)
     values (?, ?, ?, ?, ?, ?, 'EUR', ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const start = Date.parse('2006-01-01T00:00:00.000Z');
  const periodMs = Math.min(monthMs, Math.floor(longestMs / invoicesPerCustomer));
  sqlite.transaction(() => {
    for (let customer = 0; customer < customers; customer += 1) {
      const customerId = idOf(1, customer);
      const now = new Date(start).toISOString();
      addCustomer.run(organisationId, customerId, `Customer ${customer}`, `c${customer}@example.com`, now, now);
      for (let index = 0; index < invoicesPerCustomer; index += 1) {
        const at = start + index * periodMs;
        const [created, due, end] = [at, at + periodMs / 2, at + periodMs].map((ms) => new Date(ms).toISOString());
        const serial = customer * invoicesPerCustomer + index;
        const total = 1000 + ((serial * 7919) % 90_000);
        const tax = Math.round(total / 6);
        const status = statuses[serial % statuses.length] ?? 'paid';
        const owed = status === 'approved' ? total : status === 'partially_paid' ? Math.round(total / 2) : 0;
        addInvoice.run(
          organisationId,
          customerId,
          created,
          idOf(2, serial),
          `INV-${String(serial).padStart(7, '0')}`,
          status,
          total,
          total - tax,
          tax,
          status === 'void' ? 0 : total - owed,
          owed,
          due,
          created,
          end,
          created,
        );
      }
    }
  })();
  sqlite.exec('analyze');
  sqlite.close();
};

/** Makes (or finds, in `.cache/bench`) a database with this many invoices. */
export const prepareDataset = async (invoices: number, invoicesPerCustomer = 250): Promise<Dataset> => {
  const folder = fileURLToPath(new URL('../.cache/bench/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}invoices-${invoices}-${invoicesPerCustomer}.sqlite`;
  const customers = invoices / invoicesPerCustomer;
  const isNew = !existsSync(file);
  const db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  if (isNew) {
    await transact(db, (trx) =>
      createOrganisation(trx, systemClock, {
        id: organisationId,
        name: 'Benchmark',
        allowedOrigins: [merchantOrigin],
      }),
    );
    fill(file, customers, invoicesPerCustomer);
  }
  const { key } = await transact(db, (trx) =>
    createApiKey(trx, systemClock, { organisationId }, { name: 'Benchmark' }),
  );
  await db.destroy();
  const step = Math.max(1, Math.floor(customers / sampledCustomers));
  const customerIds = Array.from({ length: Math.min(sampledCustomers, customers) }, (_, index) =>
    idOf(1, index * step),
  );
  return { file, invoices, organisationId, apiKey: key, customerIds };
};
