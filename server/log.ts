import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { scopeOfLogLine } from './tracing/work-scope.ts';

/** What PostgreSQL tells of an error quotes the row that it is about. */
const redact = ['req.headers', 'headers', 'err.detail', 'err.where', 'err.internalQuery'];

/** What waits to be written while nobody takes the log, because its disk is full, for example; the rest is dropped. */
const unwrittenLogBytes = 1_000_000;

/**
 * Log lines go to standard error: standard output belongs to the commands' answers. Those of a worker say which it is:
 * all workers of a machine write into one log.
 */
export const createLog = ({ logLevel, worker }: Pick<Config, 'logLevel' | 'worker'>): Logger => {
  const destination = pino.destination({ dest: 2, maxLength: unwrittenLogBytes });
  // A log that cannot be written is no reason to end: the portal would be gone for want of a line.
  destination.on('error', () => undefined);
  const log = pino({ level: logLevel, redact, mixin: scopeOfLogLine }, destination);
  return worker === null ? log : log.child({ worker });
};
