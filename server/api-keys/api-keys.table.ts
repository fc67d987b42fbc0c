export interface ApiKeyTable {
  organisation_id: string;
  id: string;
  name: string;
  /** SHA-256 of the whole key, hex. The key itself is never stored. */
  hash: string;
  prefix: string;
  last_four: string;
  /** Space-separated. */
  scopes: string;
  created_at: string;
  last_used_at: string | null;
  revoked_at: string | null;
}
