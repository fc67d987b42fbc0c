import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { changeAddress, createAddress, listAddresses } from './addresses.service.ts';

export const bindAddressRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { clock } = dependencies;

  read('GET /customers/:customer_id/addresses', ({ params, query, caller }) =>
    listAddresses(dependencies, { ...caller.scope, customerId: params.customer_id }, query),
  );

  write('POST /customers/:customer_id/addresses', (trx, { params, body, scope, author }) =>
    createAddress(trx, clock, { ...scope, customerId: params.customer_id }, author, body),
  );

  write('PATCH /customers/:customer_id/addresses/:address_id', (trx, { params, body, scope, author }) =>
    changeAddress(trx, clock, { ...scope, customerId: params.customer_id }, author, {
      id: params.address_id,
      input: body,
    }),
  );
};
