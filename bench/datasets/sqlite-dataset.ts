import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { createApiKey } from '../../server/api-keys/api-keys.service.ts';
import { systemClock } from '../../server/clock.ts';
import { migrate } from '../../server/database/migrate.ts';
import { openDatabase } from '../../server/database/open.ts';
import { transact } from '../../server/database/transaction.ts';
import { createOrganisation } from '../../server/organisations/organisations.service.ts';
import { cacheFolder } from '../cache.ts';
import { merchantOrigin, organisationId, sampleCustomers } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import { fillStatements, sqliteWords } from './fill.ts';
import { stamp } from './stamp.ts';

export interface SqliteDataset extends Dataset {
  file: string;
}

interface DatasetRequest {
  invoices: number;
  invoicesPerCustomer?: number;
  isComplete?: boolean;
}

export const removeDatabase = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm', '-journal', '-limits', '-limits-wal', '-limits-shm']) {
    rmSync(file + suffix, { force: true });
  }
};

const make = async (file: string, request: Required<DatasetRequest>): Promise<void> => {
  removeDatabase(file);
  const db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  await transact(db, (trx) =>
    createOrganisation(trx, systemClock, { id: organisationId, name: 'Benchmark', allowedOrigins: [merchantOrigin] }),
  );
  await db.destroy();
  const sqlite = new BetterSqlite(file);
  // Invoices of one day belong to customers all over the table: what is not in memory is read anew for each.
  const cacheKb = Math.floor(process.availableMemory() / 2048);
  // From a write-ahead log there is no way straight to no journal at all.
  for (const journal of ['delete', 'off']) {
    sqlite.pragma(`journal_mode = ${journal}`);
  }
  for (const pragma of ['synchronous = 0', 'foreign_keys = 0', `cache_size = -${cacheKb}`]) {
    sqlite.pragma(pragma);
  }
  const customers = request.invoices / request.invoicesPerCustomer;
  sqlite.transaction(() => {
    for (const statement of fillStatements(sqliteWords, { ...request, customers })) {
      sqlite.exec(statement);
    }
  })();
  sqlite.pragma('journal_mode = wal');
  sqlite.close();
};

const nameOf = ({ invoices, invoicesPerCustomer, isComplete }: Required<DatasetRequest>): string =>
  `${isComplete ? 'portal' : 'invoices-only'}-${invoices}-${invoicesPerCustomer}-`;

const removeOutdated = (name: string): void => {
  for (const file of readdirSync(cacheFolder)) {
    if (file.startsWith(name) && !file.startsWith(name + stamp)) {
      rmSync(cacheFolder + file);
    }
  }
};

const open = async (
  file: string,
  { invoices, invoicesPerCustomer }: Required<DatasetRequest>,
): Promise<SqliteDataset> => {
  const db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  const { key } = await transact(db, (trx) =>
    createApiKey(trx, systemClock, { organisationId }, { name: 'Benchmark' }),
  );
  await db.destroy();
  return {
    file,
    url: `sqlite:${file}`,
    invoices,
    organisationId,
    apiKey: key,
    customerIds: sampleCustomers(invoices / invoicesPerCustomer),
  };
};

/** Makes (or finds, in `.cache/bench`) a SQLite database with this many invoices. */
export const sqliteDataset = async (
  request: DatasetRequest,
  progress: (text: string) => void,
): Promise<SqliteDataset> => {
  const whole = { invoicesPerCustomer: 250, isComplete: true, ...request };
  const name = nameOf(whole);
  const file = `${cacheFolder}${name}${stamp}.sqlite`;
  if (!existsSync(file)) {
    removeOutdated(name);
    progress(`making ${file.slice(cacheFolder.length)}, once`);
    await make(`${file}.part`, whole);
    renameSync(`${file}.part`, file);
  }
  return open(file, whole);
};

/** Of the key that the data set brings. */
export const readApiKeyId = ({ file }: SqliteDataset): string => {
  const sqlite = new BetterSqlite(file, { readonly: true });
  try {
    return String(sqlite.prepare('select id from api_key order by id desc limit 1').pluck().get());
  } finally {
    sqlite.close();
  }
};

/** A copy to write into, made anew each time. */
export const scratchCopy = async (dataset: SqliteDataset, name: string): Promise<SqliteDataset> => {
  const file = `${cacheFolder}scratch-${name}.sqlite`;
  removeDatabase(file);
  const sqlite = new BetterSqlite(dataset.file, { readonly: true });
  try {
    await sqlite.backup(file);
  } finally {
    sqlite.close();
  }
  return { ...dataset, file, url: `sqlite:${file}` };
};

/** Bytes on the disk. */
export const sizeOf = ({ file }: SqliteDataset): number => statSync(file).size;
