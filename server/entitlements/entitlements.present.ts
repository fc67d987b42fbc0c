import type { PortalEntitlement } from '#contract/entitlements.ts';
import { remainingOf } from './entitlement-rules.ts';
import type { EntitlementListRow } from './entitlements.repository.ts';

export const linkOf = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name });

export const presentEntitlement = (row: EntitlementListRow): PortalEntitlement => ({
  id: row.id,
  entitlement: { id: row.entitlement_id, name: row.name, description: row.description },
  type: row.entitlement_type,
  status: row.status,
  units: row.units,
  quantity: row.quantity,
  quantity_used: row.quantity_used,
  quantity_remaining: remainingOf(row),
  active_from: row.active_from,
  expiry_at: row.expiry_at,
  renews_at: row.renews_at,
  contract: linkOf(row.contract_id, row.contract_name),
  product: linkOf(row.product_id, row.product_name),
  invoice:
    row.invoice_id === null || row.invoice_number === null
      ? null
      : { id: row.invoice_id, invoice_number: row.invoice_number },
});
