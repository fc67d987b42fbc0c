import type { z } from 'zod';
import type { ErrorCode, ErrorDetail } from '#contract/errors.ts';

interface ErrorOptions {
  retryable?: boolean;
  /** Why, for a program: for example how a session ended. */
  reason?: string;
  detail?: ErrorDetail[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** The one error that answers are made of. Everything else that is thrown becomes a bare 500. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly options: ErrorOptions;

  constructor(status: number, code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.status = status;
    this.code = code;
    this.options = options;
  }
}

/** Missing and somebody else's are the same answer. */
export const notFound = (code: ErrorCode = 'not_found', message = 'There is nothing here'): HttpError =>
  new HttpError(404, code, message);

export const unauthorized = (code: ErrorCode, message: string, options?: ErrorOptions): HttpError =>
  new HttpError(401, code, message, options);

export const forbidden = (code: ErrorCode, message: string, options?: ErrorOptions): HttpError =>
  new HttpError(403, code, message, options);

/** A 422 that names each refused field. */
export const invalid = (detail: ErrorDetail[], code: ErrorCode = 'request_invalid'): HttpError =>
  new HttpError(422, code, detail.map((entry) => `${entry.loc.join('.')}: ${entry.msg}`).join('; '), { detail });

/** A 409: another record of the kind has this external id. */
export const externalIdTaken = (externalId: string, field = 'external_id'): HttpError =>
  new HttpError(409, 'external_id_taken', `Another record has the external id ${externalId}`, {
    detail: [{ loc: ['body', field], msg: 'Another record has this external id', type: 'unique' }],
  });

/** A 422: the body names a record that is not there, or is somebody else's. */
export const referenceUnknown = (field: string, noun: string): HttpError =>
  invalid([{ loc: ['body', field], msg: `There is no such ${noun}`, type: 'reference_unknown' }]);

export const payloadTooLarge = (): HttpError =>
  new HttpError(413, 'payload_too_large', 'The request body is too large');

/** A 429 that says when to come back. */
export const tooMany = (what: string, waitMs: number): HttpError => {
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1000));
  return new HttpError(429, 'rate_limited', `Too many ${what}; try again in ${retryAfterS} s`, {
    retryable: true,
    headers: { 'retry-after': String(retryAfterS) },
  });
};

/** Where a value was sent, as the dialect names it. */
export type RequestPart = 'path' | 'query' | 'body';

/** Zod's issues in the dialect's form. An unknown key is named as a location of its own. */
export const detailOf = (part: RequestPart, error: z.ZodError): ErrorDetail[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ loc: [part, ...path, key], msg: 'Unknown field', type: 'extra_forbidden' }))
      : [{ loc: [part, ...path], msg: issue.message, type: issue.code }];
  });
