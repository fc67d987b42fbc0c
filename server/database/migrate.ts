import { dialectOf } from './dialect.ts';
import { requireWhole } from './half-moved.ts';
import { start } from './migrations/0001-start.ts';
import { merchantApi } from './migrations/0002-merchant-api.ts';
import { webhooks } from './migrations/0003-webhooks.ts';
import { auditChain } from './migrations/0004-audit-chain.ts';
import { idempotencyAtOnce } from './migrations/0005-idempotency-at-once.ts';
import { apiKeyScopes } from './migrations/0006-api-key-scopes.ts';
import { portalConfiguration } from './migrations/0007-portal-configuration.ts';
import { twoDatabases } from './migrations/0008-two-databases.ts';
import { requestLeases } from './migrations/0009-request-leases.ts';
import { auditOfAll } from './migrations/0010-audit-of-all.ts';
import { expiredKeys } from './migrations/0011-expired-keys.ts';
import { requireSuitable } from './postgres/require-suitable.ts';
import { DatabaseRefusedError, pendingMigrations, runMigrations } from './run-migrations.ts';
import type { Db } from './transaction.ts';

export const migrations = {
  '0001-start': start,
  '0002-merchant-api': merchantApi,
  '0003-webhooks': webhooks,
  '0004-audit-chain': auditChain,
  '0005-idempotency-at-once': idempotencyAtOnce,
  '0006-api-key-scopes': apiKeyScopes,
  '0007-portal-configuration': portalConfiguration,
  '0008-two-databases': twoDatabases,
  '0009-request-leases': requestLeases,
  '0010-audit-of-all': auditOfAll,
  '0011-expired-keys': expiredKeys,
};

/**
 * Brings the schema up to date and answers the names of the migrations that ran.
 * @throws DatabaseTooNewError when the database has migrations that this program does not know; when a migration fails,
 * and the database is then as it was; DatabaseUnsuitableError for a PostgreSQL that cannot be used; DatabaseRefusedError
 * for one into which a move has not ended
 */
export const migrate = async (db: Db): Promise<string[]> => {
  if (dialectOf(db) === 'postgres') {
    await requireSuitable(db);
    await requireWhole(db);
  }
  return runMigrations(db, migrations);
};

/** As {@link migrate}, for a move into a PostgreSQL database, which may go on with what it began. */
export const migrateTarget = async (db: Db): Promise<string[]> => {
  await requireSuitable(db);
  return runMigrations(db, migrations);
};

/**
 * Writes nothing.
 * @throws DatabaseRefusedError for a PostgreSQL database that has not had every migration, or ones that this program does
 * not know; DatabaseUnsuitableError
 */
export const requireMigrated = async (db: Db): Promise<void> => {
  await requireSuitable(db);
  const pending = await pendingMigrations(db, migrations);
  if (pending.length > 0) {
    throw new DatabaseRefusedError(
      'database_outdated',
      `The database has not had the migrations ${pending.join(', ')}: nothing was moved into it by this version`,
    );
  }
};
