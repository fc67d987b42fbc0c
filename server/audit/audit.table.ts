export interface AuditEventTable {
  organisation_id: string;
  id: string;
  created_at: string;
  actor_type: 'api_key' | 'staff' | 'customer' | 'system';
  /** The key's, staff member's or customer's id; null for the system. */
  actor_id: string | null;
  actor_name: string;
  /** `noun.verb`, for example `session.created`. */
  action: string;
  customer_id: string | null;
  /** JSON object without secrets. */
  detail: string | null;
  request_id: string | null;
}
