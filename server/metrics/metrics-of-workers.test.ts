import { EventEmitter } from 'node:events';
import type { Cluster, Worker } from 'node:cluster';
import { setImmediate as soon } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { MetricsOfWorkers } from './metrics-of-workers.ts';
import { createMetrics } from './prometheus.ts';

const route = '/invoices';

/** What a worker's side of the channel to its primary is. */
class Channel extends EventEmitter {
  readonly id: number;
  readonly source = createMetrics({ version: '1.0.0', database: 'sqlite' });
  answers = true;

  constructor(id: number) {
    super();
    this.id = id;
  }

  isConnected(): boolean {
    return true;
  }

  send({ metricsQuestion }: { metricsQuestion: number }): void {
    if (this.answers) {
      void this.source.snapshot().then((snapshot) => {
        this.emit('message', structuredClone({ metricsReply: metricsQuestion, snapshot }));
      });
    } else {
      this.emit('exit');
    }
  }

  serve(times: number): void {
    for (let index = 0; index < times; index += 1) {
      this.source.metrics.requestBegan();
      this.source.metrics.requestEnded({ method: 'GET', route, status: 200, durationMs: 3 });
    }
  }
}

const stage = (...channels: Channel[]) => {
  const cluster = Object.assign(new EventEmitter(), {
    workers: Object.fromEntries(channels.map((channel) => [channel.id, channel as unknown as Worker])),
  });
  const metrics = new MetricsOfWorkers(cluster as unknown as Cluster);
  const count = async (): Promise<number> => {
    const [, found] = /http_request_duration_seconds_count\{[^}]*\} (\d+)/.exec(await metrics.text()) ?? [];
    return Number(found ?? 0);
  };
  const lose = async (channel: Channel): Promise<void> => {
    Reflect.deleteProperty(cluster.workers, channel.id);
    cluster.emit('exit', channel);
    await soon();
  };
  return { cluster, metrics, count, lose };
};

it('adds the workers up, and says once what all have in common', async () => {
  const [first, second] = [new Channel(1), new Channel(2)];
  const { metrics, count } = stage(first, second);
  first.serve(3);
  second.serve(4);
  expect(await count()).toBe(7);
  expect(await metrics.text()).toMatch(/^portal_build_info\{[^}]*\} 1$/m);
  expect(await metrics.text()).toMatch(/http_request_duration_seconds_bucket\{le="0.005",[^}]*\} 7$/m);
});

it('keeps what a worker counted that is gone', async () => {
  const [first, second, third] = [new Channel(1), new Channel(2), new Channel(3)];
  const { cluster, count, lose } = stage(first, second);
  first.serve(3);
  second.serve(4);
  await count();
  await lose(first);
  expect(await count()).toBe(7);
  Object.assign(cluster.workers, { 3: third });
  third.serve(1);
  expect(await count()).toBe(8);
  await lose(second);
  expect(await count()).toBe(8);
});

it('leaves a worker out that dies while it is asked', async () => {
  const [first, second] = [new Channel(1), new Channel(2)];
  const { count } = stage(first, second);
  first.serve(3);
  second.answers = false;
  expect(await count()).toBe(3);
});
