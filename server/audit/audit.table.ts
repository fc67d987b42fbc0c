/** One entry. The database takes it only as the next one of its organisation's chain, and never lets it go or change. */
export interface AuditEventTable {
  organisation_id: string;
  /** 1, 2, 3 … in an organisation, without gaps. */
  sequence: number;
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
  /** The `hash` of the entry before; 64 zeros in the first. */
  previous_hash: string;
  /** SHA-256 over everything else; see `hashOf`. */
  hash: string;
}

/** The end of an organisation's chain. The database moves it on with each entry. */
export interface AuditHeadTable {
  organisation_id: string;
  sequence: number;
  hash: string;
}
