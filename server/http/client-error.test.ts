import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const long = 'a'.repeat(20_000);

it.each([
  ['address', `/customer/session?cursor=${long}`, {}],
  ['header', '/customer/session', { 'x-api-key': long }],
])(
  'answers a very long %s in the one error shape, and goes on',
  async (_name, path, headers: Record<string, string>) => {
    const answer = await server.request('GET', path, { headers });
    expect([answer.status, answer.body]).toEqual([
      431,
      {
        code: 'payload_too_large',
        message: 'The address or a header is too long',
        retryable: false,
        request_id: answer.headers.get('x-request-id'),
      },
    ]);
    expect((await server.request('GET', '/health/live')).status).toBe(200);
  },
);
