import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { WebhookDeliveryTable, WebhookEndpointTable, WebhookEventTable } from './webhooks.table.ts';

export const findEnabledEndpoints = (
  trx: Trx,
  { organisationId }: OrganisationScope,
): Promise<Pick<WebhookEndpointTable, 'id' | 'event_types'>[]> =>
  trx
    .selectFrom('webhook_endpoint')
    .select(['id', 'event_types'])
    .where('organisation_id', '=', organisationId)
    .where('status', '=', 'enabled')
    .execute();

export const insertEvent = async (trx: Trx, event: WebhookEventTable): Promise<void> => {
  await trx.insertInto('webhook_event').values(event).execute();
};

export const insertDeliveries = async (trx: Trx, deliveries: readonly WebhookDeliveryTable[]): Promise<void> => {
  await trx.insertInto('webhook_delivery').values(deliveries).execute();
};
