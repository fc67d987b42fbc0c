import { expressionBuilder } from 'kysely';
import type { EntitlementStatus } from '#contract/entitlements.ts';
import type { CustomerEntitlementsQuery } from '#contract/merchant-entitlements.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { References } from '../bulk/references.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { rowInserter } from '../database/insert-rows.ts';
import { listPage, never } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { InvoiceTable } from '../invoices/invoices.table.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import type { CustomerEntitlementTable } from './entitlements.table.ts';
import { selectGranted, statusAt } from './granted.repository.ts';

interface Grant extends Tables {
  granted: CustomerEntitlementTable;
}

const eb = expressionBuilder<Grant, 'granted' | 'entitlement' | 'contract' | 'product' | 'invoice'>();

const columnsAt = (now: string): FilterColumns<CustomerEntitlementsQuery['conditions'][number]['field']> => ({
  id: eb.ref('granted.id'),
  external_id: eb.ref('granted.external_id'),
  entitlement_id: eb.ref('granted.entitlement_id'),
  entitlement__external_id: eb.ref('entitlement.external_id'),
  name: eb.ref('entitlement.name'),
  type: eb.ref('entitlement.entitlement_type'),
  status: statusAt(now),
  source_type: eb.ref('granted.source_type'),
  contract_id: eb.ref('granted.contract_id'),
  contract__external_id: eb.ref('contract.external_id'),
  product_id: eb.ref('granted.product_id'),
  product__external_id: eb.ref('product.external_id'),
  invoice_id: eb.ref('granted.invoice_id'),
  invoice__external_id: eb.ref('invoice.external_id'),
  active_from: eb.ref('granted.active_from'),
  expiry_at: eb.ref('granted.expiry_at'),
  renews_at: eb.ref('granted.renews_at'),
  created_at: eb.ref('granted.created_at'),
});

const ordering: Ordering<'created_at' | 'active_from' | 'expiry_at' | 'name'> = {
  list: 'merchant_customer_entitlements',
  id: eb.ref('granted.id'),
  by: {
    created_at: () => eb.ref('granted.created_at'),
    active_from: () => eb.ref('granted.active_from'),
    expiry_at: () => eb.fn.coalesce('granted.expiry_at', eb.val(never)),
    name: () => eb.fn<string>('lower', ['entitlement.name']),
  },
};

/** A grant with what its answers show of what it belongs to; the definition is read by itself. */
export interface GrantRow extends CustomerEntitlementTable {
  status: EntitlementStatus;
  customer_name: string;
  customer_external_id: string | null;
  contract_name: string | null;
  product_name: string | null;
  invoice_number: string | null;
}

const selectGrants = (db: Db, scope: CustomerScope, now: string) =>
  selectGranted(db, scope, now)
    .innerJoin('customer', (join) =>
      join
        .onRef('customer.organisation_id', '=', 'granted.organisation_id')
        .onRef('customer.id', '=', 'granted.customer_id'),
    )
    .leftJoin('invoice', (join) =>
      join
        .onRef('invoice.organisation_id', '=', 'granted.organisation_id')
        .onRef('invoice.id', '=', 'granted.invoice_id'),
    )
    .select(['customer.customer_name', 'customer.external_id as customer_external_id', 'invoice.invoice_number']);

/** @throws HttpError 422 `cursor_invalid` */
export const findGrantPage = (
  db: Db,
  scope: CustomerScope,
  now: string,
  query: CustomerEntitlementsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<GrantRow>> =>
  listPage(
    scope,
    filtered(selectGrants(db, scope, now), columnsAt(now), query.conditions),
    ordering,
    query,
    signingKeys,
  );

export const findGrant = (db: Db, scope: CustomerScope, now: string, id: string): Promise<GrantRow | undefined> =>
  selectGrants(db, scope, now).where('granted.id', '=', id).executeTakeFirst();

/** The grant alone, as it is stored. */
export const findStoredGrant = (
  db: Db,
  scope: CustomerScope,
  id: string,
): Promise<CustomerEntitlementTable | undefined> =>
  db
    .selectFrom('customer_entitlement')
    .selectAll()
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Of these external ids, the grants that have them, of any customer. */
export const listGrants = (
  db: Db,
  { organisationId }: OrganisationScope,
  externalIds: readonly string[],
): Promise<CustomerEntitlementTable[]> =>
  db
    .selectFrom('customer_entitlement')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('external_id', 'in', externalIds)
    .execute();

/** Of these invoices, those that are there, each with its customer. */
export const listInvoiceReferences = (
  db: Db,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: References,
): Promise<Pick<InvoiceTable, 'id' | 'external_id' | 'customer_id'>[]> =>
  db
    .selectFrom('invoice')
    .select(['id', 'external_id', 'customer_id'])
    .where('organisation_id', '=', organisationId)
    .where((or) => or.or([or('id', 'in', ids), or('external_id', 'in', externalIds)]))
    .execute();

export const insertGrants = rowInserter<CustomerEntitlementTable>('customer_entitlement', [
  'organisation_id',
  'id',
  'customer_id',
  'entitlement_id',
  'external_id',
  'quantity',
  'quantity_used',
  'active_from',
  'expiry_at',
  'renews_at',
  'source_type',
  'contract_id',
  'product_id',
  'invoice_id',
  'created_at',
  'updated_at',
]);

export const updateGrant = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  { id, organisation_id: _, ...change }: CustomerEntitlementTable,
): Promise<void> => {
  await trx
    .updateTable('customer_entitlement')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};

export const deleteGrant = async (trx: Trx, scope: CustomerScope, id: string): Promise<void> => {
  await trx
    .deleteFrom('customer_entitlement')
    .where('organisation_id', '=', scope.organisationId)
    .where('customer_id', '=', scope.customerId)
    .where('id', '=', id)
    .execute();
};
