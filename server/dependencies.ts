import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './database/transaction.ts';
import type { RequestLimit } from './http/request-limit.ts';
import type { TransferLimit } from './http/transfer-limit.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { Tracing } from './tracing/tracing.ts';

export interface RateLimits {
  /** Failed attempts by client address; in the database, so that a restart forgets nothing. */
  staffLogin: RateLimiterAbstract;
  credentialFailure: RateLimiterAbstract;
  /** What those do who have authenticated themselves: processes are granted some at a time, for each request is counted. */
  keyRequests: RequestLimit;
  sessionRequests: RequestLimit;
  transfers: TransferLimit;
}

/** Everything that the app is a function of. */
export interface Dependencies {
  db: Db;
  /** The same database for whoever asks whether it answers, busy as `db` may be. */
  probedDb: Db;
  clock: Clock;
  config: Config;
  log: Logger;
  rateLimits: RateLimits;
  metrics: Metrics;
  tracing: Tracing;
  /** Aborted when this process begins to end: it still answers, but new work should go elsewhere. */
  ending: AbortSignal;
}
