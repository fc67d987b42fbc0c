import BetterSqlite from 'better-sqlite3';
import { RateLimiterPostgres, RateLimiterRes, RateLimiterSQLite } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Counters } from '../database/open.ts';
import type { Lease, Lessor } from '../database/request-leases.ts';
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

const lettingPassMs = 60_000;

/** What cannot be counted now, for want of space or of the lock, passes. */
const forgiving = (lessor: Lessor): Pick<Lessor, 'lease'> => {
  const forgive = (error: unknown, nowMs: number): Lease => {
    if (!isStorageFull(error) && !isDatabaseBusy(error)) {
      throw error;
    }
    return { granted: 1, endsAt: nowMs + lettingPassMs };
  };
  return {
    lease: (name, allowance, nowMs) => {
      try {
        const asked = lessor.lease(name, allowance, nowMs);
        return asked instanceof Promise ? asked.catch((error: unknown) => forgive(error, nowMs)) : asked;
      } catch (error) {
        return forgive(error, nowMs);
      }
    },
  };
};

/**
 * Failed attempts are counted on connections of their own, so that a rollback elsewhere takes no count back; requests are
 * handed out by the lessor.
 */
export const openRateLimits = async (
  counters: Counters,
  lessor: Lessor,
  { config, clock }: Pick<Dependencies, 'config' | 'clock'>,
): Promise<RateLimits> => ({
  staffLogin: await untilNotBusy(() => limiter(counters, 'staff_login', { points: 10, durationS: 900 })),
  credentialFailure: await untilNotBusy(() => limiter(counters, 'credential', { points: 60, durationS: 60 })),
  keyRequests: requestLimit('key', config.requestsAMinute.key, forgiving(lessor), clock),
  sessionRequests: requestLimit('session', config.requestsAMinute.session, forgiving(lessor), clock),
  transfers: transferLimit(config.transfersAtOnce),
});

/**
 * Forgets the counts whose time is over: every address that ever failed would else stay for good. For want of space or of
 * the lock it leaves them to the next time.
 */
export const forgetOldCounts = async (
  counters: Counters,
  lessor: Lessor,
  { clock, log }: Pick<Dependencies, 'clock' | 'log'>,
): Promise<void> => {
  try {
    await lessor.forget(clock.now());
    if (counters instanceof BetterSqlite) {
      counters.prepare('delete from rate_limit where expire < ?').run(Date.now());
    } else {
      await counters.query('delete from rate_limit where expire < $1', [Date.now()]);
    }
  } catch (error) {
    if (!isDatabaseBusy(error) && !isStorageFull(error) && !isDatabaseGone(error)) {
      log.error({ err: error }, 'counts whose time is over could not be forgotten');
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
