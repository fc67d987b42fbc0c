import BetterSqlite from 'better-sqlite3';
import { RateLimiterPostgres, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Counters } from '../database/open.ts';
import { isDatabaseBusy, isDatabaseGone, isStorageFull, untilNotBusy } from '../database/transaction.ts';
import type { Dependencies, RateLimits } from '../dependencies.ts';
import { tooMany } from './errors.ts';
import type { HttpError } from './errors.ts';
import { requestLimit } from './request-limit.ts';
import { transferLimit } from './transfer-limit.ts';

const limiter = (
  counters: Counters,
  name: string,
  { points, durationS }: { points: number; durationS: number },
): Promise<RateLimiterAbstract> =>
  new Promise((resolve, reject) => {
    if (!(counters instanceof BetterSqlite)) {
      resolve(
        new RateLimiterPostgres({
          storeClient: counters,
          storeType: 'pool',
          tableName: 'rate_limit',
          tableCreated: true,
          clearExpiredByTimeout: false,
          keyPrefix: name,
          points,
          duration: durationS,
        }),
      );
      return;
    }
    const created: RateLimiterAbstract = new RateLimiterSQLite(
      {
        storeClient: counters,
        storeType: 'better-sqlite3',
        tableName: 'rate_limit',
        keyPrefix: name,
        points,
        duration: durationS,
      },
      (error?: Error) => {
        if (error === undefined || error === null) {
          resolve(created);
        } else {
          reject(error);
        }
      },
    );
  });

/** Opens the counters on a connection of their own, so that a rollback elsewhere takes no count back. */
export const openRateLimits = async (
  counters: Counters,
  { config, clock }: Pick<Dependencies, 'config' | 'clock'>,
): Promise<RateLimits> => ({
  staffLogin: await untilNotBusy(() => limiter(counters, 'staff_login', { points: 10, durationS: 900 })),
  credentialFailure: await untilNotBusy(() => limiter(counters, 'credential', { points: 60, durationS: 60 })),
  keyRequests: requestLimit(config.requestsAMinute.key, clock),
  sessionRequests: requestLimit(config.requestsAMinute.session, clock),
  transfers: transferLimit(config.transfersAtOnce),
});

/**
 * Forgets the counts whose time is over: every address that ever failed would else stay for good. For want of space or of
 * the lock it leaves them to the next time.
 */
export const forgetOldCounts = async (counters: Counters): Promise<void> => {
  try {
    if (counters instanceof BetterSqlite) {
      counters.prepare('delete from rate_limit where expire < ?').run(Date.now());
    } else {
      await counters.query('delete from rate_limit where expire < $1', [Date.now()]);
    }
  } catch (error) {
    if (!isDatabaseBusy(error) && !isStorageFull(error) && !isDatabaseGone(error)) {
      throw error;
    }
  }
};

const limited = ({ msBeforeNext }: RateLimiterRes): HttpError => tooMany('failed attempts', msBeforeNext);

const count = async (failures: RateLimiterAbstract, key: string): Promise<void> => {
  try {
    await untilNotBusy(() => failures.consume(key));
  } catch (error) {
    throw error instanceof RateLimiterRes ? limited(error) : error;
  }
};

/**
 * Runs an attempt to authenticate by a random secret; undefined is a failure and counts against `key`. A good secret is
 * let in whatever was counted: nobody guesses 256 bits, but anybody may share the address of somebody who tries.
 * @throws HttpError the given `failure`, or past the limit 429 `rate_limited` with Retry-After
 */
export const refuseAfterFailures = async <Caller>(
  failures: RateLimiterAbstract,
  key: string,
  failure: () => HttpError,
  attempt: () => Promise<Caller | undefined>,
): Promise<Caller> => {
  const caller = await attempt();
  if (caller !== undefined) {
    return caller;
  }
  const state = await failures.get(key);
  if (state !== null && state.consumedPoints >= failures.points) {
    throw limited(state);
  }
  await count(failures, key).catch((error: unknown) => {
    // What cannot be counted now fails all the same.
    if (!isStorageFull(error) && !isDatabaseBusy(error)) {
      throw error;
    }
  });
  throw failure();
};

/**
 * Runs an attempt to authenticate by a password, which can be guessed and takes long to check: it counts before it is
 * tried, and is given back when it succeeds, so that trying many at once is no way around the limits.
 * @throws HttpError the given `failure`, or 429 `rate_limited` with Retry-After
 */
export const refuseAfterAttempts = async <Caller>(
  limits: readonly { failures: RateLimiterAbstract; key: string }[],
  failure: () => HttpError,
  attempt: () => Promise<Caller | undefined>,
): Promise<Caller> => {
  for (const { failures, key } of limits) {
    await count(failures, key);
  }
  const caller = await attempt();
  if (caller === undefined) {
    throw failure();
  }
  for (const { failures, key } of limits) {
    await untilNotBusy(() => failures.reward(key));
  }
  return caller;
};
