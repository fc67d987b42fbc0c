import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../demo/random.ts';
import { addFigure } from '../testing/figures.ts';
import { inspectable, inspectHeap, residentBytes } from '../testing/inspected-heap.ts';
import { makeSite } from '../testing/server-process.ts';
import type { Site } from '../testing/server-process.ts';
import { startSoakWalk } from '../testing/soak-walk.ts';
import type { SoakWalk } from '../testing/soak-walk.ts';

const soakMs = Number(process.env['SOAK_SECONDS'] ?? 40) * 1000;
const warmUpMs = 4000;
const measureMs = 5000;
const walkers = 8;
/** Beyond so many unanswered requests the next waits; its latency counts from when it was due. */
const unansweredAtMost = 32;
/** Of a third of the soak: the middle one of their p99s stands for it, so that one hiccup of the machine does not. */
const windowsAThird = 5;
const renewEveryMs = 60_000;
const sampleEveryMs = 500;
const megabyte = 1_048_576;

/** As `npm start` does. */
const flags = ['--max-semi-space-size=16', '--initial-old-space-size=32', '--heap-growing-percent=20'];

let site: Site;
beforeAll(async () => {
  site = await makeSite();
});
afterAll(() => site.remove());

interface Sample {
  atMs: number;
  value: number;
}

/** Requests a second, when each walker sends the next as soon as it has the answer. */
const topRate = async (walk: SoakWalk, ms: number): Promise<number> => {
  const startedAt = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: walkers }, async () => {
      while (performance.now() - startedAt < ms) {
        await walk.step();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - startedAt);
};

/** Sends at a rate, whatever becomes of the answers; latencies count from when a request was due. */
const walkAt = async (
  walk: SoakWalk,
  rate: number,
  ms: number,
): Promise<{ latencies: Sample[]; errors: unknown[] }> => {
  const startedAt = performance.now();
  const latencies: Sample[] = [];
  const errors: unknown[] = [];
  const underway = new Set<Promise<void>>();
  let renewedAt = 0;
  for (let count = 0; ; count += 1) {
    const dueMs = (count * 1000) / rate;
    if (dueMs >= ms) {
      break;
    }
    const early = dueMs - (performance.now() - startedAt);
    if (early > 1) {
      await delay(early);
    }
    if (dueMs - renewedAt >= renewEveryMs) {
      renewedAt = dueMs;
      await walk.renewAll();
    }
    const step: Promise<void> = walk
      .step()
      .then(
        () => latencies.push({ atMs: dueMs, value: performance.now() - startedAt - dueMs }),
        (error: unknown) => errors.push(error),
      )
      .then(() => {
        underway.delete(step);
      });
    underway.add(step);
    while (underway.size >= unansweredAtMost) {
      await Promise.race(underway);
    }
  }
  await Promise.all(underway);
  return { latencies, errors };
};

const between = (samples: readonly Sample[], fromMs: number, toMs: number): number[] =>
  samples.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).map(({ value }) => value);

type Third = 0 | 1 | 2;

const inThird = (samples: readonly Sample[], third: Third): number[] =>
  between(samples, (third * soakMs) / 3, ((third + 1) * soakMs) / 3);

const percentile99 = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length * 0.99)] ?? 0;

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const steady99 = (samples: readonly Sample[], third: Third): number => {
  const windowMs = soakMs / 3 / windowsAThird;
  const startMs = (third * soakMs) / 3;
  const windows = Array.from({ length: windowsAThird }, (_, index) =>
    between(samples, startMs + index * windowMs, startMs + (index + 1) * windowMs),
  );
  return median(windows.map(percentile99));
};

it(
  `walks for ${soakMs / 1000} s at half of its top rate, with flat memory, a steady p99 and no error`,
  { timeout: soakMs + 180_000 },
  async () => {
    const server = await site.start({ LOG_LEVEL: 'error' }, { flags: [...flags, ...inspectable] });
    const heap = await inspectHeap(server);
    const walk = await startSoakWalk(site, server, new Random('soak'));
    await topRate(walk, warmUpMs);
    const top = await topRate(walk, measureMs);

    const heapBefore = await heap.used();
    const resident: Sample[] = [];
    const startedAt = performance.now();
    const sampler = setInterval(() => {
      const atMs = performance.now() - startedAt;
      void residentBytes(server.pid).then((value) => resident.push({ atMs, value }));
    }, sampleEveryMs);
    const { latencies, errors } = await walkAt(walk, top / 2, soakMs);
    clearInterval(sampler);
    const heapAfter = await heap.used();
    heap.close();

    const [early, late] = [steady99(latencies, 0), steady99(latencies, 2)];
    const [residentMiddle, residentLate] = [median(inThird(resident, 1)), median(inThird(resident, 2))];
    addFigure('soak, seconds', soakMs / 1000);
    addFigure('top rate of the mixed walk, requests a second', Math.round(top));
    addFigure('requests of the soak, at half that rate', latencies.length);
    addFigure('errors of the soak', errors.length);
    addFigure('p99 in the first and the last third, ms', `${Math.round(early)}, ${Math.round(late)}`);
    addFigure(
      'resident memory in the middle and the last third, MB',
      [residentMiddle, residentLate].map((bytes) => Math.round(bytes / megabyte)).join(', '),
    );
    addFigure(
      'heap before and after, MB',
      [heapBefore, heapAfter].map((bytes) => (bytes / megabyte).toFixed(1)).join(', '),
    );

    expect(errors.slice(0, 3)).toEqual([]);
    expect(late).toBeLessThan(2 * early + 50);
    expect(residentLate - residentMiddle).toBeLessThan(12 * megabyte);
    expect(heapAfter - heapBefore).toBeLessThan(8 * megabyte);
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);
  },
);
