import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { DirectRoutes } from './direct-routes.ts';

const answer = () => Promise.resolve();

const routes = new DirectRoutes();
for (const key of [
  'GET /things',
  'POST /things',
  'GET /things/bulk',
  'GET /things/:thing_id',
  'GET /:kind/:id/parts',
]) {
  const [method = '', path = ''] = key.split(' ');
  routes.add(method, path, answer);
}

it.each([
  ['GET', '/things', '/things', {}],
  ['GET', '/things?a=1?b=2', '/things', {}],
  ['POST', '/things', '/things', {}],
  ['GET', '/things/bulk', '/things/bulk', {}],
  ['GET', '/things/7', '/things/:thing_id', { thing_id: '7' }],
  ['GET', '/others/7/parts', '/:kind/:id/parts', { kind: 'others', id: '7' }],
])('%s %s is %s', (method, url, pattern, params) => {
  expect(routes.find(method, url)).toEqual({ pattern, params, answer });
});

it.each([
  ['HEAD', '/things'],
  ['DELETE', '/things'],
  ['GET', '/Things'],
  ['GET', '/things/'],
  ['GET', '//'],
  ['GET', '/th%69ngs'],
  ['GET', '/things/7/parts'],
  ['GET', '/things/7/8/9'],
  ['GET', '/__proto__'],
  ['GET', '/constructor'],
  ['GET', 'http://portal.example/things'],
  ['GET', '*'],
  ['GET', ''],
])('leaves %s %s to Express', (method, url) => {
  expect(routes.find(method, url)).toBeUndefined();
});

describe('an operation at another spelling of its address', () => {
  let server: TestServer;
  let organisation: TestOrganisation;
  let portal: PortalClient;
  beforeAll(async () => {
    server = await startTestServer();
    organisation = await server.addOrganisation();
    portal = await openPortal(server, organisation, await addCustomer(server, organisation.id));
  });
  afterAll(() => server.close());

  it('is answered alike, by way of Express', async () => {
    const direct = await portal.get('/invoices');
    expect(direct.status).toBe(200);
    const escaped = `%${organisation.id.charCodeAt(0).toString(16)}${organisation.id.slice(1)}`;
    for (const path of [`${organisation.id}/invoices/`, `${organisation.id}/INVOICES`, `${escaped}/invoices`]) {
      const other = await server.request('GET', `/portal/${path}`, { headers: portal.headers });
      expect([other.status, other.text]).toEqual([200, direct.text]);
      const names = (headers: Headers) => [...headers.keys()].toSorted();
      expect(names(other.headers)).toEqual(names(direct.headers));
    }
  });

  it('is refused alike', async () => {
    for (const spelling of ['/invoices', '/invoices/']) {
      const { status, body } = await server.request('GET', `/portal/${organisation.id}${spelling}`);
      expect([status, body['code']]).toEqual([401, 'access_token_invalid']);
    }
  });

  it('has no body where only the headers are asked for', async () => {
    const head = await fetch(`${server.address}/portal/${organisation.id}/invoices`, {
      method: 'HEAD',
      headers: portal.headers,
    });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
