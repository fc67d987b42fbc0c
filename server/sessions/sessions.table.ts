export interface PortalSessionTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  /** Exactly one of the two says who opened the way in. */
  api_key_id: string | null;
  staff_id: string | null;
  /** A staff member is looking, rather than the customer. */
  is_staff_view: 0 | 1;
  return_url: string | null;
  /** Space-separated. */
  sections: string;
  read_only: 0 | 1;
  locale: string | null;
  session_key: string | null;
  /** The only origin that may redeem; null: any that the organisation allows. */
  required_origin: string | null;
  idle_timeout_s: number;
  max_age_s: number;
  created_at: string;
  /** Set by redeeming, with `expires_at` and `origin`. */
  opened_at: string | null;
  last_active_at: string | null;
  /** The absolute end. */
  expires_at: string | null;
  /** The origin that redeemed; every later call must come from it. */
  origin: string | null;
  /** SHA-256 of the hosted page's cookie, hex. */
  cookie_hash: string | null;
  ended_at: string | null;
  /** signed_out, revoked, key_revoked, customer_deleted, token_reused, replaced. */
  end_reason: string | null;
}

export interface SessionTokenTable {
  organisation_id: string;
  /** SHA-256 of the whole token, hex. */
  token_hash: string;
  session_id: string;
  created_at: string;
  expires_at: string;
  redeemed_at: string | null;
  /** SHA-256 of the nonce that redeemed it, hex. */
  redeem_nonce_hash: string | null;
}
