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
  const { request_hash, claim_id, claimed_at, answer, expires_at } = row;
  await trx
    .insertInto('idempotency_key')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'key', 'route'])
        .doUpdateSet({ request_hash, claim_id, claimed_at, answer, expires_at }),
    )
    .execute();
};

/** Keeps the answer with its effect; answers whether the claim was still there. */
export const updateAnswer = async (
  trx: Trx,
  { organisationId, key, route }: KeyUse,
  claimId: string,
  answer: string,
): Promise<boolean> => {
  const result = await trx
    .updateTable('idempotency_key')
    .set({ answer })
    .where('organisation_id', '=', organisationId)
    .where('key', '=', key)
    .where('route', '=', route)
    .where('claim_id', '=', claimId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};

export const deleteClaim = async (trx: Trx, { organisationId, key, route }: KeyUse, claimId: string): Promise<void> => {
  await trx
    .deleteFrom('idempotency_key')
    .where('organisation_id', '=', organisationId)
    .where('key', '=', key)
    .where('route', '=', route)
    .where('claim_id', '=', claimId)
    .where('answer', 'is', null)
    .execute();
};

/** Takes out some of the keys whose time is over, of every organisation. */
export const deleteExpiredKeys = async (trx: Trx, now: string): Promise<void> => {
  await trx
    .deleteFrom('idempotency_key')
    .where((eb) =>
      eb(
        eb.refTuple('organisation_id', 'key', 'route'),
        'in',
        eb
          .selectFrom('idempotency_key as expired')
          .select(['expired.organisation_id', 'expired.key', 'expired.route'])
          .where('expired.expires_at', '<', now)
          .orderBy('expired.expires_at')
          .limit(prunedAtOnce)
          .$asTuple('organisation_id', 'key', 'route'),
      ),
    )
    .execute();
};
