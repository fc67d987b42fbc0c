import cluster from 'node:cluster';
import { CommandError, reasonOf } from '../command-line/command-line.ts';

/** Why a worker could not start or end well, told to its primary, which says it once for all of them. */
export interface WorkerFailure {
  code: string;
  message: string;
}

/** What a worker tells its primary when it serves. */
export const serving = 'serving';

export const isWorkerFailure = (message: unknown): message is WorkerFailure =>
  typeof message === 'object' && message !== null && 'code' in message && 'message' in message;

/**
 * Runs what a worker serves until it is asked to end: by its primary or, as its primary is, by whoever ends the whole
 * group of processes. Being asked again changes nothing: how patient to be is for the primary to decide.
 */
export const runWorker = async (start: () => Promise<{ close: () => Promise<void> }>): Promise<void> => {
  const asked = new Promise<void>((resolve) => {
    const settle = (): void => {
      resolve();
    };
    process.on('SIGINT', settle).on('SIGTERM', settle);
  });
  try {
    const server = await start();
    process.send?.(serving);
    await asked;
    await server.close();
  } catch (error) {
    process.exitCode = 1;
    const code = error instanceof CommandError ? error.code : 'start_failed';
    process.send?.({ code, message: reasonOf(error) } satisfies WorkerFailure);
  }
  cluster.worker?.disconnect();
};
