export interface StaffTable {
  organisation_id: string;
  id: string;
  /** Lower case; unique over all organisations, because it alone identifies who logs in. */
  email: string;
  name: string;
  /** `scrypt$N$r$p$salt$hash`, base64url. */
  password_hash: string;
  created_at: string;
}

export interface StaffSessionTable {
  organisation_id: string;
  id: string;
  staff_id: string;
  /** SHA-256 of the cookie's value, hex. */
  cookie_hash: string;
  created_at: string;
  last_active_at: string;
  expires_at: string;
  ended_at: string | null;
}
