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
  /** gone: it answered 410; failing: nothing but failures for days; null: somebody disabled it. */
  disabled_reason: 'gone' | 'failing' | null;
  /** Sealed; signs too until then, after a rotation. */
  previous_secret: string | null;
  previous_secret_expires_at: string | null;
  /** The first failure since the last success. */
  failing_since: string | null;
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
  /** Null once it is delivered or given up. */
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  last_status_code: number | null;
  last_error: string | null;
  delivered_at: string | null;
  /** Who is delivering it, and until when nobody else may: after that, whoever it was is gone. */
  claim_id: string | null;
  claimed_until: string | null;
  created_at: string;
}
