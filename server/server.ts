import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from './app.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { migrate } from './database/migrate.ts';
import { closeCounters, openCounters, openDatabase, openProbe, requireSuitableReplica } from './database/open.ts';
import { DatabaseUnsuitableError } from './database/postgres/require-suitable.ts';
import { openLessor } from './database/request-leases.ts';
import type { Dependencies } from './dependencies.ts';
import { onClientError } from './http/client-error.ts';
import { gracefulClose } from './http/graceful-close.ts';
import { createLimitedServer } from './http/limited-server.ts';
import { listen } from './http/listen.ts';
import { keepPinnedScripts } from './http/pinned-scripts.ts';
import { forgetOldCounts, openRateLimits } from './http/rate-limit.ts';
import { createLog } from './log.ts';
import { openTelemetry } from './telemetry.ts';
import { createWebhookWorker } from './webhooks/worker.ts';

/** A server that is listening. */
export interface RunningServer {
  port: number;
  /** Undefined where metrics are not served by this process. */
  metricsPort: number | undefined;
  dependencies: Dependencies;
  /**
   * Goes on as before for the drain time of the settings, then takes no new requests, finishes the requests and webhooks
   * under way within their time, and closes the database.
   */
  close(): Promise<void>;
}

const forgettingMs = 600_000;

/** Of a statement: those that insert many rows are long. */
const loggedLetters = 2000;

/** What the end waits for a collector of traces that does not answer. */
const sendingTracesMs = 3000;

/**
 * Opens and migrates the database, and listens.
 * @throws when the database cannot be opened or the port is taken
 */
export const startServer = async (config: Config, clock: Clock = systemClock): Promise<RunningServer> => {
  const log = createLog(config);
  const telemetry = await openTelemetry(config, log);
  const { metrics, tracing } = telemetry;
  const onReplicaGone = (error: unknown): void => {
    log.warn({ reason: (error as Error).message }, 'the replica does not answer: the primary is read instead');
  };
  const onBrokenOff = (text: string, error: Error): void => {
    log.warn({ statement: text.slice(0, loggedLetters), reason: error.message }, 'the database broke a statement off');
  };
  const db = openDatabase(config.databaseUrl, { ...config.postgres, onReplicaGone, onBrokenOff }, telemetry.database);
  const counters = openCounters(config.databaseUrl, config.postgres);
  const lessor = openLessor(config.databaseUrl, counters);
  const closeDatabase = async (): Promise<void> => {
    await db.destroy();
    lessor.close();
    await closeCounters(counters);
    await telemetry.close();
  };
  try {
    await migrate(db);
    await requireSuitableReplica(config.postgres.readUrl).catch((error: unknown) => {
      if (error instanceof DatabaseUnsuitableError) {
        throw error;
      }
      onReplicaGone(error);
    });
    if (config.worker === null) {
      await keepPinnedScripts(config.pinnedFolder, clock, log);
    }
    const ending = new AbortController();
    const rateLimits = await openRateLimits(counters, lessor, { config, clock });
    const probedDb = openProbe(db, counters);
    const dependencies = { db, probedDb, clock, config, log, rateLimits, metrics, tracing, ending: ending.signal };
    const server = createLimitedServer();
    const connections = gracefulClose(server);
    server.on('request', createApp(dependencies)).on('clientError', onClientError(log));
    const metricsPort = await telemetry.expose(db, clock);
    const port = await listen(server, { ...config, isShared: config.worker !== null });
    const forgetting = setInterval(() => void forgetOldCounts(counters, lessor, { clock, log }), forgettingMs);
    const webhooks = createWebhookWorker(dependencies);
    if (config.deliversWebhooks) {
      webhooks.start();
    }
    return {
      port,
      metricsPort,
      dependencies,
      close: async () => {
        ending.abort();
        connections.announce();
        if (config.drainMs > 0) {
          await delay(config.drainMs);
        }
        const [brokenOff] = await Promise.all([connections.close(config.shutdownMs), webhooks.close()]);
        if (brokenOff > 0) {
          log.warn({ connections: brokenOff }, 'connections broken off: they had not ended in time');
        }
        clearInterval(forgetting);
        await tracing.close(sendingTracesMs);
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
};
