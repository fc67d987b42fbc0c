import { compileOnce, slot } from '../database/compile-once.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { WebhookDeliveryTable, WebhookEndpointTable, WebhookEventTable } from './webhooks.table.ts';

export type Listener = Pick<WebhookEndpointTable, 'id' | 'event_types' | 'status'>;

const listenersOf = compileOnce((db) =>
  db
    .selectFrom('webhook_endpoint')
    .select(['id', 'event_types', 'status'])
    .where('organisation_id', '=', slot<string>('organisationId')),
);

/** Disabled endpoints too: what happens meanwhile can be replayed to them. */
export const findListeners = (trx: Trx, { organisationId }: OrganisationScope): Promise<Listener[]> =>
  listenersOf(trx, { organisationId });

export const insertEvent = async (trx: Trx, event: WebhookEventTable): Promise<void> => {
  await trx.insertInto('webhook_event').values(event).execute();
};

export const insertDeliveries = async (trx: Trx, deliveries: readonly WebhookDeliveryTable[]): Promise<void> => {
  if (deliveries.length > 0) {
    await trx.insertInto('webhook_delivery').values(deliveries).execute();
  }
};
