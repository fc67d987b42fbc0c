import { flushCompileCache } from 'node:module';
import type { Command } from 'commander';
import { startCluster, WorkersFailed } from '../cluster/cluster.ts';
import { runWorker } from '../cluster/worker-process.ts';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { DatabaseRefusedError } from '../database/run-migrations.ts';
import { requireFreePort } from '../http/listen.ts';
import { keepPinnedScripts } from '../http/pinned-scripts.ts';
import { createLog } from '../log.ts';
import { startServer } from '../server.ts';
import type { RunningServer } from '../server.ts';
import { exposeWorkers } from '../telemetry.ts';
import { addCommand, CommandError, databaseUrlOf, prepareFolder, reasonOf, withDatabase } from './command-line.ts';
import type { Answer, Terminal } from './command-line.ts';
import { closeAtEnd, endSignal } from './end-signal.ts';
import { settleMemory } from './settle-memory.ts';

type Environment = Terminal['environment'];

const isPortTaken = (error: unknown): error is NodeJS.ErrnoException & { port?: number } =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** Runs what starts the portal, and says in one line why it cannot. */
const explained = async <Result>({ port }: Config, start: () => Promise<Result>): Promise<Result> => {
  try {
    return await start();
  } catch (error) {
    if (error instanceof DatabaseRefusedError || error instanceof CommandError) {
      throw error;
    }
    if (error instanceof WorkersFailed) {
      throw new CommandError(error.code, error.message);
    }
    throw isPortTaken(error)
      ? new CommandError('port_taken', `Port ${error.port ?? port} is in use by another program`)
      : new CommandError('start_failed', `The portal cannot start: ${reasonOf(error)}`);
  }
};

/** Starts the portal in this process. */
export const startOrExplain = async (environment: Environment, terminal: Terminal): Promise<RunningServer> => {
  const config = readConfig(environment);
  await prepareFolder(config.databaseUrl);
  return explained(config, () => startServer(config, terminal.clock));
};

/** Of several processes one sends the webhooks: the others would only ask the database as often. */
const environmentOfWorker = (environment: Environment, port: number, position: number): Environment => ({
  ...environment,
  PORT: String(port),
  WEB_WORKER: String(position),
  ...(position === 1 ? {} : { WEBHOOKS_DELIVERY: 'off' }),
});

/** Keeps the translated modules for the next start, and gives back the memory that this one took. */
const settleDown = (): void => {
  flushCompileCache();
  settleMemory();
};

interface Serving {
  port: number;
  close(): Promise<void>;
}

const startWorkers = async (config: Config, environment: Environment, terminal: Terminal): Promise<Serving> => {
  const log = createLog(config);
  await withDatabase(config.databaseUrl, () => keepPinnedScripts(config.pinnedFolder, terminal.clock, log));
  const port = await requireFreePort(config.host, config.port);
  const metrics = await exposeWorkers(config, log);
  try {
    const workers = await startCluster(config.workers, (place) => environmentOfWorker(environment, port, place), log);
    workers.failed.catch((error: unknown) => {
      terminal.stderr.write(`The portal cannot go on: ${reasonOf(error)}\n`);
      process.exit(1);
    });
    return {
      port,
      close: async () => {
        await workers.close();
        await metrics?.close();
      },
    };
  } catch (error) {
    await metrics?.close();
    throw error;
  }
};

const serve = async (terminal: Terminal): Promise<Answer | undefined> => {
  const environment = { ...terminal.environment, DATABASE_URL: databaseUrlOf(terminal) };
  const config = readConfig(environment);
  if (config.worker !== null) {
    await runWorker(async () => {
      const server = await startOrExplain(environment, terminal);
      settleDown();
      return server;
    });
    return undefined;
  }
  // Before the start: asked to end meanwhile, it brings the start to its end first.
  const asked = endSignal();
  await prepareFolder(config.databaseUrl);
  const serving = await explained<Serving>(config, () =>
    config.workers === 1 ? startServer(config, terminal.clock) : startWorkers(config, environment, terminal),
  );
  settleDown();
  closeAtEnd(asked, () => serving.close());
  return {
    document: { api_url: config.publicOrigin, port: serving.port },
    text: `Serving ${config.publicOrigin} on port ${serving.port}. Ctrl-C ends it.`,
  };
};

export const addServeCommand = (program: Command, terminal: Terminal): void => {
  addCommand(program, terminal, 'serve', 'serve the portal, with its settings from the environment', () =>
    serve(terminal),
  );
};
