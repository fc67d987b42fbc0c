import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const thing = { code: 'not_found', message: 'There is nothing here', request_id: expect.any(String), retryable: false };

describe('what is not there', () => {
  it.each([
    ['GET', '/%'],
    ['GET', '/portal/%zz/invoices'],
    ['GET', '/session/%zz'],
    ['GET', '/widget/v1/%00'],
    ['GET', '/widget/v1/..%2f..%2fpackage.json'],
    ['GET', '/console/api'],
    ['GET', '/console/api/nothing'],
    ['GET', '/console/assets/nothing.js'],
    ['PUT', '/console'],
    ['POST', '/console/customers'],
    ['OPTIONS', '/console'],
    ['PUT', '/customer/session'],
    ['OPTIONS', '/customer/session'],
    ['GET', '/__proto__'],
  ])('answers %s %s in the one error shape', async (method, path) => {
    const answer = await server.request(method, path);
    expect([answer.status, answer.body]).toEqual([404, thing]);
    expect(answer.headers.get('x-request-id')).toBe(answer.body['request_id']);
  });

  it('is a page where a person looks for one', async () => {
    const answer = await server.request('GET', '/console/nothing');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });
});

describe('a body that cannot be read', () => {
  let merchant: Record<string, string>;
  beforeAll(async () => {
    merchant = merchantClient(server, await server.addOrganisation()).headers;
  });

  it.each(['gzip', 'deflate', 'br'])('answers 400 when it is not the %s that it says it is', async (encoding) => {
    const { status, body } = await server.request('POST', '/customer/session', {
      headers: { ...merchant, 'content-encoding': encoding },
      body: 'garbage',
    });
    expect([status, body['code']]).toEqual([400, 'json_malformed']);
  });

  it('answers 400 to a name in another encoding than UTF-8', async () => {
    const latin1 = Buffer.from('{"customer_name":"Björk"}', 'latin1');
    const answer = await fetch(`${server.address}/customer`, {
      method: 'POST',
      headers: { ...merchant, 'content-type': 'application/json' },
      body: latin1,
    });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'json_malformed' })]);
  });

  it.each([
    ['an unknown compression', { 'content-encoding': 'zorp' }],
    ['an unknown character set', { 'content-type': 'application/json; charset=latin9' }],
  ])('answers 415 to %s', async (_name, headers: Record<string, string>) => {
    const { status, body } = await server.request('POST', '/customer/session', {
      headers: { ...merchant, ...headers },
      body: '{}',
    });
    expect([status, body['code']]).toEqual([415, 'media_type_unsupported']);
  });
});
