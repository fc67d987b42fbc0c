import type { EntitlementType } from '#contract/entitlements.ts';

/** What can be granted. */
export interface EntitlementTable {
  organisation_id: string;
  id: string;
  name: string;
  description: string | null;
  entitlement_type: EntitlementType;
  units: string | null;
  is_active: 0 | 1;
  product_id: string | null;
  created_at: string;
  external_id: string | null;
  updated_at: string;
}

/** What has been granted to a customer. */
export interface CustomerEntitlementTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  entitlement_id: string;
  external_id: string | null;
  /** Feature: 1 or 0. Null: unlimited. Fractions allowed. */
  quantity: number | null;
  quantity_used: number;
  active_from: string;
  expiry_at: string | null;
  renews_at: string | null;
  /** For example `Grant`, `Contract` or `Invoice`. */
  source_type: string;
  contract_id: string | null;
  product_id: string | null;
  invoice_id: string | null;
  created_at: string;
  updated_at: string;
}
