import { compileOnce, slot } from '../database/compile-once.ts';
import { lastChange } from '../database/last-change.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { OrganisationTable } from '../organisations/organisations.table.ts';
import type { ApiKeyTable } from './api-keys.table.ts';

export const insertApiKey = async (trx: Trx, key: ApiKeyTable): Promise<void> => {
  await trx.insertInto('api_key').values(key).execute();
};

/** A key with what must be known of the organisation whose it is. */
export interface LiveApiKey extends ApiKeyTable, Pick<OrganisationTable, 'time_zone'> {
  last_change: string;
}

const findLiveByHash = compileOnce((db) =>
  db
    .selectFrom('api_key')
    .innerJoin('organisation', 'organisation.id', 'api_key.organisation_id')
    .selectAll('api_key')
    .select((eb) => ['organisation.time_zone', lastChange(eb.ref('api_key.organisation_id')).as('last_change')])
    .where('api_key.organisation_id', '=', slot<string>('organisationId'))
    .where('api_key.hash', '=', slot<string>('hash'))
    .where('api_key.revoked_at', 'is', null),
);

export const findLiveApiKeyByHash = async (
  db: Db,
  { organisationId }: OrganisationScope,
  hash: string,
): Promise<LiveApiKey | undefined> => (await findLiveByHash(db, { organisationId, hash }))[0];

const findLiveById = compileOnce((db) =>
  db
    .selectFrom('api_key')
    .select('id')
    .where('organisation_id', '=', slot<string>('organisationId'))
    .where('id', '=', slot<string>('id'))
    .where('revoked_at', 'is', null),
);

export const isApiKeyLive = async (db: Db, { organisationId }: OrganisationScope, id: string): Promise<boolean> =>
  (await findLiveById(db, { organisationId, id })).length > 0;

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
