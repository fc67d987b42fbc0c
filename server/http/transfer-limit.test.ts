import { expect, it } from 'vitest';
import { transferLimit } from './transfer-limit.ts';

it('gives each so many places, and each back once it is free', () => {
  const limit = transferLimit(2);
  const leave = limit.enter('a');
  limit.enter('a');
  expect(() => limit.enter('a')).toThrow('Too many downloads or bulk changes at once');
  limit.enter('b');
  leave();
  limit.enter('a');
  expect(() => limit.enter('a')).toThrow();
});

it('bounds what all do together', () => {
  const limit = transferLimit(1);
  const leaves = Array.from({ length: 8 }, (_, index) => limit.enter(`caller ${index}`));
  expect(() => limit.enter('one more')).toThrow();
  leaves[0]?.();
  limit.enter('one more');
});

it('sets no bound when it is 0', () => {
  const limit = transferLimit(0);
  for (let count = 0; count < 100; count += 1) {
    limit.enter('a');
  }
});
