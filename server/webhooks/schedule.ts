const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** What the Standard Webhooks specification recommends: after each failed attempt, how long until the next. */
const delaysMs = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

const longestRetryAfterMs = 24 * hourMs;
const jitter = 0.1;

/**
 * How long to wait after the given number of failed attempts, or undefined when it is time to give up. Up to a tenth
 * longer than the schedule says (`random` is from 0 to 1), so that what failed together does not come back together; and
 * as long as the receiver asks for, up to a day.
 */
export const delayAfter = (attempts: number, retryAfterMs: number, random: number): number | undefined => {
  const delayMs = delaysMs[attempts - 1];
  return delayMs === undefined
    ? undefined
    : Math.max(Math.round(delayMs * (1 + jitter * random)), Math.min(retryAfterMs, longestRetryAfterMs));
};
