export interface OrganisationTable {
  id: string;
  name: string;
  email: string | null;
  /** JSON of the contract's Address. */
  address: string | null;
  tax_id: string | null;
  /** IANA name: the billing time zone of customers that have none of their own. */
  time_zone: string;
  created_at: string;
  /** What a session shows that does not name its sections, separated by spaces; null: all there are. */
  sections: string | null;
  /** Counts the changes of the portal's configuration. */
  configuration_version: number;
}

/** Where the organisation's pages may embed the portal. Exact origins: scheme, host and port. */
export interface AllowedOriginTable {
  organisation_id: string;
  origin: string;
}

/** Where `return_url` may lead. None listed: anywhere that the rules for return URLs allow. */
export interface ReturnOriginTable {
  organisation_id: string;
  origin: string;
}

/** The last number given to a document of this kind. */
export interface NumberSequenceTable {
  organisation_id: string;
  kind: 'invoice' | 'credit_note' | 'receipt';
  last_number: number;
}
