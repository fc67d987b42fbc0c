import { createApiKey } from '../../server/api-keys/api-keys.service.ts';
import { systemClock } from '../../server/clock.ts';
import { migrate } from '../../server/database/migrate.ts';
import { openDatabase } from '../../server/database/open.ts';
import { acrossOrganisations } from '../../server/database/organisation-context.ts';
import { transact } from '../../server/database/transaction.ts';
import type { Db } from '../../server/database/transaction.ts';
import { createOrganisation } from '../../server/organisations/organisations.service.ts';
import { merchantOrigin, organisationId, sampleCustomers } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import { fillStatements, postgresWords } from './fill.ts';
import type { PostgresCluster } from './postgres-cluster.ts';
import { stamp } from './stamp.ts';

export interface PostgresDataset extends Dataset {
  database: string;
  bytes: number;
}

const invoicesPerCustomer = 250;

const withPortal = async (url: string, work: (db: Db) => Promise<unknown>): Promise<void> => {
  const db = openDatabase(url);
  try {
    await acrossOrganisations(() => work(db));
  } finally {
    await db.destroy();
  }
};

const exists = async (cluster: PostgresCluster, database: string): Promise<boolean> =>
  (await cluster.run('postgres', [`select 1 from pg_database where datname = '${database}'`])).length > 0;

const removeOutdated = async (cluster: PostgresCluster, prefix: string): Promise<void> => {
  const outdated = await cluster.run('postgres', [
    `select datname from pg_database where starts_with(datname, '${prefix}')`,
  ]);
  for (const { datname } of outdated) {
    await cluster.run('postgres', [`drop database ${String(datname)} with (force)`]);
  }
};

const make = async (cluster: PostgresCluster, database: string, invoices: number): Promise<void> => {
  const part = `${database}_part`;
  await cluster.run('postgres', [
    `drop database if exists ${part} with (force)`,
    `create database ${part} owner portal encoding 'UTF8' template template0`,
  ]);
  await withPortal(cluster.portalUrl(part), async (db) => {
    await migrate(db);
    await transact(db, (trx) =>
      createOrganisation(trx, systemClock, { id: organisationId, name: 'Benchmark', allowedOrigins: [merchantOrigin] }),
    );
  });
  const customers = invoices / invoicesPerCustomer;
  await cluster.run(part, [
    // No look-ups of foreign keys: the rows are right by their making.
    'set session_replication_role = replica',
    ...fillStatements(postgresWords, { customers, invoicesPerCustomer, isComplete: true }),
    'vacuum analyze',
    'checkpoint',
  ]);
  await cluster.run('postgres', [`alter database ${part} rename to ${database}`]);
};

/** Makes (or finds) a PostgreSQL database with the same rows as SQLite's. */
export const postgresDataset = async (
  cluster: PostgresCluster,
  invoices: number,
  progress: (text: string) => void,
): Promise<PostgresDataset> => {
  const database = `bench_${invoices}_${stamp}`;
  if (!(await exists(cluster, database))) {
    await removeOutdated(cluster, `bench_${invoices}_`);
    progress(`making the PostgreSQL database ${database}, once`);
    await make(cluster, database, invoices);
  }
  let apiKey = '';
  await withPortal(cluster.portalUrl(database), async (db) => {
    await migrate(db);
    const key = { name: 'Benchmark' };
    apiKey = (await transact(db, (trx) => createApiKey(trx, systemClock, { organisationId }, key))).key;
  });
  const [size] = await cluster.run(database, ['select pg_database_size(current_database())::text as bytes']);
  return {
    url: cluster.portalUrl(database),
    database,
    bytes: Number(size?.['bytes']),
    invoices,
    organisationId,
    apiKey,
    customerIds: sampleCustomers(invoices / invoicesPerCustomer),
  };
};

/** A copy to write into, made anew each time. */
export const postgresCopy = async (
  cluster: PostgresCluster,
  dataset: PostgresDataset,
  name: string,
): Promise<PostgresDataset> => {
  const database = `scratch_${name}`;
  await cluster.run('postgres', [
    `drop database if exists ${database} with (force)`,
    `create database ${database} owner portal template ${dataset.database}`,
  ]);
  return { ...dataset, url: cluster.portalUrl(database), database };
};
