import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { createContract, deleteContract, getContract, listContracts, replaceContract } from './contracts.service.ts';

export const bindContractRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  read('GET /contract_v2', ({ query, caller }) => listContracts(dependencies, caller.scope, query));
  read('GET /contract_v2/:contract_id', ({ params, caller }) => getContract(db, caller.scope, params.contract_id));
  write('POST /contract_v2', (trx, { body, scope, author }) => createContract(trx, clock, scope, author, body));
  write('PUT /contract_v2/:contract_id', (trx, { params, body, scope, author }) =>
    replaceContract(trx, clock, scope, author, { id: params.contract_id, input: body }),
  );
  write('DELETE /contract_v2/:contract_id', async (trx, { params, scope, author }) => {
    await deleteContract(trx, clock, scope, author, params.contract_id);
    return { id: params.contract_id, deleted: true as const };
  });
};
