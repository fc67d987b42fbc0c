import type { PortalEntitlement } from '#contract/entitlements.ts';
import type { EntitlementListRow } from './entitlements.repository.ts';

/** Quantities are binary fractions: 10.1 - 0.3 must read 9.8. */
const rounded = (quantity: number): number => Math.round(quantity * 1e6) / 1e6;

const link = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name });

export const presentEntitlement = (row: EntitlementListRow): PortalEntitlement => ({
  id: row.id,
  entitlement: { id: row.entitlement_id, name: row.name, description: row.description },
  type: row.entitlement_type,
  status: row.status,
  units: row.units,
  quantity: row.quantity,
  quantity_used: row.quantity_used,
  quantity_remaining: row.quantity === null ? null : rounded(Math.max(row.quantity - row.quantity_used, 0)),
  active_from: row.active_from,
  expiry_at: row.expiry_at,
  renews_at: row.renews_at,
  contract: link(row.contract_id, row.contract_name),
  product: link(row.product_id, row.product_name),
  invoice:
    row.invoice_id === null || row.invoice_number === null
      ? null
      : { id: row.invoice_id, invoice_number: row.invoice_number },
});
