import { v7 as uuidv7 } from 'uuid';
import type { CustomerEntitlementTable, EntitlementTable } from '../../entitlements/entitlements.table.ts';
import type { CustomerScope } from '../../scope.ts';
import type { TestServer } from '../test-server.ts';

/** A customer's grant of 1,000 of something counted, none of it used; `definition` says of what. */
export const addEntitlement = async (
  { db }: Pick<TestServer, 'db'>,
  scope: CustomerScope,
  definition: Partial<EntitlementTable> = {},
  values: Partial<CustomerEntitlementTable> = {},
): Promise<CustomerEntitlementTable> => {
  const entitlement: EntitlementTable = {
    organisation_id: scope.organisationId,
    id: uuidv7(),
    name: 'API calls',
    description: null,
    entitlement_type: 'Quantity',
    units: 'calls',
    is_active: 1,
    product_id: null,
    created_at: '2026-01-01T00:00:00.000Z',
    external_id: null,
    updated_at: '2026-01-01T00:00:00.000Z',
    ...definition,
  };
  await db.insertInto('entitlement').values(entitlement).execute();
  const granted: CustomerEntitlementTable = {
    organisation_id: scope.organisationId,
    id: uuidv7(),
    customer_id: scope.customerId,
    entitlement_id: entitlement.id,
    external_id: null,
    quantity: 1_000,
    quantity_used: 0,
    active_from: '2026-01-01T00:00:00.000Z',
    expiry_at: null,
    renews_at: null,
    source_type: 'Grant',
    contract_id: null,
    product_id: null,
    invoice_id: null,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    ...values,
  };
  await db.insertInto('customer_entitlement').values(granted).execute();
  return granted;
};
