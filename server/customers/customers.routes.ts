import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { Reply } from '../http/route.ts';
import { etagOf } from '../http/if-match.ts';
import {
  changeCustomer,
  createCustomer,
  deleteCustomer,
  listCustomers,
  readCustomer,
} from './merchant-customers.service.ts';
import type { VersionedCustomer } from './merchant-customers.service.ts';

const reply = ({ customer, version }: VersionedCustomer) => new Reply(customer, { etag: etagOf(version) });

export const bindCustomerRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  for (const key of ['GET /customer', 'GET /customers'] as const) {
    read(key, ({ query, caller }) => listCustomers(dependencies, caller.scope, query));
  }

  for (const key of ['POST /customer', 'POST /customers'] as const) {
    write(key, (trx, { body, scope, author }) => createCustomer(trx, clock, scope, author, body));
  }

  read('GET /customers/:customer_id', async ({ params, caller }) =>
    reply(await readCustomer(db, { ...caller.scope, customerId: params.customer_id })),
  );

  write('PATCH /customers/:customer_id', async (trx, { params, body, scope, author, context }) =>
    reply(
      await changeCustomer(trx, clock, { ...scope, customerId: params.customer_id }, author, {
        patch: body,
        ifMatch: context.header('if-match'),
      }),
    ),
  );

  write('DELETE /customers/:customer_id', async (trx, { params, scope, author }) => {
    await deleteCustomer(trx, clock, { ...scope, customerId: params.customer_id }, author);
    return { id: params.customer_id, deleted: true as const };
  });
};
