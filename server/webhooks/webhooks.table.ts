export interface WebhookEndpointTable {
  organisation_id: string;
  id: string;
  url: string;
  description: string | null;
  /** JSON array of event types; null: all. */
  event_types: string | null;
  /** Sealed. */
  secret: string;
  status: 'enabled' | 'disabled';
  disabled_reason: string | null;
  created_at: string;
  updated_at: string;
}

export interface WebhookEventTable {
  organisation_id: string;
  id: string;
  type: string;
  /** JSON of what the event is about, as it was then. */
  data: string;
  created_at: string;
}

/** One event on its way to one endpoint. */
export interface WebhookDeliveryTable {
  organisation_id: string;
  id: string;
  endpoint_id: string;
  event_id: string;
  status: 'pending' | 'delivered' | 'failed';
  attempts: number;
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  last_status_code: number | null;
  last_error: string | null;
  created_at: string;
}
