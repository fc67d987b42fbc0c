import type { Clock } from '../clock.ts';

/** A clock that stands still until it is told. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export const testClock = (start = '2026-11-23T12:00:00.000Z'): TestClock => {
  let now = Date.parse(start);
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
};
