import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { byDialect, dialectOf } from './dialect.ts';
import { acrossOrganisations } from './organisation-context.ts';
import { writePlanStatistics } from './plan-statistics.ts';
import { isDatabaseBusy, transact } from './transaction.ts';
import type { Db, Trx } from './transaction.ts';

export type Migrations = Readonly<Record<string, Migration>>;

/** A database that must not be used as it is; the message is one line that says why. */
export class DatabaseRefusedError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A newer version of this program has changed the database: only that version can use it. */
export class DatabaseTooNewError extends DatabaseRefusedError {
  constructor(unknown: readonly string[]) {
    super(
      'database_too_new',
      `The database belongs to a newer version of this program: it has had ${unknown.join(', ')}`,
    );
  }
}

/** How long another process may take over its migrations. */
const patienceMs = 120_000;

/** The names of the migrations that a database has had; none where it is new. */
const executedMigrations = async (db: Db): Promise<string[]> => {
  const { rows: tables } = await byDialect({
    sqlite: sql`select 1 from sqlite_schema where name = 'kysely_migration'`,
    postgres: sql`select 1 where to_regclass('kysely_migration') is not null`,
  }).execute(db);
  if (tables.length === 0) {
    return [];
  }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
};

/** @throws DatabaseTooNewError */
export const requireKnown = (executed: readonly string[], migrations: Migrations): void => {
  const unknown = executed.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new DatabaseTooNewError(unknown);
  }
};

/** Those that a database has not had yet, in their order. @throws DatabaseTooNewError */
export const pendingMigrations = async (db: Db, migrations: Migrations): Promise<string[]> => {
  const executed = await executedMigrations(db);
  requireKnown(executed, migrations);
  return Object.keys(migrations).filter((name) => !executed.includes(name));
};

const runPending = async (trx: Trx, migrations: Migrations): Promise<string[]> => {
  requireKnown(await executedMigrations(trx), migrations);
  if (dialectOf(trx) === 'postgres') {
    await sql`set local statement_timeout = 0`.execute(trx);
  }
  const migrator = new Migrator({ db: trx, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('Migration failed', { cause: error });
  }
  const names = (results ?? []).map((result) => result.migrationName);
  if (names.length > 0 && dialectOf(trx) === 'sqlite') {
    await writePlanStatistics(trx);
  }
  return names;
};

/**
 * Runs what a database has not had yet, all in one transaction with its bookkeeping: wherever it is interrupted, the
 * database is as it was. Waits while another process does the same. Answers the names of the migrations that ran.
 * @throws DatabaseTooNewError, and whatever a migration fails with
 */
export const runMigrations = async (db: Db, migrations: Migrations): Promise<string[]> => {
  const startedAt = performance.now();
  for (;;) {
    if ((await pendingMigrations(db, migrations)).length === 0) {
      return [];
    }
    try {
      return await acrossOrganisations(() => transact(db, (trx) => runPending(trx, migrations)));
    } catch (error) {
      if (!isDatabaseBusy(error) || performance.now() - startedAt > patienceMs) {
        throw error;
      }
    }
  }
};
