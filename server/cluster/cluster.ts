import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isWorkerFailure, serving as servingMessage } from './worker-process.ts';
import type { WorkerFailure } from './worker-process.ts';

/** Server processes beside each other. */
export interface RunningCluster {
  /** Rejects with a {@link WorkersFailed} when no worker is left and none can be started. */
  failed: Promise<never>;
  /** Asks every worker to end, and settles when all have. @throws when one did not end cleanly */
  close(): Promise<void>;
}

/** Workers cannot be started, and this is what the last one said. */
export class WorkersFailed extends Error {
  readonly code: string;

  constructor({ code, message }: WorkerFailure) {
    super(message);
    this.code = code;
  }
}

interface WorkerEnd {
  code: number | null;
  signal: string | null;
  failure: WorkerFailure | undefined;
  servedMs: number;
}

const shortestPauseMs = 100;
const longestPauseMs = 30_000;
/** Who has served for so long did not end for want of a start. */
const steadyMs = 60_000;
/** Starts in a row that may fail while no other worker serves. */
const mostFailedStarts = 5;

const reasonOfEnd = ({ code, signal, failure }: WorkerEnd): WorkerFailure =>
  failure ?? { code: 'start_failed', message: `A worker ended with ${signal ?? `exit code ${String(code)}`}` };

/**
 * Starts as many workers as asked for: processes that run this same program and learn from `environmentOf` which one they
 * are, from 1. One that dies is replaced, at once and then ever less eagerly. They end with this process, however it ends.
 * @throws WorkersFailed when one of the first cannot start; the others have ended then
 */
export const startCluster = async (
  size: number,
  environmentOf: (position: number) => Record<string, string | undefined>,
  log: Logger,
): Promise<RunningCluster> => {
  const ending = new AbortController();
  const alive = new Set<Worker>();
  const serving = new Set<Worker>();
  let uncleanEnds = 0;
  let isUp = false;
  let fail = (_reason: WorkersFailed): void => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);

  const signalAll = (name: NodeJS.Signals): void => {
    for (const worker of alive) {
      worker.process.kill(name);
    }
  };
  process.once('exit', () => {
    signalAll('SIGKILL');
  });

  /** Settles when the worker has ended; `onServing` is called before, unless it ended instead of serving. */
  const run = (position: number, onServing: () => void): Promise<WorkerEnd> =>
    new Promise((resolve) => {
      const worker = cluster.fork(environmentOf(position));
      alive.add(worker);
      let servesSince: number | undefined;
      let failure: WorkerFailure | undefined;
      worker.on('message', (message: unknown) => {
        if (isWorkerFailure(message)) {
          failure = message;
        } else if (message === servingMessage) {
          servesSince = performance.now();
          serving.add(worker);
          onServing();
        }
      });
      worker.once('exit', (code: number | null, signal: string | null) => {
        alive.delete(worker);
        serving.delete(worker);
        resolve({ code, signal, failure, servedMs: servesSince === undefined ? 0 : performance.now() - servesSince });
      });
    });

  /** Keeps one place taken until the end. */
  const keep = async (position: number, onServing: () => void): Promise<void> => {
    let failures = 0;
    let failedStarts = 0;
    for (;;) {
      const end = await run(position, onServing);
      if (ending.signal.aborted) {
        uncleanEnds += end.code === 0 || end.signal === 'SIGTERM' ? 0 : 1;
        return;
      }
      const reason = reasonOfEnd(end);
      failedStarts = end.servedMs === 0 ? failedStarts + 1 : 0;
      if (failedStarts > 0 && (!isUp || (failedStarts >= mostFailedStarts && serving.size === 0))) {
        fail(new WorkersFailed(reason));
        return;
      }
      log.error({ worker: position, reason: reason.message }, 'a worker is gone; another takes its place');
      failures = end.servedMs >= steadyMs ? 0 : failures + 1;
      const pauseMs = Math.min(shortestPauseMs * 2 ** (failures - 1), longestPauseMs);
      await delay(failures === 0 ? 0 : pauseMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) {
        return;
      }
    }
  };

  const places: Promise<void>[] = [];
  const starts = Array.from(
    { length: size },
    (_, index) =>
      new Promise<void>((resolve) => {
        places.push(keep(index + 1, resolve));
      }),
  );
  const close = async (): Promise<void> => {
    ending.abort();
    signalAll('SIGTERM');
    await Promise.all(places);
    if (uncleanEnds > 0) {
      throw new Error(`${uncleanEnds} of ${size} workers did not end cleanly`);
    }
  };
  try {
    await Promise.race([Promise.all(starts), failed]);
    isUp = true;
    return { failed, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
};
