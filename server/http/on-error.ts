import type { ServerResponse } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type { ErrorBody } from '#contract/errors.ts';
import type { Dependencies } from '../dependencies.ts';
import { isDatabaseBusy, isDatabaseGone, isStorageFull } from '../database/transaction.ts';
import { HttpError, notFound, payloadTooLarge } from './errors.ts';

const ofRequest = (error: Error & { type?: unknown; status?: unknown }): HttpError | undefined => {
  if (error instanceof URIError) {
    return notFound();
  }
  switch (error.type) {
    case 'entity.too.large':
      return payloadTooLarge();
    case 'entity.parse.failed':
      return new HttpError(400, 'json_malformed', 'The request body is not valid JSON');
    case 'entity.verify.failed':
      return new HttpError(400, 'json_malformed', 'The request body is not valid UTF-8');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new HttpError(415, 'media_type_unsupported', 'Send the request body as UTF-8 JSON');
    default:
      return error.status === 400
        ? new HttpError(400, 'json_malformed', 'The request body is incomplete or damaged')
        : undefined;
  }
};

const retryAfter = (seconds: number, cause: Error) => ({
  retryable: true,
  headers: { 'retry-after': String(seconds) },
  cause,
});

const ofDatabase = (error: Error): HttpError | undefined => {
  if (isDatabaseBusy(error)) {
    return new HttpError(503, 'database_busy', 'The database is busy; try again', retryAfter(1, error));
  }
  if (isStorageFull(error)) {
    return new HttpError(503, 'storage_full', 'No space is left to save this', retryAfter(5, error));
  }
  if (isDatabaseGone(error)) {
    return new HttpError(503, 'database_unavailable', 'The database cannot be reached now', retryAfter(2, error));
  }
  return undefined;
};

/** What an error of any kind is to the caller. */
export const asHttpError = (error: unknown): HttpError => {
  if (error instanceof HttpError) {
    return error;
  }
  const known = error instanceof Error ? (ofRequest(error) ?? ofDatabase(error)) : undefined;
  return known ?? new HttpError(500, 'internal_error', 'Something went wrong on our side', { cause: error });
};

const requestId = (res: ServerResponse): string => String(res.getHeader('x-request-id'));

/** The caller went away before it had the whole answer. */
const isHungUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Writes an error as the answer, where nothing has been answered yet. */
export type WriteError = (error: unknown, res: ServerResponse) => void;

/** The one place that writes errors. What is not an HttpError is logged whole and answered without its text. */
export const errorWriter =
  ({ log, metrics }: Pick<Dependencies, 'log' | 'metrics'>): WriteError =>
  (error, res) => {
    if (res.headersSent) {
      if (!isHungUp(error)) {
        log.error({ err: error, request_id: requestId(res) }, 'answer broken off');
      }
      res.destroy();
      return;
    }
    const { status, code, message, options } = asHttpError(error);
    metrics.errorAnswered(code);
    if (status === 503) {
      // Many requests meet the same full disk: a line each, without the stack.
      log.warn({ code, request_id: requestId(res) }, 'request not served now');
    } else if (status >= 500) {
      log.error({ err: error, request_id: requestId(res) }, 'request failed');
    }
    const body: ErrorBody = {
      code,
      message,
      request_id: requestId(res),
      retryable: options.retryable ?? false,
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      ...(options.detail === undefined ? {} : { detail: options.detail }),
    };
    res.statusCode = status;
    res.setHeader('cache-control', 'no-store').setHeader('content-type', 'application/json; charset=utf-8');
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      res.setHeader(name, value);
    }
    res.end(JSON.stringify(body));
  };

/** What Express calls with the errors of its own routes. */
export const onError =
  (write: WriteError): ErrorRequestHandler =>
  (error: unknown, _req, res, _next) => {
    write(error, res);
  };
