import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { ErrorRequestHandler, Request } from 'express';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { createPortalClient, expressSessionRoute } from './portal-client.ts';

let server: TestServer;
let site: Server;
let origin: string;
let customerId: string;

/** A merchant's website, whose login is a header. */
beforeAll(async () => {
  server = await startTestServer();
  const organisation = await server.addOrganisation();
  customerId = await addCustomer(server, organisation.id);
  const client = createPortalClient({
    baseUrl: server.address,
    organisation: organisation.id,
    apiKey: organisation.apiKey,
    maxRetries: 0,
  });
  const app = express();
  app.all(
    '/portal-session',
    expressSessionRoute({
      client,
      customerOf: (req: Request) => {
        const user = req.get('x-user');
        return user === undefined ? undefined : { customer_id: user, read_only: true };
      },
      returnUrl: 'https://shop.example/account',
    }),
  );
  app.use(((error: unknown, _req, res, _next) => {
    res.status(502).json({ failed: String(error) });
  }) satisfies ErrorRequestHandler);
  site = createServer(app).listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(async () => {
  site.close();
  site.closeAllConnections();
  await server.close();
});

const ask = async (headers: Record<string, string>, method = 'POST') => {
  const response = await fetch(`${origin}/portal-session`, { method, headers });
  return { response, body: (await response.json()) as Record<string, string> };
};

it('answers a token for whoever is logged in, and nothing else', async () => {
  const { response, body } = await ask({ 'x-user': customerId, origin, 'sec-fetch-site': 'same-origin' });
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(Object.keys(body)).toEqual(['session_token']);
  expect(body['session_token']?.slice(37, 73)).toBe(customerId);
  const made = await server.db.selectFrom('portal_session').select(['read_only', 'return_url']).execute();
  expect(made).toEqual([{ read_only: 1, return_url: 'https://shop.example/account' }]);
});

it('answers 401 to whoever is not', async () => {
  const { response, body } = await ask({ origin });
  expect([response.status, body]).toEqual([401, { error: 'Nobody is logged in' }]);
});

test.each<[string, Record<string, string>]>([
  ['by Origin', { origin: 'https://elsewhere.example' }],
  ['by an opaque Origin', { origin: 'null' }],
  ['by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
  ['of another subdomain', { 'sec-fetch-site': 'same-site' }],
])('refuses another website, seen %s', async (_name, headers) => {
  const { response, body } = await ask({ 'x-user': customerId, ...headers });
  expect(response.status).toBe(403);
  expect(body).not.toHaveProperty('session_token');
});

it('is asked by POST', async () => {
  const { response } = await ask({ 'x-user': customerId }, 'GET');
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

it('leaves what goes wrong to the application', async () => {
  const { response, body } = await ask({ 'x-user': '019a3c5e-7d00-7a11-8c4e-6e6f72746877' });
  expect(response.status).toBe(502);
  expect(body['failed']).toContain('404 customer_not_found');
});
