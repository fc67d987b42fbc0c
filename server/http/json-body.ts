import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Request, RequestHandler, Response } from 'express';
import type { OperationKey } from '#contract/api.ts';
import { HttpError, payloadTooLarge } from './errors.ts';

/** An invoice may have a thousand lines. */
const limitBytesOf = (key: OperationKey): number => (key.includes(' /invoices') ? 1_048_576 : 102_400);

/**
 * As text/plain the widget's first call needs no preflight; its one-time token is the credential, so nothing is lost. No
 * other operation takes JSON by that name.
 */
const typesOf = (key: OperationKey): string[] =>
  key === 'POST /portal/:organisation_id/session/redeem' ? ['application/json', 'text/plain'] : ['application/json'];

/** Express would read a name in another encoding as question marks, and the customer would see those on the invoice. */
const requireUtf8 = (_req: IncomingMessage, _res: ServerResponse, body: Buffer): void => {
  if (!isUtf8(body)) {
    throw new Error('The request body is not UTF-8');
  }
};

/** Whether a request brings a body, of whatever kind. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;

/** The parser of Express takes requests as Node makes them. */
const runParser = (parse: RequestHandler, req: IncomingMessage, res: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => {
    void parse(req as Request, res as Response, (error?: unknown) => {
      if (error === undefined) {
        resolve();
      } else {
        reject(error instanceof Error ? error : new Error('The request body cannot be read', { cause: error }));
      }
    });
  });

/**
 * Fails as soon as more has come than is taken. The parser would read a body that is too large to its end before it said so,
 * and so wait for a client that has all the time in the world.
 */
const tooMuch = (req: IncomingMessage, limitBytes: number): Promise<never> =>
  new Promise((_resolve, reject) => {
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        reject(payloadTooLarge());
      }
    });
  });

/**
 * Makes the reader of an operation's body. Call it when the caller has been authenticated: a stranger's body is not worth
 * reading. Without a body, and with an empty one, it answers an empty object.
 * @throws HttpError 415, and what `onError` knows of bodies
 */
export const jsonReader = (
  key: OperationKey,
): ((req: IncomingMessage & { body?: unknown }, res: ServerResponse) => Promise<unknown>) => {
  const limitBytes = limitBytesOf(key);
  const parse = express.json({ limit: limitBytes, type: typesOf(key), verify: requireUtf8 });
  return async (req, res) => {
    if (!hasBody(req)) {
      return {};
    }
    if (Number(req.headers['content-length'] ?? 0) > limitBytes) {
      throw payloadTooLarge();
    }
    await Promise.race([runParser(parse, req, res), tooMuch(req, limitBytes)]);
    if (req.body === undefined) {
      throw new HttpError(415, 'media_type_unsupported', 'Send the request body as application/json');
    }
    return req.body;
  };
};
