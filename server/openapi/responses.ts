import type { ErrorCode } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import { errorMeaning } from './error-codes.ts';
import type { Header, MediaType, Reference, Response } from './model.ts';

export const headers = {
  ETag: {
    description:
      'The version of what was read: send it back as `If-Match` with a change, as `If-None-Match` to read again.',
    schema: { type: 'string' },
  },
  IdempotentReplayed: {
    description: '`true` where an earlier request with the same `Idempotency-Key` was answered.',
    schema: { type: 'string', const: 'true' },
  },
  RequestId: {
    description: 'The name of the request, to quote to support.',
    schema: { type: 'string', format: 'uuid' },
  },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' }, example: 1 },
} as const satisfies Record<string, Header>;

export const headerOf = (name: keyof typeof headers): Reference => ({ $ref: `#/components/headers/${name}` });

const requestId = { 'X-Request-Id': headerOf('RequestId') };

/** To a caller who has the answer. */
export const notModified: Response = {
  description: 'Nothing has changed since the answer whose `ETag` the request names.',
  headers: { ...requestId, ETag: headerOf('ETag') },
};

const exampleOfError = (code: ErrorCode): unknown => {
  const { meaning, retryable = false } = errorMeaning(code);
  const detail = [{ loc: ['body', 'customer_id'], msg: 'Invalid UUID', type: 'invalid_format' }];
  return {
    code,
    message: code === 'request_invalid' ? 'body.customer_id: Invalid UUID' : meaning.replaceAll('`', ''),
    request_id: '6f1b9a52-31c4-4e1d-9d0a-1f6a2c7be0d3',
    retryable,
    ...(code === 'session_ended' ? { reason: 'idle' } : {}),
    ...(code === 'request_invalid' ? { detail } : {}),
  };
};

/** Collects the error answers that operations share: one for every set of codes. */
export interface ErrorBook {
  /** The error answers of an operation, by status. */
  of(codes: readonly ErrorCode[]): Record<string, Reference>;
  responses: Record<string, Response>;
  examples: Record<string, { summary: string; value: unknown }>;
}

export const errorBook = (): ErrorBook => {
  const responses: ErrorBook['responses'] = {};
  const examples: ErrorBook['examples'] = {};

  const responseOf = (status: string, codes: readonly ErrorCode[]): Response => {
    for (const code of codes) {
      examples[code] = { summary: code, value: exampleOfError(code) };
    }
    const mayWait = codes.some((code) => errorMeaning(code).retryable === true && status !== '401');
    return {
      description: codes.map((code) => `\`${code}\`: ${errorMeaning(code).meaning}`).join('\n\n'),
      headers: { ...requestId, ...(mayWait ? { 'Retry-After': headerOf('RetryAfter') } : {}) },
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/Error' },
          examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
        },
      },
    };
  };

  const of: ErrorBook['of'] = (codes) => {
    const byStatus = Map.groupBy(codes, (code) => String(errorMeaning(code).status));
    const statuses = [...byStatus].toSorted(([one], [other]) => one.localeCompare(other));
    return Object.fromEntries(
      statuses.map(([status, group]) => {
        const name = `${status}.${group.join('.')}`;
        responses[name] ??= responseOf(status, group);
        return [status, { $ref: `#/components/responses/${name}` }];
      }),
    );
  };

  return { of, responses, examples };
};

const fileNames: Record<string, string> = {
  'application/pdf': 'A PDF file.',
  'application/zip': 'A zip file.',
  'text/csv': 'A CSV file.',
};

/** The answer of an operation that went well. */
export const successOf = (
  operation: Operation,
  answer: MediaType | undefined,
  { isIdempotent, hasEtag }: { isIdempotent: boolean; hasEtag: boolean },
): Response => {
  const { download = [] } = operation;
  const files = download.map((type): [string, MediaType] => [
    type,
    { schema: { type: 'string', contentMediaType: type, format: 'binary' } },
  ]);
  const json =
    answer === undefined ? [] : [[operation.isStream === true ? 'application/x-ndjson' : 'application/json', answer]];
  const description = download.map((type) => fileNames[type] ?? type).join(' ');
  return {
    description: operation.isStream === true ? 'One result a line.' : description || 'It is done.',
    headers: {
      ...requestId,
      ...(isIdempotent ? { 'Idempotent-Replayed': headerOf('IdempotentReplayed') } : {}),
      ...(hasEtag ? { ETag: headerOf('ETag') } : {}),
    },
    content: Object.fromEntries([...files, ...json]) as Record<string, MediaType>,
  };
};
