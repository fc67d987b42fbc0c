import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { createApiKey } from '../../server/api-keys/api-keys.service.ts';
import { systemClock } from '../../server/clock.ts';
import { migrate } from '../../server/database/migrate.ts';
import { openDatabase } from '../../server/database/open.ts';
import { transact } from '../../server/database/transaction.ts';
import { createOrganisation } from '../../server/organisations/organisations.service.ts';
import { cacheFolder } from '../cache.ts';

/** Invoices to import, and a database that knows their customers and nothing else. */
export interface BulkDataset {
  /** One JSON record a line. */
  records: string;
  invoices: number;
  organisationId: string;
  apiKey: string;
  /** A fresh copy of the database without invoices. */
  emptyDatabase(name: string): Promise<string>;
}

const organisationId = '0199b000-0000-7000-8000-000000000000';
const customers = 1_000;
const dayMs = 86_400_000;

const customerId = (index: number): string => `0199b000-0001-7000-8000-${index.toString(16).padStart(12, '0')}`;

/** As a merchant's export comes: by date, so that neighbours are of different customers. */
const recordOf = (index: number): unknown => {
  const at = Date.parse('2016-01-01T00:00:00.000Z') + Math.floor(index / 100) * dayMs;
  const seats = 1 + (index % 40);
  return {
    external_id: `invoice-${String(index).padStart(8, '0')}`,
    customer_external_id: `customer-${(index * 7919) % customers}`,
    invoice_number: `A-${String(index).padStart(8, '0')}`,
    currency: 'EUR',
    created_at: new Date(at).toISOString(),
    due_date: new Date(at + 30 * dayMs).toISOString(),
    invoice_period: {
      begin_date: new Date(at - 30 * dayMs).toISOString(),
      end_date_exclusive: new Date(at).toISOString(),
    },
    line_items: [
      { name: 'Team plan', quantity: seats, unit: 'seats', unit_price: '12.50', tax_rate: '19' },
      { name: 'API calls', quantity: 1000 + (index % 977), unit: 'calls', unit_price: '0.0025', tax_rate: '19' },
    ],
  };
};

const writeRecords = async (file: string, invoices: number): Promise<void> => {
  const part = `${file}.part`;
  const out = createWriteStream(part);
  for (let start = 0; start < invoices; start += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, index) => `${JSON.stringify(recordOf(start + index))}\n`);
    if (!out.write(lines.join(''))) {
      await once(out, 'drain');
    }
  }
  out.end();
  await once(out, 'finish');
  renameSync(part, file);
};

const removeDatabase = async (file: string): Promise<void> => {
  for (const suffix of ['', '-wal', '-shm']) {
    await rm(file + suffix, { force: true });
  }
};

const createDatabase = async (file: string): Promise<string> => {
  await removeDatabase(file);
  const db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  const key = await transact(db, async (trx) => {
    await createOrganisation(trx, systemClock, { id: organisationId, name: 'Benchmark', allowedOrigins: [] });
    const now = new Date().toISOString();
    for (let index = 0; index < customers; index += 1) {
      await trx
        .insertInto('customer')
        .values({
          organisation_id: organisationId,
          id: customerId(index),
          external_id: `customer-${index}`,
          customer_name: `Customer ${index}`,
          email: null,
          phone_number: null,
          tax_info: '[]',
          custom_data: null,
          custom_attributes: null,
          business_entity_id: null,
          communications_enabled: 1,
          auto_charge_enabled: 1,
          time_zone: null,
          locale: null,
          version: 1,
          created_at: now,
          updated_at: now,
          deleted_at: null,
        })
        .execute();
    }
    return (await createApiKey(trx, systemClock, { organisationId }, { name: 'Benchmark' })).key;
  });
  await db.destroy();
  return key;
};

/** Makes (or finds, in `.cache/bench`) the records, and a database without them. */
export const prepareBulkDataset = async (invoices: number): Promise<BulkDataset> => {
  const records = `${cacheFolder}bulk-${invoices}.ndjson`;
  if (!existsSync(records)) {
    await writeRecords(records, invoices);
  }
  const empty = `${cacheFolder}bulk-empty.sqlite`;
  const apiKey = await createDatabase(empty);
  return {
    records,
    invoices,
    organisationId,
    apiKey,
    emptyDatabase: async (name) => {
      const file = `${cacheFolder}bulk-${name}.sqlite`;
      await removeDatabase(file);
      await copyFile(empty, file);
      return file;
    },
  };
};
