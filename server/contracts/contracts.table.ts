import type { ContractStatus, RenewalPolicy } from '#contract/contracts.ts';

export interface ContractTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  name: string;
  status: ContractStatus;
  currency: string;
  start_date: string;
  /** Null: open-ended. */
  end_date: string | null;
  created_at: string;
  external_id: string | null;
  description: string | null;
  /** JSON array of texts. */
  tags: string;
  /** JSON object. */
  custom_attributes: string | null;
  anchor_date: string | null;
  /** JSON array of the contract's phases. */
  phases: string;
  renewal_policy: RenewalPolicy | null;
  contract_link: string | null;
  updated_at: string;
  deleted_at: string | null;
}
