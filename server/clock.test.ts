import { expect, test } from 'vitest';
import { idSequence, newId } from './clock.ts';
import { testClock } from './testing/test-clock.ts';

const uuidv7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the ids of a sequence are UUIDv7 of its moment, each behind the one before', () => {
  const clock = testClock();
  const next = idSequence(clock);
  const ids = Array.from({ length: 1_000 }, () => next());
  expect(ids.every((id) => uuidv7.test(id))).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids[0]?.slice(0, 13)).toBe(newId(clock).slice(0, 13));
});

test('two sequences of one moment give no id twice, and nobody can guess the next', () => {
  const clock = testClock();
  const [first, second] = [idSequence(clock), idSequence(clock)];
  const ids = Array.from({ length: 500 }, () => [first(), second()]).flat();
  expect(new Set(ids).size).toBe(1_000);
  expect(new Set(ids.map((id) => id.slice(-10))).size).toBe(1_000);
});

test('what comes later sorts behind', () => {
  const clock = testClock();
  const earlier = idSequence(clock)();
  clock.advance(1);
  expect(idSequence(clock)() > earlier).toBe(true);
});
