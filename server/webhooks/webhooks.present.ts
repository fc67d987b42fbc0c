import type { DeliveredEventType, WebhookDelivery, WebhookEndpoint, WebhookEventType } from '#contract/webhooks.ts';
import type { DeliveryRow } from './deliveries.repository.ts';
import type { WebhookEndpointTable } from './webhooks.table.ts';

export const parseEventTypes = (json: string | null): WebhookEventType[] | null =>
  json === null ? null : (JSON.parse(json) as WebhookEventType[]);

export const presentEndpoint = (row: WebhookEndpointTable): WebhookEndpoint => ({
  id: row.id,
  url: row.url,
  description: row.description,
  event_types: parseEventTypes(row.event_types),
  status: row.status,
  disabled_reason: row.disabled_reason,
  failing_since: row.failing_since,
  created_at: row.created_at,
  updated_at: row.updated_at,
});

export const presentDelivery = (row: DeliveryRow): WebhookDelivery => ({
  id: row.id,
  endpoint_id: row.endpoint_id,
  event_id: row.event_id,
  event_type: row.event_type as DeliveredEventType,
  status: row.status,
  attempts: row.attempts,
  next_attempt_at: row.next_attempt_at,
  last_attempt_at: row.last_attempt_at,
  last_status_code: row.last_status_code,
  last_error: row.last_error,
  delivered_at: row.delivered_at,
  created_at: row.created_at,
});
