import { expect, it } from 'vitest';
import { transferLimit } from './transfer-limit.ts';
import type { TransferCaller } from './transfer-limit.ts';

const caller = (id: string, organisationId = 'northwind'): TransferCaller => ({ id, organisationId });

it('gives each so many places, and each back once it is free', () => {
  const limit = transferLimit(2);
  const leave = limit.enter(caller('a'));
  limit.enter(caller('a'));
  expect(() => limit.enter(caller('a'))).toThrow('Too many downloads or bulk changes at once');
  limit.enter(caller('b'));
  leave();
  limit.enter(caller('a'));
  expect(() => limit.enter(caller('a'))).toThrow();
});

it('leaves places for others, however many callers an organisation has', () => {
  const limit = transferLimit(1);
  const leaves = Array.from({ length: 4 }, (_, index) => limit.enter(caller(`${index}`)));
  expect(() => limit.enter(caller('one more'))).toThrow();
  limit.enter(caller('another', 'contoso'));
  leaves[0]?.();
  limit.enter(caller('one more'));
});

it('bounds what all do together', () => {
  const limit = transferLimit(1);
  const leaves = Array.from({ length: 8 }, (_, index) => limit.enter(caller(`${index}`, `organisation ${index}`)));
  expect(() => limit.enter(caller('one more', 'contoso'))).toThrow();
  leaves[0]?.();
  limit.enter(caller('one more', 'contoso'));
});

it('sets no bound when it is 0', () => {
  const limit = transferLimit(0);
  for (let count = 0; count < 100; count += 1) {
    limit.enter(caller('a'));
  }
});
