import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { listDeliveries, replay, retryDelivery, sendTest } from './deliveries.service.ts';
import {
  createEndpoint,
  deleteEndpoint,
  getEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from './endpoints.service.ts';

export const bindWebhookRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;

  read('GET /webhook_endpoints', ({ query, caller }) => listEndpoints(dependencies, caller.scope, query));

  write('POST /webhook_endpoints', (trx, { body, scope, author }) =>
    createEndpoint(trx, dependencies, scope, author, body),
  );

  read('GET /webhook_endpoints/:id', ({ params, caller }) => getEndpoint(db, caller.scope, params.id));

  write('PATCH /webhook_endpoints/:id', (trx, { params, body, scope, author }) =>
    updateEndpoint(trx, dependencies, scope, author, { id: params.id, patch: body }),
  );

  write('DELETE /webhook_endpoints/:id', async (trx, { params, scope, author }) => {
    await deleteEndpoint(trx, clock, scope, author, params.id);
    return { id: params.id, deleted: true as const };
  });

  write('POST /webhook_endpoints/:id/rotate_secret', (trx, { params, scope, author }) =>
    rotateSecret(trx, dependencies, scope, author, params.id),
  );

  write('POST /webhook_endpoints/:id/test', (trx, { params, scope, author }) =>
    sendTest(trx, clock, scope, author, params.id),
  );

  write('POST /webhook_endpoints/:id/replay', (trx, { params, body, scope, author }) =>
    replay(trx, clock, scope, author, { endpointId: params.id, request: body }),
  );

  read('GET /webhook_endpoints/:id/deliveries', ({ params, query, caller }) =>
    listDeliveries(dependencies, caller.scope, params.id, query),
  );

  write('POST /webhook_endpoints/:id/deliveries/:delivery_id/retry', (trx, { params, scope, author }) =>
    retryDelivery(trx, clock, scope, author, { endpointId: params.id, id: params.delivery_id }),
  );
};
