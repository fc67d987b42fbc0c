import type {
  WebhookDeliveriesQuery,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookReplay,
  WebhookReplayed,
} from '#contract/webhooks.ts';
import { audit } from '../audit/audit.service.ts';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import {
  findDelivery,
  findDeliveryPage,
  findEvents,
  updateDeliveryDue,
  upsertDeliveries,
} from './deliveries.repository.ts';
import { getEnabledEndpointRow, getEndpointRow } from './endpoints.service.ts';
import type { ChangedBy } from './endpoints.service.ts';
import { newDelivery, record } from './outbox.ts';
import { parseEventTypes, presentDelivery } from './webhooks.present.ts';

const replayLimit = 10_000;
const rowsAnInsert = 500;

/** @throws HttpError 404 `webhook_endpoint_not_found`, 422 `cursor_invalid` */
export const listDeliveries = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  endpointId: string,
  query: WebhookDeliveriesQuery,
): Promise<WebhookDeliveryList> => {
  await getEndpointRow(db, scope, endpointId);
  const page = await findDeliveryPage(db, scope, endpointId, query, config.signingKeys);
  return { ...page, results: page.results.map(presentDelivery) };
};

const getDelivery = async (trx: Trx, scope: OrganisationScope, endpointId: string, id: string) => {
  const delivery = await findDelivery(trx, scope, endpointId, id);
  if (delivery === undefined) {
    throw notFound('webhook_delivery_not_found', 'There is no such delivery to this endpoint');
  }
  return delivery;
};

/** @throws HttpError 404 `webhook_endpoint_not_found` and `webhook_delivery_not_found`, 409 `webhook_endpoint_state_invalid` */
export const retryDelivery = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: ChangedBy,
  { endpointId, id }: { endpointId: string; id: string },
): Promise<WebhookDelivery> => {
  await getEnabledEndpointRow(trx, scope, endpointId);
  await getDelivery(trx, scope, endpointId, id);
  await updateDeliveryDue(trx, scope, id, timestamp(clock.now()));
  await audit(trx, clock, scope, {
    ...author,
    action: 'webhook_delivery.retried',
    detail: { webhook_endpoint_id: endpointId, webhook_delivery_id: id },
  });
  return presentDelivery(await getDelivery(trx, scope, endpointId, id));
};

/** @throws HttpError 404 `webhook_endpoint_not_found`, 409 `webhook_endpoint_state_invalid` */
export const sendTest = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: ChangedBy,
  endpointId: string,
): Promise<WebhookDelivery> => {
  await getEnabledEndpointRow(trx, scope, endpointId);
  const data = { webhook_endpoint_id: endpointId };
  const deliveries = await record(trx, clock, scope, { type: 'webhook.test', data }, [endpointId]);
  await audit(trx, clock, scope, { ...author, action: 'webhook_endpoint.tested', detail: data });
  return getDelivery(trx, scope, endpointId, deliveries[0]?.id ?? '').then(presentDelivery);
};

/**
 * Queues past events for an endpoint, whether it has had them or not.
 * @throws HttpError 404 `webhook_endpoint_not_found`, 409 `webhook_endpoint_state_invalid`
 */
export const replay = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: ChangedBy,
  { endpointId, request }: { endpointId: string; request: WebhookReplay },
): Promise<WebhookReplayed> => {
  const endpoint = await getEnabledEndpointRow(trx, scope, endpointId);
  const now = timestamp(clock.now());
  const found = await findEvents(trx, scope, {
    since: request.since,
    until: request.until ?? timestamp(clock.now() + 1),
    types: request.event_types ?? parseEventTypes(endpoint.event_types),
    limit: replayLimit + 1,
  });
  const events = found.slice(0, replayLimit);
  for (let start = 0; start < events.length; start += rowsAnInsert) {
    const deliveries = events
      .slice(start, start + rowsAnInsert)
      .map((event) => newDelivery(clock, scope, { endpointId, eventId: event.id }));
    await upsertDeliveries(trx, deliveries, now);
  }
  if (events.length > 0) {
    await audit(trx, clock, scope, {
      ...author,
      action: 'webhook_endpoint.replayed',
      detail: { webhook_endpoint_id: endpointId, since: request.since, queued: events.length },
    });
  }
  return { queued: events.length, next_since: found[replayLimit]?.created_at ?? null };
};
