import type { Contract } from '#contract/contracts.ts';
import type { ContractRow } from './contracts.repository.ts';

export const presentContract = (row: ContractRow): Contract => ({
  id: row.id,
  external_id: row.external_id,
  name: row.name,
  status: row.status,
  currency: row.currency,
  customer_id: row.customer_id,
  customer: { id: row.customer_id, customer_name: row.customer_name, external_id: row.customer_external_id },
  description: row.description,
  tags: JSON.parse(row.tags) as Contract['tags'],
  start_date: row.start_date,
  end_date: row.end_date,
  custom_attributes:
    row.custom_attributes === null ? null : (JSON.parse(row.custom_attributes) as Contract['custom_attributes']),
  anchor_date: row.anchor_date,
  phases: JSON.parse(row.phases) as Contract['phases'],
  renewal_policy: row.renewal_policy,
  contract_link: row.contract_link,
  created_at: row.created_at,
  updated_at: row.updated_at,
});
