import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Metric } from 'prom-client';
import type { DatabaseObserver, PoolFigures } from '../database/observed-dialect.ts';
import type { EndedRequest, Metrics, MetricsSource, TransactionOutcome } from './metrics.ts';
import type { QueueFigures } from './queue.repository.ts';
import { Histogram } from './tally.ts';

/** Node knows some thirty methods, most of which nobody uses but to try. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const statusClasses = ['', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Requests that make a session or a link to one, and those that redeem a token. */
const sessionOperations = {
  created: [
    'POST /customer/session',
    'POST /customers/session',
    'POST /console/api/customers/:customer_id/portal_view',
    'POST /console/api/customers/:customer_id/portal_link',
  ],
  redeemed: ['POST /portal/:organisation_id/session/redeem', 'POST /session/redeem'],
} as const;

/** The queue is counted at most so often, however many ask. */
const queueEveryMs = 10_000;

interface Facts {
  version: string;
  database: string;
}

/** Counts what this process does, for Prometheus to collect. */
export const createMetrics = ({ version, database }: Facts): MetricsSource => {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });

  let inFlight = 0;
  const requests = new Histogram(
    'http_request_duration_seconds',
    'Time from the headers of a request to the end of its answer, by route pattern',
    (method, route, status) => ({ method, route, status }),
  );
  const transactions = new Histogram(
    'portal_database_transaction_duration_seconds',
    'Time from the beginning of a write transaction to its end',
    (outcome) => ({ outcome }),
  );
  for (const histogram of [requests, transactions]) {
    // Of a metric the registry uses only what a Histogram of ours has.
    register.registerMetric(histogram as unknown as Metric);
  }
  new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests that are being answered',
    registers,
    collect() {
      this.set(inFlight);
    },
  });
  const errors = new Counter({
    name: 'portal_errors_total',
    help: 'Errors that were answered, by their code: rate_limited, database_busy, storage_full, internal_error …',
    labelNames: ['code'],
    registers,
  });
  const attempts = new Counter({
    name: 'portal_webhook_attempts_total',
    help: 'Attempts to deliver a webhook',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['delivered', 'failed']) {
    attempts.inc({ outcome }, 0);
  }
  new Counter({
    name: 'portal_sessions_total',
    help: 'Sessions that were created, and redeemed',
    labelNames: ['event'],
    registers,
    collect() {
      this.reset();
      for (const [event, keys] of Object.entries(sessionOperations)) {
        const counts = keys.map((key) => requests.count(...(key.split(' ') as [string, string]), '2xx'));
        this.inc(
          { event },
          counts.reduce((sum, one) => sum + one, 0),
        );
      }
    },
  });
  new Gauge({
    name: 'portal_build_info',
    help: 'Always 1; says what runs',
    labelNames: ['version', 'node', 'database'],
    aggregator: 'first',
    registers,
  }).set({ version, node: process.versions.node, database }, 1);

  const watchPool = (pool: PoolFigures): void => {
    new Gauge({
      name: 'portal_database_connections',
      help: 'Connections to PostgreSQL, and requests that wait for one',
      labelNames: ['state'],
      registers,
      collect() {
        this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'waiting' }, pool.waitingCount);
      },
    });
  };

  const end = (outcome: TransactionOutcome, startedAt: number): void => {
    transactions.add(outcome, '', '', (performance.now() - startedAt) / 1000);
  };
  const observer: DatabaseObserver = {
    opened: watchPool,
    began: () => {
      const startedAt = performance.now();
      return {
        ended: (outcome) => {
          end(outcome, startedAt);
        },
      };
    },
    refused: () => {
      transactions.add('refused', '', '', 0);
    },
  };

  const metrics: Metrics = {
    requestBegan: () => {
      inFlight += 1;
    },
    requestEnded: ({ method, route, status, durationMs }: EndedRequest) => {
      inFlight -= 1;
      const statusClass = status === undefined ? 'broken_off' : (statusClasses[Math.trunc(status / 100)] ?? 'other');
      requests.add(methods.has(method) ? method : 'other', route ?? 'none', statusClass, durationMs / 1000);
    },
    errorAnswered: (code) => {
      errors.inc({ code });
    },
    webhookAttempted: (outcome) => {
      attempts.inc({ outcome });
    },
    database: observer,
  };
  return {
    metrics,
    watchQueue: (count) => {
      let countedAt = -Infinity;
      let last: Promise<QueueFigures | undefined> = Promise.resolve(undefined);
      const figures = (): Promise<QueueFigures | undefined> => {
        if (performance.now() - countedAt >= queueEveryMs) {
          countedAt = performance.now();
          // While the database cannot be asked there is no figure: an old one would look like a new one.
          last = count().catch(() => undefined);
        }
        return last;
      };
      const gauge = (name: string, help: string, pick: (queue: QueueFigures) => number): void => {
        new Gauge({
          name,
          help,
          // Every process counts the same queue.
          aggregator: 'max',
          registers,
          async collect() {
            const queue = await figures();
            if (queue === undefined) {
              this.reset();
            } else {
              this.set(pick(queue));
            }
          },
        });
      };
      gauge('portal_webhook_deliveries_pending', 'Deliveries still to be attempted', ({ pending }) => pending);
      gauge(
        'portal_webhook_overdue_seconds',
        'How long the delivery that has waited longest is past its time',
        ({ overdueS }) => overdueS,
      );
    },
    text: () => register.metrics(),
    snapshot: () => register.getMetricsAsJSON(),
  };
};
