import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { ErrorBody } from '#contract/errors.ts';

type Refusal = Pick<ErrorBody, 'code' | 'message' | 'retryable'> & { status: number };

const refusalOf = (code: string | undefined): Refusal => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        code: 'payload_too_large',
        message: 'The address or a header is too long',
        retryable: false,
      };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, code: 'request_invalid', message: 'The request did not come to its end', retryable: true };
    default:
      return { status: 400, code: 'request_invalid', message: 'This is not an HTTP request', retryable: false };
  }
};

/** How long a client that has been refused may take to read that. */
const lingerMs = 1000;

/** Answers, in the one error shape, what Node cannot read as a request. The error holds its raw text: never log it. */
export const onClientError =
  (log: Logger) =>
  (error: NodeJS.ErrnoException, socket: Duplex): void => {
    // What has been written may be an answer that is not at its end: nothing may get into it.
    const hasAnswered = socket instanceof Socket && socket.bytesWritten > 0;
    if (!socket.writable || hasAnswered || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { status, ...refusal } = refusalOf(error.code);
    const body: ErrorBody = { ...refusal, request_id: randomUUID() };
    const text = JSON.stringify(body);
    log.info({ request_id: body.request_id, reason: error.code, status }, 'request refused');
    const linger = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => {
      clearTimeout(linger);
    });
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        `x-request-id: ${body.request_id}`,
        'content-type: application/json; charset=utf-8',
        'cache-control: no-store',
        'x-content-type-options: nosniff',
        "content-security-policy: default-src 'none'; frame-ancestors 'none'",
        `content-length: ${Buffer.byteLength(text)}`,
        'connection: close',
        '',
        text,
      ].join('\r\n'),
    );
  };
