import { expressionBuilder } from 'kysely';
import type { Bound } from '../database/compile-once.ts';
import type { Tables } from '../database/tables.ts';
import type { Db } from '../database/transaction.ts';
import type { CustomerScope } from '../scope.ts';
import type { CustomerEntitlementTable } from './entitlements.table.ts';

interface WithGrant extends Tables {
  granted: CustomerEntitlementTable;
}

/** Whose grants they are. */
export type BoundScope = Record<keyof CustomerScope, Bound>;

const eb = expressionBuilder<WithGrant, 'granted'>();

export const statusAt = (now: Bound) =>
  eb
    .case()
    .when('granted.active_from', '>', now)
    .then('upcoming' as const)
    .when('granted.expiry_at', '<=', now)
    .then('expired' as const)
    .else('active' as const)
    .end();

/** What a customer was granted, with the definition and, where there is one, the contract and the product. */
export const selectGranted = (db: Db, scope: BoundScope, now: Bound) =>
  db
    .selectFrom('customer_entitlement as granted')
    .innerJoin('entitlement', (join) =>
      join
        .onRef('entitlement.organisation_id', '=', 'granted.organisation_id')
        .onRef('entitlement.id', '=', 'granted.entitlement_id'),
    )
    .leftJoin('contract', (join) =>
      join
        .onRef('contract.organisation_id', '=', 'granted.organisation_id')
        .onRef('contract.id', '=', 'granted.contract_id'),
    )
    .leftJoin('product', (join) =>
      join
        .onRef('product.organisation_id', '=', 'granted.organisation_id')
        .onRef('product.id', '=', 'granted.product_id'),
    )
    .selectAll('granted')
    .select([statusAt(now).as('status'), 'contract.name as contract_name', 'product.name as product_name'])
    .where('granted.organisation_id', '=', scope.organisationId)
    .where('granted.customer_id', '=', scope.customerId);
