import type { Product, ProductInput, ProductList, ProductPatch, ProductsQuery } from '#contract/products.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { requireFreeExternalId } from '../bulk/references.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';
import {
  findProduct,
  findProductPage,
  insertProduct,
  listProductReferences,
  updateProduct,
} from './products.repository.ts';
import type { ProductTable } from './products.table.ts';

const present = ({ id, external_id, name, created_at, updated_at }: ProductTable): Product => ({
  id,
  external_id,
  name,
  created_at,
  updated_at,
});

/** Of these products, those that are there: for many references in one query. */
export const findProductReferences = listProductReferences;

const getRow = async (db: Db, scope: OrganisationScope, id: string): Promise<ProductTable> => {
  const product = await findProduct(db, scope, id);
  if (product === undefined) {
    throw notFound('product_not_found', 'There is no such product');
  }
  return product;
};

/** @throws HttpError 422 `cursor_invalid` */
export const listProducts = async (
  { db, config }: Dependencies,
  scope: OrganisationScope,
  query: ProductsQuery,
): Promise<ProductList> => {
  const page = await findProductPage(db, scope, query, config.signingKeys);
  return { ...page, results: page.results.map(present) };
};

/** @throws HttpError 404 `product_not_found` */
export const getProduct = async (db: Db, scope: OrganisationScope, id: string): Promise<Product> =>
  present(await getRow(db, scope, id));

/** @throws HttpError 409 `external_id_taken` */
export const createProduct = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { name, external_id: externalId }: ProductInput,
): Promise<Product> => {
  await requireFreeExternalId(externalId, (ids) => listProductReferences(trx, scope, ids));
  const now = timestamp(clock.now());
  const product: ProductTable = {
    organisation_id: scope.organisationId,
    id: newId(clock),
    name,
    external_id: externalId ?? null,
    created_at: now,
    updated_at: now,
  };
  await insertProduct(trx, product);
  const detail = { id: product.id, name, external_id: product.external_id };
  await audit(trx, clock, scope, { ...author, action: 'product.created', detail });
  return present(product);
};

/** @throws HttpError 404 `product_not_found`, 409 `external_id_taken` */
export const changeProduct = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  { id, patch }: { id: string; patch: ProductPatch },
): Promise<Product> => {
  const product = await getRow(trx, scope, id);
  await requireFreeExternalId(patch.external_id, (ids) => listProductReferences(trx, scope, ids), id);
  const changed: ProductTable = {
    ...product,
    name: patch.name ?? product.name,
    external_id: patch.external_id === undefined ? product.external_id : patch.external_id,
  };
  const fields = changedFields(product, changed);
  if (fields.length === 0) {
    return present(product);
  }
  const updated = { ...changed, updated_at: timestamp(clock.now()) };
  await updateProduct(trx, scope, id, updated);
  const detail = { id, name: updated.name, external_id: updated.external_id, fields };
  await audit(trx, clock, scope, { ...author, action: 'product.updated', detail });
  return present(updated);
};
