import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { migrate } from './database/migrate.ts';
import { openCounters, openDatabase } from './database/open.ts';
import type { Dependencies } from './dependencies.ts';
import { onClientError } from './http/client-error.ts';
import { openRateLimits } from './http/rate-limit.ts';
import { createWebhookWorker } from './webhooks/worker.ts';

/** A server that is listening. */
export interface RunningServer {
  port: number;
  dependencies: Dependencies;
  /** Finishes the requests and webhooks under way, then closes the database. */
  close(): Promise<void>;
}

/** Log lines go to standard error: standard output belongs to the commands' answers. */
const createLog = (level: Config['logLevel']): Logger =>
  pino({ level, redact: ['req.headers', 'headers'] }, pino.destination(2));

/**
 * Opens and migrates the database, and listens.
 * @throws when the database cannot be opened or the port is taken
 */
export const startServer = async (config: Config, clock: Clock = systemClock): Promise<RunningServer> => {
  const log = createLog(config.logLevel);
  const db = openDatabase(config.databaseUrl);
  const counters = openCounters(config.databaseUrl);
  const closeDatabase = async (): Promise<void> => {
    await db.destroy();
    counters.close();
  };
  try {
    await migrate(db);
    const dependencies = { db, clock, config, log, rateLimits: await openRateLimits(counters) };
    const app = createApp(dependencies);
    const server = await new Promise<ReturnType<typeof app.listen>>((resolve, reject) => {
      const listening = app.listen(config.port, config.host, (error) => {
        if (error === undefined) {
          resolve(listening);
        } else {
          reject(error);
        }
      });
      listening.on('clientError', onClientError(log));
    });
    const webhooks = createWebhookWorker(dependencies);
    if (config.deliversWebhooks) {
      webhooks.start();
    }
    return {
      port: (server.address() as AddressInfo).port,
      dependencies,
      close: async () => {
        await new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeIdleConnections();
        });
        await webhooks.close();
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
};
