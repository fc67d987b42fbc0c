import { expect, it } from 'vitest';
import { testClock } from '../testing/test-clock.ts';
import { HttpError } from './errors.ts';
import { requestLimit } from './request-limit.ts';
import type { RequestLimit } from './request-limit.ts';

const second = 1000;

const start = (aMinute: number) => {
  const clock = testClock();
  return { clock, limit: requestLimit(aMinute, clock) };
};

/** How many requests pass in a row. */
const passing = (limit: RequestLimit, id: string, most = 1000): number => {
  for (let passed = 0; passed < most; passed += 1) {
    try {
      limit.count(id);
    } catch {
      return passed;
    }
  }
  return most;
};

const refusal = (limit: RequestLimit, id: string): HttpError => {
  try {
    limit.count(id);
  } catch (error) {
    if (error instanceof HttpError) {
      return error;
    }
  }
  throw new Error('It was not refused');
};

it('lets so many pass at once, and each other caller as many', () => {
  const { limit } = start(60);
  expect([passing(limit, 'a'), passing(limit, 'b'), passing(limit, 'a')]).toEqual([60, 60, 0]);
});

it('gives one back for each share of the minute, and all after a minute', () => {
  const { clock, limit } = start(60);
  passing(limit, 'a');
  clock.advance(3 * second);
  expect(passing(limit, 'a')).toBe(3);
  clock.advance(60 * second);
  expect(passing(limit, 'a')).toBe(60);
  clock.advance(3600 * second);
  expect(passing(limit, 'a')).toBe(60);
});

it('says when to come back, and then lets pass', () => {
  const { clock, limit } = start(6);
  passing(limit, 'a');
  const { status, code, options } = refusal(limit, 'a');
  expect([status, code, options.retryable, options.headers]).toEqual([
    429,
    'rate_limited',
    true,
    { 'retry-after': '10' },
  ]);
  clock.advance(10 * second);
  expect(passing(limit, 'a')).toBe(1);
});

it('forgets when the clock was set back', () => {
  const { clock, limit } = start(60);
  passing(limit, 'a');
  clock.advance(-86_400 * second);
  expect(passing(limit, 'a')).toBe(60);
});

it('lets everything pass when it is 0', () => {
  expect(passing(start(0).limit, 'a')).toBe(1000);
});
