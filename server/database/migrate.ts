import { Migrator } from 'kysely/migration';
import type { Kysely } from 'kysely';
import { start } from './migrations/0001-start.ts';
import { merchantApi } from './migrations/0002-merchant-api.ts';
import { webhooks } from './migrations/0003-webhooks.ts';
import { auditChain } from './migrations/0004-audit-chain.ts';
import { writePlanStatistics } from './plan-statistics.ts';
import type { Tables } from './tables.ts';

const migrations = {
  '0001-start': start,
  '0002-merchant-api': merchantApi,
  '0003-webhooks': webhooks,
  '0004-audit-chain': auditChain,
};

/**
 * Brings the schema up to date and answers the names of the migrations that ran.
 * @throws when a migration fails, or when the database has migrations that this program does not know.
 */
export const migrate = async (db: Kysely<Tables>): Promise<string[]> => {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error('Migration failed', { cause: error });
  }
  const names = (results ?? []).map((result) => result.migrationName);
  if (names.length > 0) {
    await writePlanStatistics(db);
  }
  return names;
};
