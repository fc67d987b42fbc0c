import type { CustomerEntitlement, Entitlement, EntitlementTotal } from '#contract/merchant-entitlements.ts';
import type { DefinitionTotals } from './definitions.repository.ts';
import { remainingOf, roundedQuantity } from './entitlement-rules.ts';
import { linkOf } from './entitlements.present.ts';
import type { EntitlementTable } from './entitlements.table.ts';
import type { GrantRow } from './grants.repository.ts';

export const presentDefinition = (row: EntitlementTable): Entitlement => ({
  id: row.id,
  external_id: row.external_id,
  name: row.name,
  description: row.description,
  entitlement_type: row.entitlement_type,
  units: row.units,
  is_active: row.is_active === 1,
  product_id: row.product_id,
  created_at: row.created_at,
  updated_at: row.updated_at,
});

const sourceIdOf = ({ source_type: type, ...row }: GrantRow): string | null => {
  switch (type) {
    case 'Contract':
      return row.contract_id;
    case 'Invoice':
      return row.invoice_id;
    case 'Product':
      return row.product_id;
    default:
      return null;
  }
};

export const presentGrant = (row: GrantRow, definition: EntitlementTable): CustomerEntitlement => ({
  id: row.id,
  external_id: row.external_id,
  entitlement: presentDefinition(definition),
  name: definition.name,
  units: definition.units,
  type: definition.entitlement_type,
  customer: { id: row.customer_id, customer_name: row.customer_name, external_id: row.customer_external_id },
  source_type: row.source_type,
  source_id: sourceIdOf(row),
  contract: linkOf(row.contract_id, row.contract_name),
  contract_id: row.contract_id,
  product: linkOf(row.product_id, row.product_name),
  invoice:
    row.invoice_id === null || row.invoice_number === null
      ? null
      : { id: row.invoice_id, invoice_number: row.invoice_number },
  invoice_id: row.invoice_id,
  active_from: row.active_from,
  expiry_at: row.expiry_at,
  renews_at: row.renews_at,
  quantity: row.quantity,
  quantity_used: row.quantity_used,
  quantity_remaining: remainingOf(row),
  event: null,
  status: row.status,
  created_at: row.created_at,
  updated_at: row.updated_at,
});

export const presentTotal = (row: DefinitionTotals): EntitlementTotal => ({
  entitlement: presentDefinition(row),
  total_quantity:
    row.total_quantity === null
      ? null
      : row.entitlement_type === 'Feature'
        ? Math.min(row.total_quantity, 1)
        : roundedQuantity(row.total_quantity),
  total_quantity_used: roundedQuantity(row.total_quantity_used),
  total_expired_entitlements: Number(row.total_expired),
});
