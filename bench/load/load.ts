import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One request of a load; a connection sends them in turn, each connection beginning at another. */
export interface LoadRequest {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface LoadOrder {
  origin: string;
  requests: readonly LoadRequest[];
  /** How long new requests are sent. */
  ms: number;
  /** How many requests are under way at once. */
  connections: number;
  /** Requests a second in all; as many as are answered, when absent. */
  rate?: number;
  /** The only status that is no error. */
  status: number;
}

export interface LoadAnswer {
  completed: number;
  elapsedMs: number;
  p50Ms: number;
  p99Ms: number;
}

/** A load generator, in a process of its own. */
export interface Load {
  /** @throws at any answer of another status, and at any connection that breaks */
  run(order: LoadOrder): Promise<LoadAnswer>;
  stop(): void;
}

export const startLoad = (): Load => {
  const child = fork(fileURLToPath(new URL('load-process.ts', import.meta.url)), { serialization: 'advanced' });
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        const ended = (): void => {
          reject(new Error('The load generator ended'));
        };
        child.once('exit', ended).once('message', (answer: LoadAnswer | { problem: string }) => {
          child.off('exit', ended);
          if ('problem' in answer) {
            reject(new Error(`${order.origin} under load: ${answer.problem}`));
          } else {
            resolve(answer);
          }
        });
        child.send(order);
      }),
    stop: () => {
      child.kill();
    },
  };
};
