import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';

/** Says once that there is a proxy in front which the settings do not know of: all clients would look like one. */
export const warnOfProxy = (log: Logger): ((req: IncomingMessage) => void) => {
  let isWarned = false;
  return (req) => {
    if (!isWarned && req.headers['x-forwarded-for'] !== undefined) {
      isWarned = true;
      log.warn('X-Forwarded-For is ignored because TRUST_PROXY is 0: set it to the number of proxies in front');
    }
  };
};
