import { expect, it } from 'vitest';
import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import type { Operation } from '#contract/operation.ts';
import { webhookEventData } from '#contract/webhook-events.ts';
import { openApiDocument } from './document.ts';
import { lintDocument } from './lint-document.ts';
import type { MediaType, OperationObject } from './model.ts';

const document = openApiDocument('https://billing.example');

const operations = (Object.keys(api) as OperationKey[]).map((key): [OperationKey, Operation, OperationObject] => {
  const [method = '', path = ''] = key.split(' ');
  const described = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  if (described === undefined) {
    throw new Error(`${key} is not described`);
  }
  return [key, api[key], described];
});

const onlyMediaType = (content: Record<string, MediaType> | undefined): MediaType | undefined =>
  Object.values(content ?? {})[0];

const answerOf = ({ responses }: OperationObject): Record<string, MediaType> => {
  const answer = responses['200'];
  return answer !== undefined && 'content' in answer ? (answer.content ?? {}) : {};
};

it('describes the operations of the contract and no others', () => {
  const described = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
  expect(described).toHaveLength(operations.length);
});

it.each(operations)('%s has a summary, a chapter, its answer and its errors', (_key, operation, described) => {
  expect(described.summary).toMatch(/^[A-Z].{3,}[^.]$/);
  expect(document.tags.map(({ name }) => name)).toContain(described.tags[0]);
  expect(Object.keys(answerOf(described))).toEqual(
    operation.download ?? [operation.isStream === true ? 'application/x-ndjson' : 'application/json'],
  );
  expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(['422', '500', '503']));
});

it.each(operations.filter(([, { body }]) => body !== undefined))(
  '%s takes the request that it shows',
  (_key, { body }, { requestBody }) => {
    expect(body?.safeParse(onlyMediaType(requestBody?.content)?.example)).toMatchObject({ success: true });
  },
);

it.each(operations.filter(([, { response }]) => response !== undefined))(
  '%s gives the answer that it shows, every field of it',
  (_key, { response }, described) => {
    const example = onlyMediaType(answerOf(described))?.example;
    expect(response?.parse(example)).toEqual(example);
  },
);

it.each(Object.entries(webhookEventData))('%s brings the record that it shows', (type, data) => {
  const example = onlyMediaType(document.webhooks[type]?.post.requestBody?.content)?.example as { data: unknown };
  expect(example).toEqual({ type, timestamp: '2026-11-14T10:30:00.000Z', data: data.parse(example.data) });
});

it('shows a customer as a person would write one down', () => {
  const [, , described] = operations.find(([key]) => key === 'POST /customer') ?? [];
  expect(onlyMediaType(described?.requestBody?.content)?.example).toMatchObject({
    customer_name: 'Aurora Analytics GmbH',
    email: 'billing@aurora.example',
    address: { line1: 'Torstraße 140', zipCode: '10119', city: 'Berlin' },
  });
});

it('is a document that Redocly finds nothing wrong with', async () => {
  expect(await lintDocument(document)).toEqual([]);
});

it('is refused by the lint without a summary, without an error, and with an example that breaks its schema', async () => {
  const { '/customer': customer = {}, ...others } = document.paths;
  const { get, post } = customer;
  const wrong = {
    description: 'It is done.',
    content: { 'application/json': { schema: { type: 'integer' }, example: 'x' } },
  };
  const broken = {
    ...document,
    paths: {
      ...others,
      '/customer': { get: { ...get, summary: undefined, responses: { 200: wrong } }, post },
    },
  };
  expect((await lintDocument(broken)).map(({ ruleId }) => ruleId).toSorted()).toEqual([
    'no-invalid-media-type-examples',
    'operation-4xx-response',
    'operation-summary',
  ]);
});
