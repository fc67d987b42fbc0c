import { readFileSync } from 'node:fs';
import { CspEvaluator } from 'csp_evaluator';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { createSession } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

/** What the evaluator is sure of or fears; below are hints, such as that a host must serve no JSONP. */
const weaknesses = (policy: string): string[] =>
  new CspEvaluator(new CspParser(policy).csp)
    .evaluate()
    .filter(({ severity }) => severity < Severity.MEDIUM_MAYBE)
    .map(({ directive, value, description }) => `${directive} ${value ?? ''}: ${description}`);

it.each([
  ["script-src 'unsafe-inline'", 'unsafe-inline'],
  ["script-src 'self'; base-uri 'none'", 'object-src'],
  ['default-src *', 'default-src'],
])('the evaluator finds what is weak in %s', (policy, weakness) => {
  expect(weaknesses(policy).join('\n')).toContain(weakness);
});

describe('a policy that we tell merchants to use', () => {
  const guide = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const recipes = [...guide.matchAll(/^```csp\n(.+)\n```$/gm)].map(([, recipe = '']) => recipe);

  it('is there', () => {
    expect(recipes).toHaveLength(3);
  });

  it.each(recipes)('has no weakness: %s', (recipe) => {
    expect(weaknesses(recipe.replaceAll('{nonce}', 'yXbF4xvUdnQmQ0pEN5Oj7A'))).toEqual([]);
  });
});

describe('a policy of our own', () => {
  let server: TestServer;
  let hosted: string;
  let frame: string;
  beforeAll(async () => {
    server = await startTestServer();
    const organisation = await server.addOrganisation();
    const customerId = await addCustomer(server, organisation.id);
    const { body } = await createSession(server, organisation, { customer_id: customerId });
    hosted = `/session/${String(body['session_token'])}`;
    frame = `/frame/${organisation.id}`;
  });
  afterAll(() => server.close());

  it.each([
    ['the hosted page', () => hosted],
    ['the hosted page of an unknown link', () => '/session/nobody'],
    ['the page of a frame', () => frame],
    ['the console', () => '/console'],
    ['the API reference', () => '/docs'],
    ['an API', () => '/customer'],
    ['an address where nothing is', () => '/nowhere'],
  ])('has no weakness: %s', async (_, path) => {
    const { headers } = await server.request('GET', path());
    expect(weaknesses(headers.get('content-security-policy') ?? '')).toEqual([]);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors');
  });
});
