import { z } from 'zod';
import { Timestamp } from '#contract/primitives.ts';
import { webhookEventData } from '#contract/webhook-events.ts';
import type { ExampleMaker } from './examples.ts';
import type { SchemaBook } from './json-schema.ts';
import type { Parameter, OperationObject, Tag } from './model.ts';

export const eventsTag: Tag = {
  name: 'Webhook events',
  description:
    'What your webhook endpoints are sent. Verify the signature with any Standard Webhooks library before you believe it, and answer 2xx.',
};

const headers: Parameter[] = [
  {
    name: 'webhook-id',
    in: 'header',
    description: 'The same in every attempt: do what it asks for once.',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  },
  {
    name: 'webhook-timestamp',
    in: 'header',
    description: 'When this attempt was made, in seconds since 1970.',
    required: true,
    schema: { type: 'string' },
    example: '1795435200',
  },
  {
    name: 'webhook-signature',
    in: 'header',
    description: "`v1,` and the signature by the endpoint's secret; several, with spaces between, while it is changed.",
    required: true,
    schema: { type: 'string' },
    example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
];

/** `invoice.partially_paid` is "An invoice was partially paid". */
const summaryOf = (type: string): string => {
  const [noun = '', deed = ''] = type.split('.');
  const article = /^[aeiou]/.test(noun) ? 'An' : 'A';
  return deed === 'test' ? 'An endpoint was tested' : `${article} ${noun} was ${deed.replaceAll('_', ' ')}`;
};

const camel = (type: string): string =>
  type.replace(/(?:^|[._])([a-z])/g, (_all, letter: string) => letter.toUpperCase());

/** The requests that this server makes, by the type of the event. */
export const eventsOf = (book: SchemaBook, exampleOf: ExampleMaker): Record<string, { post: OperationObject }> =>
  Object.fromEntries(
    Object.entries(webhookEventData).map(([type, data]) => {
      const message = z.object({
        type: z.literal(type),
        timestamp: Timestamp.describe('When it happened.'),
        data: data.describe('The record as it was then.'),
      });
      const schema = book.of(message, 'output');
      const example = exampleOf(schema, { owner: 'event', isRequest: false });
      const post: OperationObject = {
        operationId: `on${camel(type)}`,
        summary: summaryOf(type),
        tags: [eventsTag.name],
        security: [],
        parameters: headers,
        requestBody: { required: true, content: { 'application/json': { schema, example } } },
        responses: {
          200: { description: 'Taken. Any 2xx will do; 410 disables the endpoint; all else is tried again.' },
        },
      };
      return [type, { post }];
    }),
  );
