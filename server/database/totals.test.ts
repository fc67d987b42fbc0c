import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

it('lists are counted once for each change of their organisation', async () => {
  const organisation = await server.addOrganisation();
  const other = await server.addOrganisation();
  const merchant = merchantClient(server, organisation);
  const totals = async (): Promise<unknown[]> => {
    const lists = ['/customers?limit=1', '/customers?limit=1&search_name_external_id=Late', '/invoices?limit=1'];
    return Promise.all(lists.map(async (path) => (await merchant.get(path)).body['total_count']));
  };
  await merchant.post('/customers', { customer_name: 'Early' });
  expect(await totals()).toEqual([1, 0, 0]);

  // What no entry of the audit tells of is not seen, until one does: so nothing was counted anew.
  await addCustomer(server, organisation.id, { customer_name: 'Late' });
  await merchantClient(server, other).post('/customers', { customer_name: 'Late' });
  expect(await totals()).toEqual([1, 0, 0]);
  const { next } = (await merchant.get('/customers?limit=1')).body;
  expect((await merchant.get(`/customers?limit=1&cursor=${String(next)}`)).body['total_count']).toBe(1);

  await merchant.post('/customers', { customer_name: 'Late' });
  expect(await totals()).toEqual([3, 2, 0]);
});
