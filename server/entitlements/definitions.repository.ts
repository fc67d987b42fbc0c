import { expressionBuilder } from 'kysely';
import type { EntitlementsQuery } from '#contract/merchant-entitlements.ts';
import type { ListOf } from '#contract/primitives.ts';
import type { References } from '../bulk/references.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { rowInserter } from '../database/insert-rows.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import type { EntitlementTable } from './entitlements.table.ts';

const eb = expressionBuilder<Tables, 'entitlement' | 'product'>();

const columns: FilterColumns<EntitlementsQuery['conditions'][number]['field']> = {
  id: eb.ref('entitlement.id'),
  external_id: eb.ref('entitlement.external_id'),
  name: eb.ref('entitlement.name'),
  entitlement_type: eb.ref('entitlement.entitlement_type'),
  is_active: eb.ref('entitlement.is_active'),
  product_id: eb.ref('entitlement.product_id'),
  product__external_id: eb.ref('product.external_id'),
  created_at: eb.ref('entitlement.created_at'),
};

const ordering: Ordering<'created_at' | 'name'> = {
  list: 'merchant_entitlements',
  id: eb.ref('entitlement.id'),
  by: {
    created_at: () => eb.ref('entitlement.created_at'),
    name: () => eb.fn<string>('lower', ['entitlement.name']),
  },
};

const selectDefinitions = (db: Db, { organisationId }: OrganisationScope) =>
  db
    .selectFrom('entitlement')
    .leftJoin('product', (join) =>
      join
        .onRef('product.organisation_id', '=', 'entitlement.organisation_id')
        .onRef('product.id', '=', 'entitlement.product_id'),
    )
    .selectAll('entitlement')
    .where('entitlement.organisation_id', '=', organisationId);

/** @throws HttpError 422 `cursor_invalid` */
export const findDefinitionPage = (
  db: Db,
  scope: OrganisationScope,
  query: EntitlementsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<EntitlementTable>> =>
  listPage(scope, filtered(selectDefinitions(db, scope), columns, query.conditions), ordering, query, signingKeys);

export interface DefinitionTotals extends EntitlementTable {
  /** Null: unlimited. */
  total_quantity: number | null;
  total_quantity_used: number;
  total_expired: number;
}

/**
 * What the customer was ever granted, with its sums; those of quantities are of what is active now.
 * @throws HttpError 422 `cursor_invalid`
 */
export const findTotalsPage = (
  db: Db,
  scope: CustomerScope,
  now: string,
  query: EntitlementsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<DefinitionTotals>> => {
  const grants = eb
    .selectFrom('customer_entitlement as granted')
    .whereRef('granted.organisation_id', '=', 'entitlement.organisation_id')
    .whereRef('granted.entitlement_id', '=', 'entitlement.id')
    .where('granted.customer_id', '=', scope.customerId);
  const active = grants
    .where('granted.active_from', '<=', now)
    .where((or) => or.or([or('granted.expiry_at', 'is', null), or('granted.expiry_at', '>', now)]));
  const totals = selectDefinitions(db, scope)
    .select((select) => [
      active
        .select((sum) =>
          sum
            .case()
            .when(sum.fn.count('granted.id'), '=', sum.fn.count('granted.quantity'))
            .then(sum.fn.coalesce(sum.fn.sum<number>('granted.quantity'), sum.lit(0)))
            .else(null)
            .end()
            .as('total'),
        )
        .$asScalar()
        .as('total_quantity'),
      select.fn
        .coalesce(
          active.select((sum) => sum.fn.sum<number>('granted.quantity_used').as('used')).$asScalar(),
          select.lit(0),
        )
        .as('total_quantity_used'),
      grants
        .where('granted.expiry_at', '<=', now)
        .select((sum) => sum.fn.count<number>('granted.id').as('count'))
        .$asScalar()
        .$notNull()
        .as('total_expired'),
    ])
    .where((where) => where.exists(grants.select('granted.id')));
  const named = { ...ordering, list: 'merchant_entitlement_totals' };
  return listPage(scope, filtered(totals, columns, query.conditions), named, query, signingKeys);
};

export const findDefinition = (db: Db, scope: OrganisationScope, id: string): Promise<EntitlementTable | undefined> =>
  selectDefinitions(db, scope).where('entitlement.id', '=', id).executeTakeFirst();

/** Of these definitions, those that are there. */
export const listDefinitions = (
  db: Db,
  scope: OrganisationScope,
  { ids, externalIds }: References,
): Promise<EntitlementTable[]> =>
  selectDefinitions(db, scope)
    .where((or) => or.or([or('entitlement.id', 'in', ids), or('entitlement.external_id', 'in', externalIds)]))
    .execute();

/** Of these definitions, the ids of those that some customer was granted. */
export const listGrantedIds = async (
  db: Db,
  { organisationId }: OrganisationScope,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom('customer_entitlement')
    .select('entitlement_id')
    .distinct()
    .where('organisation_id', '=', organisationId)
    .where('entitlement_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.entitlement_id));
};

export const insertDefinitions = rowInserter<EntitlementTable>('entitlement', [
  'organisation_id',
  'id',
  'name',
  'description',
  'entitlement_type',
  'units',
  'is_active',
  'product_id',
  'created_at',
  'external_id',
  'updated_at',
]);

export const updateDefinition = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  { id, organisation_id: _, ...change }: EntitlementTable,
): Promise<void> => {
  await trx
    .updateTable('entitlement')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};
