import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { closeCounters, openCounters } from '../database/open.ts';
import { openLessor } from '../database/request-leases.ts';
import type { Lessor } from '../database/request-leases.ts';
import { testClock } from '../testing/test-clock.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { HttpError } from './errors.ts';
import { requestLimit } from './request-limit.ts';
import type { RequestLimit } from './request-limit.ts';

const second = 1000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** As one process has it. */
const openOwnLessor = (): Lessor => {
  const { databaseUrl } = server.dependencies.config;
  const counters = openCounters(databaseUrl);
  const lessor = openLessor(databaseUrl, counters);
  onTestFinished(async () => {
    lessor.close();
    await closeCounters(counters);
  });
  return lessor;
};

let names = 0;

/** So many processes that count the same callers. */
const start = (aMinute: number, processes = 1) => {
  const clock = testClock();
  names += 1;
  const limits = Array.from({ length: processes }, () =>
    requestLimit(`test-${names}`, aMinute, openOwnLessor(), clock),
  );
  const [limit = limits[0] as never] = limits;
  return { clock, limit, limits };
};

/** How many requests pass in a row. */
const passing = async (limit: RequestLimit, id: string, most = 1000): Promise<number> => {
  for (let passed = 0; passed < most; passed += 1) {
    try {
      await limit.count(id);
    } catch {
      return passed;
    }
  }
  return most;
};

const refusal = async (limit: RequestLimit, id: string): Promise<HttpError> => {
  try {
    await limit.count(id);
  } catch (error) {
    if (error instanceof HttpError) {
      return error;
    }
  }
  throw new Error('It was not refused');
};

it('lets so many pass at once, and each other caller as many', async () => {
  const { limit } = start(60);
  expect([await passing(limit, 'a'), await passing(limit, 'b'), await passing(limit, 'a')]).toEqual([60, 60, 0]);
});

it('lets as many pass again when the minute is over that the first one began', async () => {
  const { clock, limit } = start(60);
  expect(await passing(limit, 'a', 40)).toBe(40);
  clock.advance(59 * second);
  expect(await passing(limit, 'a')).toBe(20);
  clock.advance(second);
  expect(await passing(limit, 'a')).toBe(60);
  clock.advance(3600 * second);
  expect(await passing(limit, 'a')).toBe(60);
});

it('says when to come back, and then lets pass', async () => {
  const { clock, limit } = start(6);
  await passing(limit, 'a');
  clock.advance(50 * second);
  const { status, code, options } = await refusal(limit, 'a');
  expect([status, code, options.retryable, options.headers]).toEqual([
    429,
    'rate_limited',
    true,
    { 'retry-after': '10' },
  ]);
  clock.advance(10 * second);
  expect(await passing(limit, 'a')).toBe(6);
});

it('begins anew when the clock was set back', async () => {
  const { clock, limit } = start(60);
  await passing(limit, 'a');
  clock.advance(-86_400 * second);
  expect(await passing(limit, 'a')).toBe(60);
});

it('lets no more pass where the clocks of two processes are some seconds apart', async () => {
  const [behind, ahead] = [testClock(), testClock()];
  ahead.advance(5 * second);
  const [first, other] = [ahead, behind].map((clock) => requestLimit('apart', 60, openOwnLessor(), clock));
  let passed = await passing(first as RequestLimit, 'a', 40);
  passed += await passing(other as RequestLimit, 'a');
  passed += await passing(first as RequestLimit, 'a');
  expect(passed).toBe(60);
});

it('lets everything pass when it is 0', async () => {
  expect(await passing(start(0).limit, 'a')).toBe(1000);
});

it.each([1, 7, 60, 600])(
  'lets %i pass, no more and no fewer, of what comes to four processes at once',
  async (most) => {
    const { clock, limits } = start(most, 4);
    const sendAll = async (): Promise<number> => {
      const lanes = Array.from({ length: 12 }, async (_, lane) => {
        let passed = 0;
        for (let request = 0; request < most; request += 1) {
          const limit = limits[(lane + request) % limits.length] as RequestLimit;
          passed += await Promise.resolve()
            .then(() => limit.count('a'))
            .then(
              () => 1,
              () => 0,
            );
        }
        return passed;
      });
      return (await Promise.all(lanes)).reduce((sum, one) => sum + one, 0);
    };
    expect(await sendAll()).toBe(most);
    clock.advance(59 * second);
    expect(await sendAll()).toBe(0);
    clock.advance(second);
    expect(await sendAll()).toBe(most);
  },
);

it('asks the database now and then only', async () => {
  const lessor = openOwnLessor();
  let questions = 0;
  const counted: Pick<Lessor, 'lease'> = {
    lease: (...asked) => {
      questions += 1;
      return lessor.lease(...asked);
    },
  };
  const limit = requestLimit('asks', 6000, counted, testClock());
  await passing(limit, 'a', 300);
  expect(questions).toBe(1);
  await passing(limit, 'a', 5700);
  expect(questions).toBeLessThan(6000 / 40);
  expect(await passing(limit, 'a')).toBe(0);
  const asked = questions;
  await passing(limit, 'a');
  expect(questions).toBe(asked);
});

it('forgets the counts whose time is over', async () => {
  const { clock } = start(60);
  const lessor = openOwnLessor();
  expect((await lessor.lease('forgotten', 20, clock.now())).granted).toBe(1);
  expect((await lessor.lease('forgotten', 1, clock.now())).granted).toBe(0);
  await lessor.forget(clock.now());
  expect((await lessor.lease('forgotten', 1, clock.now())).granted).toBe(0);
  await lessor.forget(clock.now() + 60 * second + 1);
  expect((await lessor.lease('forgotten', 1, clock.now())).granted).toBe(1);
});

it('asks once, though time passes while it asks', async () => {
  let at = 0;
  let questions = 0;
  const clock = { now: () => (at += 1) };
  const lessor = {
    lease: (_name: string, _allowance: number, nowMs: number) => {
      questions += 1;
      if (questions > 1) {
        throw new Error('It asks again and again');
      }
      return { granted: 5, endsAt: nowMs + 60 * second };
    },
  };
  await requestLimit('moving', 100, lessor, clock).count('somebody');
  expect(questions).toBe(1);
});
