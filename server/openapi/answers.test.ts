import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import { ErrorCode } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { openConsole } from '../testing/console-session.ts';
import { merchantClient } from '../testing/merchant-client.ts';
import { createSession, openPortal } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';
import { openApiDocument } from './document.ts';
import { errorMeaning } from './error-codes.ts';
import { exampleId } from './example-id.ts';
import { credentialErrors, errorsOf, needsCredential, treeOf } from './trees.ts';

let server: TestServer;
let organisation: TestOrganisation;
let credentials: Record<ReturnType<typeof treeOf>, Record<string, string>>;

const hostedCookie = async (customerId: string): Promise<string> => {
  const { body } = await createSession(server, organisation, { customer_id: customerId });
  const opened = await server.request('POST', '/session/redeem', {
    headers: { origin: server.origin },
    body: { session_token: body['session_token'], redeem_nonce: 'nonce-of-the-hosted-page' },
  });
  return (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
};

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  const console = await openConsole(server, organisation.id);
  credentials = {
    merchant: { organisation: organisation.id, 'x-api-key': organisation.apiKey },
    portal: (await openPortal(server, organisation, customerId)).headers,
    hosted: { origin: server.origin, cookie: await hostedCookie(customerId) },
    console: { ...console.headers, origin: server.origin },
  };
});
afterAll(() => server.close());

const keys = Object.keys(api) as OperationKey[];

/** An invoice may have many lines. */
const tooLong = (key: OperationKey): number => (key.includes(' /invoices') ? 1_100_000 : 110_000);

const operationOf = (key: OperationKey): Operation => api[key];

/** One request to the operation, with ids of nothing there is. */
const call = (
  key: OperationKey,
  headers: Record<string, string>,
  { query = '', body = '{}' } = {},
): Promise<Answer> => {
  const [method = '', path = ''] = key.split(' ');
  const address = path
    .replace(':organisation_id', organisation.id)
    .replace(/:(\w+)/g, (_all, name: string) => exampleId(name));
  const hasBody = operationOf(key).body !== undefined;
  const type = operationOf(key).isStream === true ? 'application/x-ndjson' : 'application/json';
  return server.request(method, `${address}${query}`, {
    headers: { ...(hasBody ? { 'content-type': type } : {}), ...headers },
    ...(hasBody ? { body } : {}),
  });
};

const expectDocumented = (key: OperationKey, answer: Answer): void => {
  const code = ErrorCode.parse(answer.body['code']);
  expect(errorsOf(key, operationOf(key))).toContain(code);
  expect(answer.status).toBe(errorMeaning(code).status);
};

describe('every operation answers only with errors that the document names', () => {
  it.each(keys)('%s without a credential', async (key) => {
    const answer = await call(key, {});
    expectDocumented(key, answer);
    const refusals: readonly unknown[] = credentialErrors[treeOf(key)];
    expect(refusals.includes(answer.body['code'])).toBe(needsCredential(key) && treeOf(key) !== 'hosted');
  });

  it.each(keys)('%s with a parameter that nobody knows', async (key) => {
    const answer = await call(key, credentials[treeOf(key)], { query: '?surely=1' });
    expectDocumented(key, answer);
    expect(answer.body['code']).toBe('request_invalid');
  });

  it.each(keys.filter((key) => operationOf(key).body !== undefined && operationOf(key).isStream !== true))(
    '%s with a body that is no JSON, not UTF-8, too large',
    async (key) => {
      const headers = credentials[treeOf(key)];
      const answers = [
        await call(key, headers, { body: '{' }),
        await call(key, { ...headers, 'content-type': 'application/json; charset=latin1' }),
        await call(key, headers, { body: JSON.stringify('x'.repeat(tooLong(key))) }),
      ];
      expect(answers.map(({ body }) => body['code'])).toEqual([
        'json_malformed',
        'media_type_unsupported',
        'payload_too_large',
      ]);
      for (const answer of answers) {
        expectDocumented(key, answer);
      }
    },
  );

  it.each(keys.filter((key) => treeOf(key) === 'merchant'))(
    '%s from a browser, and of another version',
    async (key) => {
      const browser = await call(key, { ...credentials.merchant, origin: 'https://shop.example' });
      const version = await call(key, { ...credentials.merchant, apiversion: '19991231' });
      expect([browser.body['code'], version.body['code']]).toEqual(['browser_call_forbidden', 'api_version_unknown']);
      expectDocumented(key, browser);
      expectDocumented(key, version);
    },
  );

  it.each(keys.filter((key) => key.startsWith('GET ') && treeOf(key) === 'merchant' && key.includes(':')))(
    '%s of something that does not exist',
    async (key) => {
      const answer = await call(key, credentials.merchant);
      if (answer.status >= 400) {
        expectDocumented(key, answer);
      }
      expect([200, 404, 422]).toContain(answer.status);
    },
  );
});

describe('a code goes with one status', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('browser'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');
  const thrown = [
    ...[...text.matchAll(/new HttpError\(\s*(\d{3}),\s*'(\w+)'/g)].map(([, status, code]) => [code, Number(status)]),
    ...[...text.matchAll(/notFound\(\s*'(\w+)'/g)].map(([, code]) => [code, 404]),
    ...[...text.matchAll(/forbidden\(\s*'(\w+)'/g)].map(([, code]) => [code, 403]),
    ...[...text.matchAll(/unauthorized\(\s*'(\w+)'/g)].map(([, code]) => [code, 401]),
  ] as [string, number][];
  const cases = [...new Map(thrown.map((entry) => [entry.join(), entry])).values()];

  it.each(cases)('%s is %i wherever it is thrown', (code, status) => {
    expect(errorMeaning(ErrorCode.parse(code)).status).toBe(status);
  });

  it('finds where codes are thrown', () => {
    expect(cases.length).toBeGreaterThan(30);
  });
});

it('takes the requests that the document shows, one after the other', async () => {
  const { paths } = openApiDocument(server.origin);
  const merchant = merchantClient(server, organisation);
  const realIds = new Map<string, string>();
  const real = (text: string): string =>
    [...realIds].reduce((filled, [example, id]) => filled.replaceAll(example, id), text);
  const post = async (noun: string, path: string): Promise<Answer> => {
    const [media] = Object.values(paths[path]?.['post']?.requestBody?.content ?? {});
    const body: unknown = JSON.parse(real(JSON.stringify(media?.example)));
    const address = real(path.replace(/\{(\w+?)_id\}/g, (_all, name: string) => exampleId(name)));
    const answer = await merchant.post(address, body);
    expect(answer.status, answer.text).toBe(200);
    realIds.set(exampleId(noun), String(answer.body['id']));
    return answer;
  };

  await post('customer', '/customer');
  await post('session', '/customer/session');
  await post('contact', '/contacts');
  await post('address', '/customers/{customer_id}/addresses');
  await post('product', '/products');
  await post('contract', '/contract_v2');
  await post('entitlement', '/entitlements');
  const invoice = await post('invoice', '/invoices');
  expect(invoice.body).toMatchObject({ invoice_number: 'INV-2026-0117', invoice_total: 116025, currency: 'EUR' });
  await post('customer_entitlement', '/entitlements/customer/{customer_id}');
  await merchant.patch(`/invoices/${String(invoice.body['id'])}/approve`);
  await post('payment', '/payments');
  await post('refund', '/payments/{payment_id}/refund');
  await post('credit_note', '/invoices/{invoice_id}/credit_note');
});
