import type { Clock } from '../clock.ts';
import { isLeaseOver } from '../database/request-leases.ts';
import type { Lease, Lessor } from '../database/request-leases.ts';
import { tooMany } from './errors.ts';

/** Counts the requests of each key or session, over all processes on one database. */
export interface RequestLimit {
  /** @throws HttpError 429 `rate_limited` with Retry-After, at once or by the promise */
  count(id: string): void | Promise<void>;
}

interface Held extends Lease {
  left: number;
}

const minuteMs = 60_000;

/**
 * Allows so many requests in the minute that a caller's first one begins, at any pace. This process counts down in memory
 * what it has been granted of them, and asks for more when that is used up; so a request costs a question to the database
 * now and then, and all processes together never let more pass than is allowed.
 */
export const requestLimit = (
  name: string,
  aMinute: number,
  lessor: Pick<Lessor, 'lease'>,
  clock: Clock,
): RequestLimit => {
  if (aMinute === 0) {
    return { count: () => undefined };
  }
  const holdings = new Map<string, Held>();
  const questions = new Map<string, Promise<void>>();
  let sweepAt = 0;

  const sweep = (now: number): void => {
    for (const [id, held] of holdings) {
      if (isLeaseOver(held.endsAt, now)) {
        holdings.delete(id);
      }
    }
    sweepAt = now + minuteMs;
  };

  const hold = (id: string, lease: Lease): void => {
    holdings.set(id, { ...lease, left: lease.granted });
  };

  /** Whether the request may pass; undefined when only the database knows. */
  const passes = (id: string, now: number): true | undefined => {
    const held = holdings.get(id);
    if (held === undefined || isLeaseOver(held.endsAt, now)) {
      return undefined;
    }
    if (held.left > 0) {
      held.left -= 1;
      return true;
    }
    if (held.granted === 0) {
      throw tooMany('requests', held.endsAt - now);
    }
    return undefined;
  };

  /** Those that come meanwhile wait for the same answer. */
  const ask = (id: string, now: number): void | Promise<void> => {
    const asked = lessor.lease(`${name}:${id}`, aMinute, now);
    if (!(asked instanceof Promise)) {
      hold(id, asked);
      return;
    }
    const question = asked
      .then((lease) => {
        hold(id, lease);
      })
      .finally(() => {
        questions.delete(id);
      });
    questions.set(id, question);
    return question;
  };

  const count = (id: string): void | Promise<void> => {
    const now = clock.now();
    // Also when the clock was set back, lest anybody wait for it to come to where it was.
    if (now >= sweepAt || sweepAt - now > minuteMs) {
      sweep(now);
    }
    while (passes(id, now) === undefined) {
      const answer = questions.get(id) ?? ask(id, now);
      if (answer !== undefined) {
        return answer.then(() => count(id));
      }
    }
  };
  return { count };
};
