import type { Cluster, Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { MetricsSource } from './metrics.ts';

interface Question {
  metricsQuestion: number;
}

interface Reply {
  metricsReply: number;
  snapshot: Snapshot;
}

type Snapshot = { name: string; type: string; aggregator: string; values: object[] }[];

/** A worker that does not answer within this time is left out: it may be dying. */
const answerMs = 1000;

const isQuestion = (message: unknown): message is Question =>
  typeof message === 'object' && message !== null && 'metricsQuestion' in message;

const isReply = (message: unknown): message is Reply =>
  typeof message === 'object' && message !== null && 'metricsReply' in message;

/** In a worker: answers its primary's questions for metrics. */
export const answerPrimary = (worker: NodeJS.Process, source: MetricsSource): void => {
  worker.on('message', (message: unknown) => {
    if (isQuestion(message)) {
      void source.snapshot().then((snapshot) => {
        worker.send?.({ metricsReply: message.metricsQuestion, snapshot }, undefined, undefined, () => undefined);
      });
    }
  });
};

/** What only grows: it stays in the sum when who counted it is gone, or else the sum would seem to begin anew. */
const lasting = (snapshot: Snapshot): Snapshot =>
  snapshot.filter(({ type, aggregator }) => (type === 'counter' || type === 'histogram') && aggregator === 'sum');

const added = (snapshots: readonly Snapshot[]) => AggregatorRegistry.aggregate(snapshots as unknown as object[]);

/** In the primary: the workers' metrics added up, those that are gone with what they counted up to the last question. */
export class MetricsOfWorkers {
  private readonly cluster: Cluster;
  private readonly last = new Map<number, Snapshot>();
  private gone: Snapshot = [];
  private asked = 0;

  /** Begin before the first worker is started. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    cluster.on('exit', ({ id }: Worker) => {
      const left = this.last.get(id);
      this.last.delete(id);
      if (left !== undefined) {
        void added([this.gone, lasting(left)])
          .getMetricsAsJSON()
          .then((sum) => {
            this.gone = sum as unknown as Snapshot;
          });
      }
    });
  }

  /** In Prometheus' text format. */
  async text(): Promise<string> {
    const workers = Object.values(this.cluster.workers ?? {}).filter((worker) => worker !== undefined);
    const snapshots = await Promise.all(workers.map((worker) => this.ask(worker)));
    return added([this.gone, ...snapshots.filter((snapshot) => snapshot !== undefined)]).metrics();
  }

  private ask(worker: Worker): Promise<Snapshot | undefined> {
    this.asked += 1;
    const metricsQuestion = this.asked;
    return new Promise((resolve) => {
      const settle = (snapshot: Snapshot | undefined): void => {
        clearTimeout(timer);
        worker.off('message', take).off('exit', leave);
        resolve(snapshot);
      };
      const take = (message: unknown): void => {
        if (isReply(message) && message.metricsReply === metricsQuestion) {
          this.last.set(worker.id, message.snapshot);
          settle(message.snapshot);
        }
      };
      const leave = (): void => {
        settle(undefined);
      };
      const timer = setTimeout(leave, answerMs);
      worker.on('message', take).on('exit', leave);
      if (worker.isConnected()) {
        worker.send({ metricsQuestion } satisfies Question, () => undefined);
      } else {
        leave();
      }
    });
  }
}
