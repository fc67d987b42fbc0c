import type { OperationKey } from '#contract/api.ts';
import type { Operation } from '#contract/operation.ts';
import type { ExampleMaker } from './examples.ts';
import type { JsonSchema, SchemaBook } from './json-schema.ts';
import type { Parameter, Reference } from './model.ts';
import { takesIdempotencyKey, treeOf } from './trees.ts';

/** Headers that operations share, by the name of the component. */
export const headerParameters = {
  ApiVersion: {
    name: 'apiversion',
    in: 'header',
    description: 'A version of the dialect. Both are answered alike.',
    schema: { type: 'string', enum: ['20230501', '20240301'], default: '20230501' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Of your choice, one a request: for 24 hours the same request with the same key runs once, and is answered alike.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    example: '4f9a1c86-invoice-0117',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` of the record that was read.',
    required: true,
    schema: { type: 'string' },
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of the answer that the caller has: where it is still that, the answer is 304 and empty.',
    schema: { type: 'string' },
    example: 'W/"mYt0Vb2kq8Hc5rJx1nGf7A"',
  },
  IfMatchOptional: {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` of the record that was read: the change is refused when it is no longer that.',
    schema: { type: 'string' },
    example: '"3"',
  },
} as const satisfies Record<string, Parameter>;

/** What a customer reads need not be sent to one who has it. */
export const isConditional = (key: OperationKey, { download }: Operation): boolean =>
  treeOf(key) === 'portal' && key.startsWith('GET ') && download === undefined;

const header = (name: keyof typeof headerParameters): Reference => ({ $ref: `#/components/parameters/${name}` });

const headersOf = (key: OperationKey, operation: Operation): Reference[] => {
  const { errors = [] } = operation;
  const ifMatch = errors.includes('precondition_required') ? 'IfMatch' : 'IfMatchOptional';
  return [
    ...(treeOf(key) === 'merchant' ? [header('ApiVersion')] : []),
    ...(takesIdempotencyKey(key) ? [header('IdempotencyKey')] : []),
    ...(errors.includes('precondition_failed') ? [header(ifMatch)] : []),
    ...(isConditional(key, operation) ? [header('IfNoneMatch')] : []),
  ];
};

const paging = ['cursor', 'limit', 'order', 'sort_key', 'sort_type', 'search'];

/** Paging first, then what has no operator, then the filters with one. */
const rank = (name: string): number => {
  const place = paging.indexOf(name);
  return place !== -1
    ? place
    : paging.length + (name.replace(/^(customer|contract|invoice)__/, '').includes('__') ? 1 : 0);
};

const inPath = (name: string, schema: JsonSchema, example: unknown): Parameter => ({
  name,
  in: 'path',
  description: schema.description ?? `The ${name.replace(/_id$/, '').replaceAll('_', ' ')}.`,
  required: true,
  schema,
  example,
});

const suffixes: Record<string, string> = {
  in: 'is one of these',
  gte: 'is at or after this',
  lte: 'is at or before this',
};

/** `due_date__gte` is "due_date is at or after this". */
const describe = (name: string): string => {
  const [, field = name, suffix = ''] = /^(.+)__([a-z]+)$/.exec(name) ?? [];
  return `\`${field}\` ${suffixes[suffix] ?? 'is this'}.`;
};

const inQuery = (name: string, schema: JsonSchema, required: { example: unknown } | undefined): Parameter => {
  const { description = describe(name), ...rest } = schema;
  return {
    name,
    in: 'query',
    description,
    ...(required === undefined ? {} : { required: true, example: required.example }),
    ...(rest.type === 'array' ? { style: 'form', explode: true } : {}),
    schema: rest,
  };
};

const shapeOf = (
  book: SchemaBook,
  schema: Operation['query'],
): Required<Pick<JsonSchema, 'properties' | 'required'>> => {
  const { properties = {}, required = [] } = schema === undefined ? {} : book.of(schema, 'input');
  return { properties, required };
};

/** The path, the query one by one, and the headers of an operation. */
export const parametersOf = (
  key: OperationKey,
  operation: Operation,
  { book, exampleOf }: { book: SchemaBook; exampleOf: ExampleMaker },
): (Parameter | Reference)[] => {
  const exampleIn = (field: string, schema: JsonSchema): unknown =>
    exampleOf(schema, { field, owner: '', isRequest: true });
  const path = shapeOf(book, operation.params);
  const query = shapeOf(book, operation.query);
  return [
    ...Object.entries(path.properties).map(([name, schema]) => inPath(name, schema, exampleIn(name, schema))),
    ...Object.entries(query.properties)
      .toSorted(([one], [other]) => rank(one) - rank(other))
      .map(([name, schema]) => {
        const isRequired = query.required.includes(name);
        return inQuery(name, schema, isRequired ? { example: exampleIn(name, schema) } : undefined);
      }),
    ...headersOf(key, operation),
  ];
};
