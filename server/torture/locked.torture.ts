import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addFigure } from '../testing/figures.ts';
import { holdLock } from '../testing/lock-holder.ts';
import { makeSite } from '../testing/server-process.ts';
import type { ServerProcess, Site } from '../testing/server-process.ts';

const writers = 20;
const rounds = 2;
const waitIsBoundedByMs = 4000;
const quickMs = 250;

let site: Site;
let server: ServerProcess;
let headers: Record<string, string>;
beforeAll(async () => {
  site = await makeSite();
  server = await site.start();
  headers = { organisation: site.organisation.id, 'x-api-key': site.organisation.apiKey };
});
afterAll(() => site.remove());

interface Timed {
  status: number;
  code: unknown;
  retryAfter: string | null;
  tookMs: number;
}

const send = async (method: string, path: string, body?: unknown): Promise<Timed> => {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { code } = (await response.json()) as { code?: unknown };
  const tookMs = performance.now() - startedAt;
  return { status: response.status, code, retryAfter: response.headers.get('retry-after'), tookMs };
};

/** Asks again and again until it is stopped. */
const poll = (path: string): { stop: () => Promise<Timed[]> } => {
  let isOver = false;
  const polling = (async () => {
    const answers: Timed[] = [];
    while (!isOver) {
      answers.push(await send('GET', path));
      await delay(2);
    }
    return answers;
  })();
  return {
    stop: () => {
      isOver = true;
      return polling;
    },
  };
};

const percentile = (answers: readonly Timed[], part: number): number => {
  const sorted = answers.map(({ tookMs }) => tookMs).sort((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Infinity);
};

const newCustomer = () => send('POST', '/customers', { customer_name: 'Aurora Analytics' });

const names = (): number => {
  const sqlite = site.open();
  const count = Number(sqlite.prepare('select count(*) from customer').pluck().get());
  sqlite.close();
  return count;
};

it.each(['immediate', 'exclusive'] as const)(
  'refuses writes in time and serves everything else, while another process holds the lock (%s)',
  async (mode) => {
    await newCustomer();
    const before = names();
    const lock = await holdLock(site.file, mode);
    const [live, ready, reads] = [poll('/health/live'), poll('/health/ready'), poll('/customers?limit=10')];
    const refused: Timed[] = [];
    for (let round = 0; round < rounds; round += 1) {
      refused.push(...(await Promise.all(Array.from({ length: writers }, newCustomer))));
    }
    const answers = { live: await live.stop(), ready: await ready.stop(), reads: await reads.stop() };
    await lock.release();

    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 503, code: 'database_busy', retryAfter: '1' });
      expect(answer.tookMs).toBeGreaterThan(1500);
      expect(answer.tookMs).toBeLessThan(waitIsBoundedByMs);
    }
    for (const { status } of [...answers.live, ...answers.ready, ...answers.reads]) {
      expect(status).toBe(200);
    }
    expect(percentile(answers.live, 0.99)).toBeLessThan(quickMs);
    expect(percentile(answers.reads, 0.99)).toBeLessThan(quickMs);
    expect(names()).toBe(before);
    expect((await newCustomer()).status).toBe(200);
    addFigure(`writes refused under a lock (${mode})`, refused.length);
    addFigure(`longest wait of one, ms (${mode})`, percentile(refused, 1));
    addFigure(`p99 of /health/live meanwhile, ms (${mode})`, percentile(answers.live, 0.99));
    addFigure(
      `reads meanwhile, and their p99 in ms (${mode})`,
      `${answers.reads.length}, ${percentile(answers.reads, 0.99)}`,
    );
  },
);

it('is held up by nobody who tries keys, while another process holds the lock', async () => {
  const lock = await holdLock(site.file, 'immediate');
  const live = poll('/health/live');
  const guess = () =>
    fetch(`${server.url}/customers`, { headers: { organisation: crypto.randomUUID(), 'x-api-key': 'zsk_guess' } });
  const guessed = await Promise.all(Array.from({ length: writers }, guess));
  const answers = await live.stop();
  await lock.release();
  expect(new Set(guessed.map(({ status }) => status))).toEqual(new Set([401]));
  expect(percentile(answers, 0.99)).toBeLessThan(quickMs);
  addFigure('p99 of /health/live in ms while 20 keys are guessed under a lock', percentile(answers, 0.99));
});

it('waits for a lock that is soon let go', async () => {
  const lock = await holdLock(site.file, 'immediate');
  const writing = Promise.all(Array.from({ length: writers }, newCustomer));
  await delay(500);
  await lock.release();
  expect((await writing).map(({ status }) => status)).toEqual(Array.from({ length: writers }, () => 200));
});
