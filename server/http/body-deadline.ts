import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { onClientError } from './client-error.ts';
import { hasBody } from './json-body.ts';

/** How long a request may take to bring its body, from when its headers are there. */
const bodyMs = 30_000;

export interface BodyDeadlines {
  /** Gives each request with a body its time; then it is answered 408, if it has not been, and cut. */
  begin(req: IncomingMessage): void;
  /** The body is a stream: it may take as long as it likes, and only its pauses are bounded. */
  lift(req: IncomingMessage): void;
}

export const bodyDeadlines = (log: Logger): BodyDeadlines => {
  const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>();
  const giveUp = onClientError(log);
  return {
    begin: (req) => {
      if (hasBody(req)) {
        const timer = setTimeout(() => {
          giveUp(Object.assign(new Error('The body takes too long'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), req.socket);
        }, bodyMs);
        timers.set(req, timer);
        req.once('close', () => {
          clearTimeout(timer);
        });
      }
    },
    lift: (req) => {
      clearTimeout(timers.get(req));
    },
  };
};
