import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** Names every request, so that a customer can quote it and a log line can be found by it. */
export const requestId: RequestHandler = (_req, res, next) => {
  res.setHeader('x-request-id', randomUUID());
  next();
};

/** One line a request that changes something or fails. It names the route, never the address: that may hold a token. */
export const requestLog =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    res.on('finish', () => {
      if (req.method === 'GET' && res.statusCode < 400) {
        return;
      }
      log.info(
        {
          request_id: res.getHeader('x-request-id'),
          method: req.method,
          route: (req.route as { path?: string } | undefined)?.path ?? 'none',
          status: res.statusCode,
        },
        'request',
      );
    });
    next();
  };
