import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { DatabaseTooNewError } from '../database/run-migrations.ts';
import { startServer } from '../server.ts';
import type { RunningServer } from '../server.ts';
import { addCommand, CommandError, databaseUrlOf, prepareFolder, reasonOf } from './command-line.ts';
import type { Terminal } from './command-line.ts';
import { closeAtEnd, endSignal } from './end-signal.ts';

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** Starts the portal, and says in one line why it cannot. */
export const startOrExplain = async (
  environment: Terminal['environment'],
  terminal: Terminal,
): Promise<RunningServer> => {
  const config = readConfig(environment);
  await prepareFolder(config.databaseUrl);
  try {
    return await startServer(config, terminal.clock);
  } catch (error) {
    if (error instanceof DatabaseTooNewError) {
      throw error;
    }
    throw isPortTaken(error)
      ? new CommandError('port_taken', `Port ${config.port} is in use by another program`)
      : new CommandError('start_failed', `The portal cannot start: ${reasonOf(error)}`);
  }
};

export const addServeCommand = (program: Command, terminal: Terminal): void => {
  addCommand(program, terminal, 'serve', 'serve the portal, with its settings from the environment', async () => {
    const environment = { ...terminal.environment, DATABASE_URL: databaseUrlOf(terminal) };
    // Before the start: asked to end meanwhile, it brings the start to its end first.
    const asked = endSignal();
    const server = await startOrExplain(environment, terminal);
    closeAtEnd(asked, () => server.close());
    const { publicOrigin } = server.dependencies.config;
    return {
      document: { api_url: publicOrigin, port: server.port },
      text: `Serving ${publicOrigin} on port ${server.port}. Ctrl-C ends it.`,
    };
  });
};
