import { expressionBuilder } from 'kysely';
import type { ProductsQuery } from '#contract/products.ts';
import type { ListOf } from '#contract/primitives.ts';
import { filtered } from '../database/conditions.ts';
import type { FilterColumns } from '../database/conditions.ts';
import type { SigningKeys } from '../database/cursor.ts';
import { listPage } from '../database/keyset.ts';
import type { Ordering } from '../database/keyset.ts';
import type { Tables } from '../database/tables.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { ProductTable } from './products.table.ts';

const eb = expressionBuilder<Tables, 'product'>();

const columns: FilterColumns<ProductsQuery['conditions'][number]['field']> = {
  id: eb.ref('product.id'),
  external_id: eb.ref('product.external_id'),
  name: eb.ref('product.name'),
  created_at: eb.ref('product.created_at'),
};

const ordering: Ordering<'created_at' | 'name'> = {
  list: 'merchant_products',
  id: eb.ref('product.id'),
  by: {
    created_at: () => eb.ref('product.created_at'),
    name: () => eb.fn<string>('lower', ['product.name']),
  },
};

const selectProducts = (db: Db, { organisationId }: OrganisationScope) =>
  db.selectFrom('product').selectAll().where('organisation_id', '=', organisationId);

/** @throws HttpError 422 `cursor_invalid` */
export const findProductPage = (
  db: Db,
  scope: OrganisationScope,
  query: ProductsQuery,
  signingKeys: SigningKeys,
): Promise<ListOf<ProductTable>> =>
  listPage(scope, filtered(selectProducts(db, scope), columns, query.conditions), ordering, query, signingKeys);

export const findProduct = (db: Db, scope: OrganisationScope, id: string): Promise<ProductTable | undefined> =>
  selectProducts(db, scope).where('id', '=', id).executeTakeFirst();

/** Of these products, those that are there. */
export const listProductReferences = (
  db: Db,
  { organisationId }: OrganisationScope,
  { ids, externalIds }: { ids: readonly string[]; externalIds: readonly string[] },
): Promise<Pick<ProductTable, 'id' | 'external_id'>[]> =>
  db
    .selectFrom('product')
    .select(['id', 'external_id'])
    .where('organisation_id', '=', organisationId)
    .where((or) => or.or([or('id', 'in', ids), or('external_id', 'in', externalIds)]))
    .execute();

export const insertProduct = async (trx: Trx, product: ProductTable): Promise<void> => {
  await trx.insertInto('product').values(product).execute();
};

export const updateProduct = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  change: Partial<ProductTable>,
): Promise<void> => {
  await trx
    .updateTable('product')
    .set(change)
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};
