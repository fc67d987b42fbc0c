import type { Clock } from '../clock.ts';
import { tooMany } from './errors.ts';

/** Counts the requests of each key or session, in memory: a restart forgets, and each process counts for itself. */
export interface RequestLimit {
  /** @throws HttpError 429 `rate_limited` with Retry-After */
  count(id: string): void;
}

const minuteMs = 60_000;

/**
 * Allows so many requests a minute, at any pace: whoever has used them up gets one more each time that a minute's share
 * of one has passed. Of each caller only the moment is kept at which all of its requests will have been paid for.
 */
export const requestLimit = (aMinute: number, clock: Clock): RequestLimit => {
  if (aMinute === 0) {
    return { count: () => undefined };
  }
  const priceMs = minuteMs / aMinute;
  const paidAt = new Map<string, number>();
  let sweepAt = 0;
  const sweep = (now: number): void => {
    for (const [id, moment] of paidAt) {
      if (moment <= now || moment > now + minuteMs) {
        paidAt.delete(id);
      }
    }
    sweepAt = now + minuteMs;
  };
  return {
    count: (id) => {
      const now = clock.now();
      // Also when the clock was set back, lest anybody wait for it to come to where it was.
      if (now >= sweepAt || sweepAt - now > minuteMs) {
        sweep(now);
      }
      const debtMs = Math.max((paidAt.get(id) ?? 0) - now, 0) + priceMs;
      if (debtMs > minuteMs) {
        throw tooMany('requests', debtMs - minuteMs);
      }
      paidAt.set(id, now + debtMs);
    },
  };
};
