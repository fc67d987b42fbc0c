import { dialectOf } from './dialect.ts';
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
import { requireSuitable } from './postgres/require-suitable.ts';
import { runMigrations } from './run-migrations.ts';
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
};

/**
 * Brings the schema up to date and answers the names of the migrations that ran.
 * @throws DatabaseTooNewError when the database has migrations that this program does not know; when a migration fails,
 * and the database is then as it was; DatabaseUnsuitableError for a PostgreSQL that cannot be used
 */
export const migrate = async (db: Db): Promise<string[]> => {
  if (dialectOf(db) === 'postgres') {
    await requireSuitable(db);
  }
  return runMigrations(db, migrations);
};
