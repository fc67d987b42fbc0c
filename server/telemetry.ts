import cluster from 'node:cluster';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { allObservers } from './database/observed-dialect.ts';
import type { DatabaseObserver } from './database/observed-dialect.ts';
import type { Db } from './database/transaction.ts';
import { noMetrics } from './metrics/metrics.ts';
import type { Metrics, MetricsSource } from './metrics/metrics.ts';
import { serveMetrics } from './metrics/metrics-server.ts';
import type { MetricsServer } from './metrics/metrics-server.ts';
import { noTracing } from './tracing/tracing.ts';
import type { Tracing } from './tracing/tracing.ts';
import { portalVersion } from './version.ts';

/** What a process tells of itself besides its log. */
export interface Telemetry {
  metrics: Metrics;
  tracing: Tracing;
  /** Sees what both want to know of the database. */
  database: DatabaseObserver | undefined;
  /**
   * Lets metrics be collected: on their own port, or in a worker through its primary. Answers the port, if there is one.
   * @throws when the port is taken
   */
  expose(db: Db, clock: Clock): Promise<number | undefined>;
  /** Lets nobody collect metrics any more. */
  close(): Promise<void>;
}

/** What is not asked for is not loaded. */
export const openTelemetry = async (config: Config, log: Logger): Promise<Telemetry> => {
  const facts = {
    version: portalVersion,
    database: config.databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgresql',
  };
  const source: MetricsSource | undefined =
    config.metrics === null ? undefined : (await import('./metrics/prometheus.ts')).createMetrics(facts);
  const metrics = source?.metrics ?? noMetrics;
  const tracing =
    config.tracing === null
      ? noTracing
      : (await import('./tracing/opentelemetry.ts')).openTracing(config.tracing, facts, log);
  let server: MetricsServer | undefined;
  return {
    metrics,
    tracing,
    database: allObservers(metrics.database, tracing.database),
    expose: async (db, clock) => {
      if (config.metrics === null || source === undefined) {
        return undefined;
      }
      const { countQueue } = await import('./metrics/queue.repository.ts');
      source.watchQueue(() => countQueue(db, clock));
      if (cluster.isWorker) {
        const { answerPrimary } = await import('./metrics/metrics-of-workers.ts');
        answerPrimary(process, source);
        return undefined;
      }
      server = await serveMetrics(config.metrics, source.text, log);
      return server.port;
    },
    close: async () => {
      await server?.close();
    },
  };
};

/**
 * In the primary of a cluster, before its workers are started: serves the metrics of all of them, added up; undefined
 * where no metrics are wanted.
 * @throws when the port is taken
 */
export const exposeWorkers = async (config: Config, log: Logger): Promise<MetricsServer | undefined> => {
  if (config.metrics === null) {
    return undefined;
  }
  const { MetricsOfWorkers } = await import('./metrics/metrics-of-workers.ts');
  const workers = new MetricsOfWorkers(cluster);
  return serveMetrics(config.metrics, () => workers.text(), log);
};
