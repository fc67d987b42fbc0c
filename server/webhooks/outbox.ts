import type { WebhookEventType } from '#contract/webhooks.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findEnabledEndpoints, insertDeliveries, insertEvent } from './webhooks.repository.ts';

export interface WebhookEvent {
  type: WebhookEventType;
  /** What the event is about, as the merchant API shows it. Asked for only when an endpoint wants to know. */
  data: () => unknown;
}

const isWanted = (eventTypes: string | null, type: WebhookEventType): boolean =>
  eventTypes === null || (JSON.parse(eventTypes) as string[]).includes(type);

/** Whether any endpoint wants one of these events: lets a bulk change skip what nobody will read. */
export const hasListener = async (
  trx: Trx,
  scope: OrganisationScope,
  types: readonly WebhookEventType[],
): Promise<boolean> =>
  (await findEnabledEndpoints(trx, scope)).some((endpoint) =>
    types.some((type) => isWanted(endpoint.event_types, type)),
  );

/** Writes down what happened, in the transaction in which it happens, for every endpoint that wants to know. */
export const emit = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { type, data }: WebhookEvent,
): Promise<void> => {
  const endpoints = (await findEnabledEndpoints(trx, scope)).filter((endpoint) => isWanted(endpoint.event_types, type));
  if (endpoints.length === 0) {
    return;
  }
  const now = timestamp(clock.now());
  const event = {
    organisation_id: scope.organisationId,
    id: newId(clock),
    type,
    data: JSON.stringify(await data()),
    created_at: now,
  };
  await insertEvent(trx, event);
  await insertDeliveries(
    trx,
    endpoints.map((endpoint) => ({
      organisation_id: scope.organisationId,
      id: newId(clock),
      endpoint_id: endpoint.id,
      event_id: event.id,
      status: 'pending' as const,
      attempts: 0,
      next_attempt_at: now,
      last_attempt_at: null,
      last_status_code: null,
      last_error: null,
      created_at: now,
    })),
  );
};
