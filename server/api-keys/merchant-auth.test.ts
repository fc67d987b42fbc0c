import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

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
