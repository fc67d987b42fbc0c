import type { RequestHandler, Response } from 'express';
import type { Db } from '../database/transaction.ts';
import { Id } from '#contract/primitives.ts';
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

const setHeaders = (res: Response, headers: Record<string, string>): void => {
  for (const [name, value] of Object.entries(headers)) {
    res.setHeader(name, value);
  }
};

/** What every answer carries. */
export const baseHeaders: RequestHandler = (_req, res, next) => {
  setHeaders(res, everywhere);
  next();
};

/** Answers that are data: nothing in them may ever run or be framed. */
export const apiHeaders: RequestHandler = (_req, res, next) => {
  setHeaders(res, {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
  });
  next();
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
  try {
    const { client_id, azp } = readToken(bearerToken(authorization) ?? '');
    return client_id === organisationId && azp === origin;
  } catch {
    return false;
  }
};

/**
 * CORS of the portal API: exactly the organisation's origins, without credentials, because the token is a header.
 * Other origins get no header, so that their browser keeps the answer from them.
 */
export const portalCors =
  (db: Db, readToken: AccessTokenReader): RequestHandler =>
  async (req, res, next) => {
    res.setHeader('vary', 'Origin');
    const origin = req.get('origin');
    const organisationId = Id.safeParse(req.params['organisation_id']).data;
    const isAllowed =
      origin !== undefined &&
      organisationId !== undefined &&
      (isOriginOfToken(readToken, req.get('authorization'), { organisationId, origin }) ||
        (await hasAllowedOrigin(db, { organisationId }, origin)));
    if (isAllowed) {
      setHeaders(res, {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'Content-Disposition, ETag, Retry-After, X-Request-Id',
        'cross-origin-resource-policy': 'cross-origin',
      });
    }
    if (req.method !== 'OPTIONS') {
      next();
      return;
    }
    if (isAllowed) {
      setHeaders(res, {
        'access-control-allow-methods': 'GET, POST, PATCH',
        'access-control-allow-headers': 'Authorization, Content-Type, If-Match',
        'access-control-max-age': '7200',
      });
    }
    res.status(204).end();
  };
