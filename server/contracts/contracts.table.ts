export interface ContractTable {
  organisation_id: string;
  id: string;
  customer_id: string;
  name: string;
  /** draft, active, paused, expired or disputed. */
  status: string;
  currency: string;
  start_date: string;
  /** Null: open-ended. */
  end_date: string | null;
  created_at: string;
}
