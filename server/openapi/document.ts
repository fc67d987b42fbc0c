import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import { ErrorBody } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import { eventsOf } from './events.ts';
import { exampleMaker } from './examples.ts';
import type { ExampleMaker } from './examples.ts';
import { introduction } from './introduction.ts';
import { schemaBook } from './json-schema.ts';
import type { Direction, JsonSchema, SchemaBook } from './json-schema.ts';
import type { MediaType, OpenApiDocument, OperationObject } from './model.ts';
import { operationId } from './operation-id.ts';
import { headerParameters, isConditional, parametersOf } from './parameters.ts';
import { errorBook, headers, notModified, successOf } from './responses.ts';
import type { ErrorBook } from './responses.ts';
import { securityOf, securitySchemes } from './security.ts';
import { singular } from './singular.ts';
import { chaptersOf, tagOf } from './tags.ts';
import { portalVersion } from '../version.ts';
import { errorsOf, takesIdempotencyKey } from './trees.ts';

interface Books {
  book: SchemaBook;
  errors: ErrorBook;
  exampleOf: ExampleMaker;
}

const keys = Object.keys(api) as OperationKey[];

const operationOf = (key: OperationKey): Operation => api[key];

const pathOf = (key: string): string => key.slice(key.indexOf(' ') + 1);

/** `/invoices/:invoice_id` is about an invoice, and so is `/invoices`. */
const nounOf = (key: OperationKey): string =>
  singular((pathOf(key).split('/').at(-1) ?? '').replace(/^:(\w+?)(_id)?$/, '$1'));

const jsonOf = (
  key: OperationKey,
  schema: Operation['body'],
  direction: Direction,
  { book, exampleOf }: Books,
): MediaType | undefined => {
  if (schema === undefined) {
    return undefined;
  }
  const json = book.of(schema, direction);
  const example = exampleOf(json, { owner: nounOf(key), isRequest: direction === 'input' });
  return { schema: json, example };
};

const requestOf = (key: OperationKey, books: Books): Pick<OperationObject, 'requestBody'> => {
  const { body, isStream } = operationOf(key);
  const json = jsonOf(key, body, 'input', books);
  if (json === undefined) {
    return {};
  }
  return {
    requestBody:
      isStream === true
        ? {
            required: true,
            description: 'One record of this schema a line.',
            content: { 'application/x-ndjson': json },
          }
        : { required: true, content: { 'application/json': json } },
  };
};

const isList = (answer: MediaType | undefined, named: Record<string, JsonSchema>): boolean => {
  const { $ref, properties } = answer?.schema ?? {};
  const fields = $ref === undefined ? properties : named[$ref.slice($ref.lastIndexOf('/') + 1)]?.properties;
  return fields !== undefined && 'results' in fields;
};

/** A record that is changed with `If-Match` says its `ETag` wherever it is read; what a customer reads says one always. */
const hasEtag = (key: OperationKey): boolean =>
  isConditional(key, operationOf(key)) ||
  keys.some((other) => pathOf(other) === pathOf(key) && operationOf(other).errors?.includes('precondition_failed'));

const objectOf = (key: OperationKey, books: Books): OperationObject => {
  const operation = operationOf(key);
  const { summary, description, download, response } = operation;
  const answer = jsonOf(key, response, 'output', books);
  const parameters = parametersOf(key, operation, books);
  return {
    operationId: operationId(key, { isList: isList(answer, books.book.named), isFile: download !== undefined }),
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tagOf(key)],
    security: securityOf(key),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestOf(key, books),
    responses: {
      200: successOf(operation, answer, { isIdempotent: takesIdempotencyKey(key), hasEtag: hasEtag(key) }),
      ...(isConditional(key, operation) ? { 304: notModified } : {}),
      ...books.errors.of(errorsOf(key, operation)),
    },
  };
};

const pathsOf = (books: Books): OpenApiDocument['paths'] => {
  const paths: OpenApiDocument['paths'] = {};
  for (const key of keys) {
    const path = pathOf(key).replace(/:(\w+)/g, '{$1}');
    const method = key.slice(0, key.indexOf(' ')).toLowerCase();
    paths[path] = { ...paths[path], [method]: objectOf(key, books) };
  }
  return paths;
};

const byName = <Value>(values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/**
 * The OpenAPI document of everything that the contract names.
 * @param serverUrl the origin at which this server is reached
 * @throws an error that says what the document lacks: an example, a chapter, the meaning of an error code
 */
export const openApiDocument = (serverUrl: string): OpenApiDocument => {
  const book = schemaBook();
  const missing = new Set<string>();
  const exampleOf = exampleMaker(book.named, (field) => missing.add(field));
  const books: Books = { book, errors: errorBook(), exampleOf };
  book.of(ErrorBody, 'output');
  const paths = pathsOf(books);
  const webhooks = eventsOf(book, exampleOf);
  if (missing.size > 0) {
    throw new Error(`No example of ${[...missing].join(', ')}: give one in example-values.ts`);
  }
  const { tags, groups } = chaptersOf(keys);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Zenskar portal API',
      version: portalVersion,
      summary: 'Invoices, payments and entitlements of your customers, and the portal that shows them',
      description: introduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl, description: 'This server' }],
    tags,
    'x-tagGroups': groups,
    paths,
    webhooks,
    components: {
      securitySchemes,
      parameters: headerParameters,
      headers,
      examples: byName(books.errors.examples),
      responses: byName(books.errors.responses),
      schemas: byName(book.named),
    },
  };
};
