import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Db } from '../database/transaction.ts';
import { bearerToken } from '../sessions/access-token.ts';
import type { AccessTokenReader } from '../sessions/access-token.ts';
import { hasAllowedOrigin } from '../organisations/organisations.service.ts';

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
};

/** What a page of ours never asks the browser for, and so no script in it can. */
export const noDevices = {
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
};

const setHeaders = (res: ServerResponse, headers: Record<string, string>): void => {
  for (const name in headers) {
    res.setHeader(name, headers[name] ?? '');
  }
};

/** Of answers that are data: nothing in them may ever run or be framed. */
const ofData = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

/** What every answer carries until a surface says otherwise. */
export const setBaseHeaders = (res: ServerResponse): void => {
  setHeaders(res, everywhere);
  setHeaders(res, ofData);
};

/** Scripts that any merchant's page may load. */
export const assetHeaders: RequestHandler = (_req, res, next) => {
  setHeaders(res, { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
  next();
};

/** A session's own token says which origin it belongs to, and authentication still asks whether that may go on. */
const isOriginOfToken = (
  readToken: AccessTokenReader,
  authorization: string | undefined,
  { organisationId, origin }: { organisationId: string; origin: string },
): boolean => {
  const token = bearerToken(authorization);
  if (token === undefined) {
    return false;
  }
  try {
    const { client_id, azp } = readToken(token);
    return client_id === organisationId && azp === origin;
  } catch {
    return false;
  }
};

/** Lets the page that asks read the answer, if it may; answers whether it may. */
export type PortalGate = (
  req: IncomingMessage,
  res: ServerResponse,
  organisationId: string | undefined,
) => boolean | Promise<boolean>;

const letRead = (res: ServerResponse, origin: string): void => {
  setHeaders(res, {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Content-Disposition, ETag, Retry-After, X-Request-Id',
    'cross-origin-resource-policy': 'cross-origin',
  });
};

/**
 * CORS of the portal API: exactly the organisation's origins, without credentials, because the token is a header.
 * Other origins get no header, so that their browser keeps the answer from them.
 */
export const portalGate =
  (db: Db, readToken: AccessTokenReader): PortalGate =>
  (req, res, organisationId) => {
    res.setHeader('vary', 'Origin');
    const { origin, authorization } = req.headers;
    if (origin === undefined || organisationId === undefined) {
      return false;
    }
    if (isOriginOfToken(readToken, authorization, { organisationId, origin })) {
      letRead(res, origin);
      return true;
    }
    return hasAllowedOrigin(db, { organisationId }, origin).then((isAllowed) => {
      if (isAllowed) {
        letRead(res, origin);
      }
      return isAllowed;
    });
  };

/** The answer to a browser that asks ahead what it may send. */
export const answerPreflight = (res: ServerResponse, isAllowed: boolean): void => {
  if (isAllowed) {
    setHeaders(res, {
      'access-control-allow-methods': 'GET, POST, PATCH',
      'access-control-allow-headers': 'Authorization, Content-Type, If-Match, If-None-Match',
      'access-control-max-age': '7200',
    });
  }
  res.statusCode = 204;
  res.end();
};
