import { z } from 'zod';
import { merchantListQuery } from './filters.ts';
import type { Operations } from './operation.ts';
import { ExternalId, Id, lineOf, listOf, Timestamp } from './primitives.ts';

export const ProductInput = z
  .strictObject({ name: lineOf(255).min(1), external_id: ExternalId.nullish() })
  .meta({ id: 'ProductInput' });
export type ProductInput = z.infer<typeof ProductInput>;

export const ProductPatch = ProductInput.partial().meta({ id: 'ProductPatch' });
export type ProductPatch = z.infer<typeof ProductPatch>;

export const Product = z
  .object({
    id: Id,
    external_id: z.string().nullable(),
    name: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof Product>;

export const ProductList = listOf(Product).meta({ id: 'ProductList' });
export type ProductList = z.infer<typeof ProductList>;

export const ProductsQuery = merchantListQuery({
  fields: { id: 'id', external_id: 'text', name: 'text', created_at: 'moment' },
  orders: ['created_at', 'name'],
  order: '-created_at',
  extra: {},
});
export type ProductsQuery = z.infer<typeof ProductsQuery>;

const params = z.strictObject({ product_id: Id });

export const productOperations = {
  'GET /products': {
    summary: 'List products',
    query: ProductsQuery,
    response: ProductList,
    errors: ['cursor_invalid'],
  },
  'POST /products': {
    summary: 'Create a product',
    description: 'A product is what line items, entitlements and contracts can name as their origin.',
    body: ProductInput,
    response: Product,
    errors: ['external_id_taken'],
  },
  'GET /products/:product_id': {
    summary: 'Get a product',
    params,
    response: Product,
    errors: ['product_not_found'],
  },
  'PATCH /products/:product_id': {
    summary: 'Change a product',
    description: 'Only the fields given change. Invoices that are there already keep the names of their lines.',
    params,
    body: ProductPatch,
    response: Product,
    errors: ['external_id_taken', 'product_not_found'],
  },
} as const satisfies Operations;
