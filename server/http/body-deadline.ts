import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { onClientError } from './client-error.ts';
import { hasBody } from './json-body.ts';

/** How long a request may take to bring its body, from when its headers are there. */
const bodyMs = 30_000;

export interface BodyDeadlines {
  /** Gives each request with a body its time; then it is answered 408, if it has not been, and cut. */
  begin: RequestHandler;
  /** The body is a stream: it may take as long as it likes, and only its pauses are bounded. */
  lift(req: Request): void;
}

export const bodyDeadlines = (log: Logger): BodyDeadlines => {
  const timers = new WeakMap<Request, NodeJS.Timeout>();
  const giveUp = onClientError(log);
  return {
    begin: (req, _res, next) => {
      if (hasBody(req)) {
        const timer = setTimeout(() => {
          giveUp(Object.assign(new Error('The body takes too long'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), req.socket);
        }, bodyMs);
        timers.set(req, timer);
        req.once('close', () => {
          clearTimeout(timer);
        });
      }
      next();
    },
    lift: (req) => {
      clearTimeout(timers.get(req));
    },
  };
};
