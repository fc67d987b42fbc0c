import { sql } from 'kysely';
import { dialectOf } from '../database/dialect.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { WebhookDeliveryTable, WebhookEndpointTable } from './webhooks.table.ts';

/** A delivery that is due, with all that an attempt needs. Of whichever organisation: the queue serves all. */
export interface DueDelivery {
  organisation_id: string;
  id: string;
  endpoint_id: string;
  event_id: string;
  /** Those before this one. */
  attempts: number;
  url: string;
  secret: string;
  previous_secret: string | null;
  previous_secret_expires_at: string | null;
  event_type: string;
  event_data: string;
  event_created_at: string;
}

/** How many deliveries of one endpoint may be under way, in all processes together. */
const atOncePerEndpoint = 2;

/** Written as a cross join, whose order SQLite keeps: from the few endpoints to their next deliveries, never the other way. */
const selectDue = (db: Db, now: string) =>
  db
    .selectFrom('webhook_endpoint as endpoint')
    .crossJoin('webhook_delivery as delivery')
    .innerJoin('webhook_event as event', (join) =>
      join.onRef('event.organisation_id', '=', 'delivery.organisation_id').onRef('event.id', '=', 'delivery.event_id'),
    )
    .where('endpoint.status', '=', 'enabled')
    .whereRef('delivery.organisation_id', '=', 'endpoint.organisation_id')
    // The oldest of the endpoint; those under way are among them, so that they take up its places.
    .where('delivery.id', 'in', (eb) =>
      eb
        .selectFrom('webhook_delivery as next')
        .select('next.id')
        .whereRef('next.organisation_id', '=', 'endpoint.organisation_id')
        .whereRef('next.endpoint_id', '=', 'endpoint.id')
        .where(sql<boolean>`next.status = 'pending'`)
        .where('next.next_attempt_at', '<=', now)
        .orderBy('next.next_attempt_at')
        .orderBy('next.id')
        .limit(atOncePerEndpoint),
    )
    .where((eb) => eb.or([eb('delivery.claimed_until', 'is', null), eb('delivery.claimed_until', '<=', now)]));

/** Takes the rows for itself, and leaves those to others that they have taken. SQLite has one writer at a time anyway. */
const skipLocked =
  (trx: Trx) =>
  <Query extends { forUpdate(): Query; skipLocked(): Query }>(query: Query): Query =>
    dialectOf(trx) === 'postgres' ? query.forUpdate().skipLocked() : query;

/** What may be claimed now, oldest first; of a busy endpoint no more than its places, so that it holds up nobody. */
export const findDue = (db: Db, now: string, limit: number): Promise<DueDelivery[]> =>
  selectDue(db, now)
    .select([
      'delivery.organisation_id',
      'delivery.id',
      'delivery.endpoint_id',
      'delivery.event_id',
      'delivery.attempts',
      'endpoint.url',
      'endpoint.secret',
      'endpoint.previous_secret',
      'endpoint.previous_secret_expires_at',
      'event.type as event_type',
      'event.data as event_data',
      'event.created_at as event_created_at',
    ])
    .orderBy('delivery.next_attempt_at')
    .orderBy('delivery.id')
    .limit(limit)
    .execute();

/**
 * Takes deliveries for an attempt; answers the ids of those that nobody else was faster to take. On PostgreSQL no process
 * waits for another one that takes the same: it leaves them to it.
 */
export const claimDeliveries = async (
  trx: Trx,
  due: readonly DueDelivery[],
  { claimId, now, until }: { claimId: string; now: string; until: string },
): Promise<ReadonlySet<string>> => {
  const free = trx
    .selectFrom('webhook_delivery')
    .select(['organisation_id', 'id'])
    .where((eb) =>
      eb(
        eb.refTuple('organisation_id', 'id'),
        'in',
        due.map((delivery) => eb.tuple(delivery.organisation_id, delivery.id)),
      ),
    )
    .where('status', '=', 'pending')
    // Somebody else may have tried meanwhile, and put it off.
    .where('next_attempt_at', '<=', now)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .$call(skipLocked(trx));
  const claimed = await trx
    .updateTable('webhook_delivery')
    .set((eb) => ({
      claim_id: claimId,
      claimed_until: until,
      last_attempt_at: now,
      attempts: eb('attempts', '+', 1),
    }))
    .where((eb) => eb(eb.refTuple('organisation_id', 'id'), 'in', free.$asTuple('organisation_id', 'id')))
    .returning('id')
    .execute();
  return new Set(claimed.map(({ id }) => id));
};

/** Writes down how an attempt went; false when the claim had run out and somebody else has it now. */
export const updateAttempted = async (
  trx: Trx,
  { organisation_id: organisationId, id }: DueDelivery,
  claimId: string,
  outcome: Pick<
    WebhookDeliveryTable,
    'status' | 'next_attempt_at' | 'last_status_code' | 'last_error' | 'delivered_at'
  >,
): Promise<boolean> => {
  const result = await trx
    .updateTable('webhook_delivery')
    .set({ ...outcome, claim_id: null, claimed_until: null })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('claim_id', '=', claimId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

export const updateFailing = async (
  trx: Trx,
  { organisation_id: organisationId, endpoint_id: endpointId }: DueDelivery,
  failingSince: string | null,
): Promise<void> => {
  await trx
    .updateTable('webhook_endpoint')
    .set({ failing_since: failingSince })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', endpointId)
    .where('failing_since', failingSince === null ? 'is not' : 'is', null)
    .execute();
};

/** Disables an endpoint that is enabled; with `failingBefore` only when nothing has succeeded since then. */
export const updateDisabled = async (
  trx: Trx,
  { organisation_id: organisationId, endpoint_id: endpointId }: DueDelivery,
  reason: NonNullable<WebhookEndpointTable['disabled_reason']>,
  { now, failingBefore }: { now: string; failingBefore?: string },
): Promise<boolean> => {
  const update = trx
    .updateTable('webhook_endpoint')
    .set({ status: 'disabled', disabled_reason: reason, updated_at: now })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', endpointId)
    .where('status', '=', 'enabled');
  const result = await (
    failingBefore === undefined ? update : update.where('failing_since', '<=', failingBefore)
  ).executeTakeFirst();
  return result.numUpdatedRows > 0n;
};

/** Deletes the oldest events from before a moment with their deliveries, at most `limit`; answers how many. */
export const deleteEventsBefore = async (trx: Trx, before: string, limit: number): Promise<number> => {
  const old = await trx
    .selectFrom('webhook_event')
    .select(['organisation_id', 'id'])
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
    .$call(skipLocked(trx))
    .execute();
  if (old.length > 0) {
    await trx
      .deleteFrom('webhook_delivery')
      .where((eb) =>
        eb(
          eb.refTuple('organisation_id', 'event_id'),
          'in',
          old.map((event) => eb.tuple(event.organisation_id, event.id)),
        ),
      )
      .execute();
    await trx
      .deleteFrom('webhook_event')
      .where((eb) =>
        eb(
          eb.refTuple('organisation_id', 'id'),
          'in',
          old.map((event) => eb.tuple(event.organisation_id, event.id)),
        ),
      )
      .execute();
  }
  return old.length;
};

/** Whether there is anything from before a moment: a read, which holds up nobody. */
export const hasEventsBefore = async (db: Db, before: string): Promise<boolean> =>
  (await db.selectFrom('webhook_event').select('id').where('created_at', '<', before).limit(1).executeTakeFirst()) !==
  undefined;
