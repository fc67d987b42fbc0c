import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { IdempotencyKeyTable } from './idempotency.table.ts';

/** What one use of a key is for: keys are told apart by route. */
export interface KeyUse extends OrganisationScope {
  key: string;
  route: string;
}

const prunedAtOnce = 100;

export const findIdempotencyKey = (
  trx: Trx,
  { organisationId, key, route }: KeyUse,
): Promise<IdempotencyKeyTable | undefined> =>
  trx
    .selectFrom('idempotency_key')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('key', '=', key)
    .where('route', '=', route)
    .executeTakeFirst();

export const upsertIdempotencyKey = async (trx: Trx, row: IdempotencyKeyTable): Promise<void> => {
  const { request_hash, answer, expires_at } = row;
  await trx
    .insertInto('idempotency_key')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'key', 'route']).doUpdateSet({ request_hash, answer, expires_at }),
    )
    .execute();
};

/** Takes out some of the organisation's keys whose time is over. */
export const deleteExpiredKeys = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  now: string,
): Promise<void> => {
  await trx
    .deleteFrom('idempotency_key')
    .where((eb) =>
      eb(
        eb.refTuple('organisation_id', 'key', 'route'),
        'in',
        eb
          .selectFrom('idempotency_key as expired')
          .select(['expired.organisation_id', 'expired.key', 'expired.route'])
          .where('expired.organisation_id', '=', organisationId)
          .where('expired.expires_at', '<', now)
          .orderBy('expired.expires_at')
          .limit(prunedAtOnce)
          .$asTuple('organisation_id', 'key', 'route'),
      ),
    )
    .execute();
};
