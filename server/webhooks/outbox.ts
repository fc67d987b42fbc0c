import type { DeliveredEventType, WebhookEventType } from '#contract/webhooks.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findListeners, insertDeliveries, insertEvent } from './outbox.repository.ts';
import type { WebhookDeliveryTable } from './webhooks.table.ts';

export interface WebhookEvent {
  type: WebhookEventType;
  /** What the event is about, as the merchant API shows it. Asked for only when an endpoint wants to know. */
  data: () => unknown;
}

const isWanted = (eventTypes: string | null, type: WebhookEventType): boolean =>
  eventTypes === null || (JSON.parse(eventTypes) as string[]).includes(type);

/** A delivery that is due now. */
export const newDelivery = (
  clock: Clock,
  { organisationId }: OrganisationScope,
  { endpointId, eventId }: { endpointId: string; eventId: string },
): WebhookDeliveryTable => {
  const now = timestamp(clock.now());
  return {
    organisation_id: organisationId,
    id: newId(clock),
    endpoint_id: endpointId,
    event_id: eventId,
    status: 'pending',
    attempts: 0,
    next_attempt_at: now,
    last_attempt_at: null,
    last_status_code: null,
    last_error: null,
    delivered_at: null,
    claim_id: null,
    claimed_until: null,
    created_at: now,
  };
};

/** Writes an event down with its deliveries, and answers these. */
export const record = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { type, data }: { type: DeliveredEventType; data: unknown },
  endpointIds: readonly string[],
): Promise<WebhookDeliveryTable[]> => {
  const eventId = newId(clock);
  await insertEvent(trx, {
    organisation_id: scope.organisationId,
    id: eventId,
    type,
    data: JSON.stringify(data),
    created_at: timestamp(clock.now()),
  });
  const deliveries = endpointIds.map((endpointId) => newDelivery(clock, scope, { endpointId, eventId }));
  await insertDeliveries(trx, deliveries);
  return deliveries;
};

/** Whether any endpoint wants one of these events: lets a bulk change skip what nobody will read. */
export const hasListener = async (
  trx: Trx,
  scope: OrganisationScope,
  types: readonly WebhookEventType[],
): Promise<boolean> =>
  (await findListeners(trx, scope)).some((endpoint) => types.some((type) => isWanted(endpoint.event_types, type)));

/** Writes down what happened, in the transaction in which it happens, for every endpoint that wants to know. */
export const emit = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { type, data }: WebhookEvent,
): Promise<void> => {
  const listeners = (await findListeners(trx, scope)).filter((endpoint) => isWanted(endpoint.event_types, type));
  if (listeners.length > 0) {
    const enabled = listeners.filter(({ status }) => status === 'enabled').map(({ id }) => id);
    await record(trx, clock, scope, { type, data: await data() }, enabled);
  }
};
