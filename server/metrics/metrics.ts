import type { ErrorCode } from '#contract/errors.ts';
import type { DatabaseObserver } from '../database/observed-dialect.ts';
import type { QueueFigures } from './queue.repository.ts';

/** A request that has been answered, or that broke off before it was. */
export interface EndedRequest {
  method: string;
  /** The pattern, never the address; undefined where no route was found. */
  route: string | undefined;
  /** Undefined when the connection was gone before the answer was out. */
  status: number | undefined;
  durationMs: number;
}

export type TransactionOutcome = 'committed' | 'rolled_back' | 'refused';

/** Takes note of what happens. Each call costs less than a microsecond. */
export interface Metrics {
  requestBegan(): void;
  requestEnded(request: EndedRequest): void;
  errorAnswered(code: ErrorCode): void;
  webhookAttempted(outcome: 'delivered' | 'failed'): void;
  /** Sees transactions; undefined while nothing is counted. */
  readonly database: DatabaseObserver | undefined;
}

/** What one process has taken note of. */
export interface MetricsSource {
  metrics: Metrics;
  /** From now on also tells how long the queue of webhooks is. */
  watchQueue(count: () => Promise<QueueFigures>): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  /** For another process to add to its own. */
  snapshot(): Promise<object[]>;
}

const ignore = (): void => undefined;

/** While nobody asks for metrics, nothing is counted. */
export const noMetrics: Metrics = {
  requestBegan: ignore,
  requestEnded: ignore,
  errorAnswered: ignore,
  webhookAttempted: ignore,
  database: undefined,
};
