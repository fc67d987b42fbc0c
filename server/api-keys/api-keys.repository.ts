import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { ApiKeyTable } from './api-keys.table.ts';

export const insertApiKey = async (trx: Trx, key: ApiKeyTable): Promise<void> => {
  await trx.insertInto('api_key').values(key).execute();
};

export const findLiveApiKeyByHash = (
  db: Db,
  scope: OrganisationScope,
  hash: string,
): Promise<ApiKeyTable | undefined> =>
  db
    .selectFrom('api_key')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .where('hash', '=', hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();

export const listApiKeys = (db: Db, scope: OrganisationScope): Promise<ApiKeyTable[]> =>
  db
    .selectFrom('api_key')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();

export const updateApiKeyUsed = async (trx: Trx, scope: OrganisationScope, id: string, at: string): Promise<void> => {
  await trx
    .updateTable('api_key')
    .set({ last_used_at: at })
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', id)
    .execute();
};

/** Whether there was a live key to revoke. */
export const updateApiKeyRevoked = async (
  trx: Trx,
  scope: OrganisationScope,
  id: string,
  at: string,
): Promise<boolean> => {
  const result = await trx
    .updateTable('api_key')
    .set({ revoked_at: at })
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};
