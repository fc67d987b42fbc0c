import { expressionBuilder } from 'kysely';
import type { WebhookDeliveriesQuery } from '#contract/webhooks.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { WebhookDeliveryTable, WebhookEventTable } from './webhooks.table.ts';

/** A delivery with the type of its event. */
export interface DeliveryRow extends WebhookDeliveryTable {
  event_type: string;
}

const eb = expressionBuilder<Tables, 'webhook_delivery' | 'webhook_event'>();

const ordering: Ordering<'created_at'> = {
  list: 'merchant_webhook_deliveries',
  id: eb.ref('webhook_delivery.id'),
  by: { created_at: () => eb.ref('webhook_delivery.created_at') },
};

const columns = {
  status: eb.ref('webhook_delivery.status'),
  event_type: eb.ref('webhook_event.type'),
  event_id: eb.ref('webhook_delivery.event_id'),
  created_at: eb.ref('webhook_delivery.created_at'),
};

const selectDeliveries = (db: Db, { organisationId }: OrganisationScope, endpointId: string) =>
  db
    .selectFrom('webhook_delivery')
    .innerJoin('webhook_event', (join) =>
      join
        .onRef('webhook_event.organisation_id', '=', 'webhook_delivery.organisation_id')
        .onRef('webhook_event.id', '=', 'webhook_delivery.event_id'),
    )
    .selectAll('webhook_delivery')
    .select('webhook_event.type as event_type')
    .where('webhook_delivery.organisation_id', '=', organisationId)
    .where('webhook_delivery.endpoint_id', '=', endpointId);

/** @throws HttpError 422 `cursor_invalid` */
export const findDeliveryPage = (
  db: Db,
  scope: OrganisationScope,
  endpointId: string,
  { conditions, ...page }: WebhookDeliveriesQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<DeliveryRow>> =>
  listPage(scope, filtered(selectDeliveries(db, scope, endpointId), columns, conditions), ordering, page, signingKeys);

export const findDelivery = (
  db: Db,
  scope: OrganisationScope,
  endpointId: string,
  id: string,
): Promise<DeliveryRow | undefined> =>
  selectDeliveries(db, scope, endpointId).where('webhook_delivery.id', '=', id).executeTakeFirst();

/** Events from `since` until before `until`, oldest first. */
export const findEvents = (
  db: Db,
  { organisationId }: OrganisationScope,
  { since, until, types, limit }: { since: string; until: string; types: string[] | null; limit: number },
): Promise<Pick<WebhookEventTable, 'id' | 'created_at'>[]> => {
  const query = db
    .selectFrom('webhook_event')
    .select(['id', 'created_at'])
    .where('organisation_id', '=', organisationId)
    .where('created_at', '>=', since)
    .where('created_at', '<', until)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit);
  return (types === null ? query.where('type', '!=', 'webhook.test') : query.where('type', 'in', types)).execute();
};

/** As new: due at once, with every attempt ahead. Those that are under way are left to whoever delivers them. */
const dueAgain = (now: string) =>
  ({ status: 'pending', attempts: 0, next_attempt_at: now, delivered_at: null, claim_id: null }) as const;

/** Adds deliveries; where an event has one to the endpoint already, that one is due again. */
export const upsertDeliveries = async (
  trx: Trx,
  deliveries: readonly WebhookDeliveryTable[],
  now: string,
): Promise<void> => {
  await trx
    .insertInto('webhook_delivery')
    .values(deliveries)
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'endpoint_id', 'event_id'])
        .doUpdateSet(dueAgain(now))
        .where((eb) =>
          eb.or([eb('webhook_delivery.claimed_until', 'is', null), eb('webhook_delivery.claimed_until', '<=', now)]),
        ),
    )
    .execute();
};

export const updateDeliveryDue = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  now: string,
): Promise<void> => {
  await trx
    .updateTable('webhook_delivery')
    .set(dueAgain(now))
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .execute();
};
