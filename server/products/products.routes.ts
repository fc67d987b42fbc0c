import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { changeProduct, createProduct, getProduct, listProducts } from './products.service.ts';

export const bindProductRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  read('GET /products', ({ query, caller }) => listProducts(dependencies, caller.scope, query));
  read('GET /products/:product_id', ({ params, caller }) => getProduct(db, caller.scope, params.product_id));
  write('POST /products', (trx, { body, scope, author }) => createProduct(trx, clock, scope, author, body));
  write('PATCH /products/:product_id', (trx, { params, body, scope, author }) =>
    changeProduct(trx, clock, scope, author, { id: params.product_id, patch: body }),
  );
};
