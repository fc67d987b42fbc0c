import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { createDefinition, getDefinition, listEntitlementDefinitions, patchDefinition } from './definitions.service.ts';
import { grantEntitlement, listCustomerEntitlements, listTotals, patchGrant, takeBack } from './grants.service.ts';

const ofCustomer = (scope: OrganisationScope, params: { customer_id: string }): CustomerScope => ({
  ...scope,
  customerId: params.customer_id,
});

export const bindMerchantEntitlementRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  read('GET /entitlements', ({ query, caller }) => listEntitlementDefinitions(dependencies, caller.scope, query));
  read('GET /entitlements/:entitlement_id', ({ params, caller }) =>
    getDefinition(db, caller.scope, params.entitlement_id),
  );
  write('POST /entitlements', (trx, { body, scope, author }) => createDefinition(trx, clock, scope, author, body));
  write('PATCH /entitlements/:entitlement_id', (trx, { params, body, scope, author }) =>
    patchDefinition(trx, clock, scope, author, { id: params.entitlement_id, patch: body }),
  );

  read('GET /entitlements/customer/:customer_id', ({ params, query, caller }) =>
    listCustomerEntitlements(dependencies, ofCustomer(caller.scope, params), query),
  );
  read('GET /entitlements/customer/unique/:customer_id', ({ params, query, caller }) =>
    listTotals(dependencies, ofCustomer(caller.scope, params), query),
  );
  write('POST /entitlements/customer/:customer_id', (trx, { params, body, scope, author }) =>
    grantEntitlement(trx, clock, ofCustomer(scope, params), author, body),
  );
  write('PATCH /entitlements/customer/:customer_id/:customer_entitlement_id', (trx, { params, body, scope, author }) =>
    patchGrant(trx, clock, ofCustomer(scope, params), author, { id: params.customer_entitlement_id, patch: body }),
  );
  write(
    'DELETE /entitlements/customer/:customer_id/:customer_entitlement_id',
    async (trx, { params, scope, author }) => {
      const id = params.customer_entitlement_id;
      await takeBack(trx, clock, ofCustomer(scope, params), author, id);
      return { id, deleted: true as const };
    },
  );
};
