import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { attachPaymentMethod, detachPaymentMethod, listPaymentMethods } from './payment-methods.service.ts';

export const bindPaymentMethodRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { clock } = dependencies;

  read('GET /customers/:customer_id/payment_methods', ({ params, query, caller }) =>
    listPaymentMethods(dependencies, { ...caller.scope, customerId: params.customer_id }, query),
  );

  write('POST /customers/:customer_id/payment_methods/attach', (trx, { params, body, scope, author }) =>
    attachPaymentMethod(trx, clock, { ...scope, customerId: params.customer_id }, author, body),
  );

  write('DELETE /customers/:customer_id/payment_methods/:payment_method_id', async (trx, { params, scope, author }) => {
    const { customer_id: customerId, payment_method_id: id } = params;
    await detachPaymentMethod(trx, clock, { ...scope, customerId }, id, author);
    return { id, deleted: true as const };
  });
};
