export interface CustomerTable {
  organisation_id: string;
  id: string;
  external_id: string | null;
  customer_name: string;
  email: string | null;
  phone_number: string | null;
  /** JSON array of the contract's TaxInfo. */
  tax_info: string;
  /** JSON object. */
  custom_data: string | null;
  /** JSON object. */
  custom_attributes: string | null;
  business_entity_id: string | null;
  communications_enabled: 0 | 1;
  auto_charge_enabled: 0 | 1;
  /** IANA name; null: the organisation's. */
  time_zone: string | null;
  locale: string | null;
  /** Counts the changes of the profile; its ETag. */
  version: number;
  created_at: string;
  updated_at: string;
  deleted_at: string | null;
}

export interface AddressTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  line1: string | null;
  line2: string | null;
  line3: string | null;
  city: string | null;
  state: string | null;
  zip_code: string | null;
  country: string | null;
  country_code: string | null;
  is_default_billing: 0 | 1;
  is_default_shipping: 0 | 1;
  created_at: string;
  updated_at: string;
}

export interface ContactTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  send_contract: 0 | 1;
  send_invoice: 0 | 1;
  created_at: string;
  updated_at: string;
}

/** A means of payment that a payment provider (the connector) keeps; nothing in it can be charged by itself. */
export interface PaymentMethodTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  /** The provider's id. */
  external_id: string;
  connector_id: string | null;
  connector_name: string;
  type: string;
  /** JSON of the contract's PaymentMethodDetails. */
  details: string | null;
  country: string | null;
  status: string;
  is_default: 0 | 1;
  created_at: string;
}
