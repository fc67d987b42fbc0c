import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { LoadAnswer, LoadOrder, LoadRequest } from './load.ts';

const bytesOf = (host: string, { method, path, headers = {}, body }: LoadRequest): Buffer => {
  const content = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host, ...headers, ...content }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

const run = async ({ origin, requests, ms, connections, rate, status }: LoadOrder): Promise<LoadAnswer> => {
  const { host, port } = new URL(origin);
  const prepared = requests.map((request) => bytesOf(host, request));
  const lanes = Array.from({ length: connections }, () => new Connection(Number(port)));
  await Promise.all(lanes.map((lane) => lane.open()));
  const latencies: number[] = [];
  const start = performance.now();
  let sent = 0;

  const next = (turn: number): Buffer => prepared[turn % prepared.length] ?? Buffer.alloc(0);
  const once = async (lane: Connection, request: Buffer): Promise<void> => {
    const sentAt = performance.now();
    const answered = await lane.send(request);
    if (answered !== status) {
      throw new Error(`answered ${answered}, not ${status}`);
    }
    latencies.push(performance.now() - sentAt);
  };
  const isTime = (): boolean => performance.now() - start < ms;

  /** Its next request goes when the one before is answered. */
  const keepBusy = async (lane: Connection, first: number): Promise<void> => {
    for (let turn = first; isTime(); turn += 1) {
      await once(lane, next(turn));
    }
  };
  /** Its next request goes when it is due, if the one before is answered by then. */
  const keepPace = async (lane: Connection, requestsASecond: number): Promise<void> => {
    while (isTime()) {
      const dueAt = start + (1000 * sent) / requestsASecond;
      sent += 1;
      const waitMs = dueAt - performance.now();
      if (waitMs > 0) await delay(waitMs);
      await once(lane, next(sent));
    }
  };

  try {
    const stride = Math.max(1, Math.floor(prepared.length / connections));
    await Promise.all(
      lanes.map((lane, index) => (rate === undefined ? keepBusy(lane, index * stride) : keepPace(lane, rate))),
    );
  } finally {
    for (const lane of lanes) lane.close();
  }
  const elapsedMs = performance.now() - start;
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    completed: latencies.length,
    elapsedMs,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
  };
};

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : String(error) }),
  );
});
