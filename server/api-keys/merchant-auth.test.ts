import { afterAll, beforeAll, expect, it } from 'vitest';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { createSession } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { createApiKey } from './api-keys.service.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('writes a browser down that sends a real key, and nobody who makes one up', async () => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  const headers = { origin: 'https://leak.example' };
  const auditedCalls = () =>
    server.db
      .selectFrom('audit_event')
      .select(['actor_type', 'actor_name', 'detail'])
      .where('organisation_id', '=', organisation.id)
      .where('action', '=', 'browser_call.refused')
      .execute();

  const madeUp = { id: organisation.id, apiKey: 'zsk_guess' };
  const guessed = await createSession(server, madeUp, { customer_id: customerId }, headers);
  expect([guessed.status, guessed.body['code']]).toEqual([403, 'browser_call_forbidden']);
  expect(await auditedCalls()).toEqual([]);

  const real = await createSession(server, organisation, { customer_id: customerId }, headers);
  expect({ ...real.body, request_id: '' }).toEqual({ ...guessed.body, request_id: '' });
  expect(await auditedCalls()).toEqual([
    { actor_type: 'api_key', actor_name: 'Backend', detail: '{"origin":"https://leak.example"}' },
  ]);
});

it('lets a key do what its scopes say, and names the one that is missing', async () => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id };
  const { key } = await transact(server.db, (trx) =>
    createApiKey(trx, server.clock, scope, { name: 'Website', scopes: ['sessions'] }),
  );
  const website = merchantClient(server, { id: organisation.id, apiKey: key });
  const session = await website.post('/customer/session', {
    customer_id: customerId,
    return_url: 'https://shop.example/account',
  });
  const ended = await website.delete(`/customer/session/${String(session.body['session_id'])}`);
  expect([session.status, ended.status]).toEqual([200, 200]);

  const refusals = [
    [await website.get('/customers'), 'read'],
    [await website.post('/customers', { customer_name: 'Aurora' }), 'write'],
    [await website.put('/customers/bulk', {}), 'write'],
  ] as const;
  for (const [{ status, body }, missing] of refusals) {
    expect([status, body]).toEqual([
      403,
      {
        code: 'scope_insufficient',
        message: `This API key lacks the scope ${missing}`,
        reason: missing,
        request_id: expect.any(String),
        retryable: false,
      },
    ]);
  }
});
