import { Command, CommanderError } from 'commander';
import { addApiKeyCommands } from '../api-keys/api-keys.command.ts';
import { addAuditCommands } from '../audit/audit.command.ts';
import { addBackupCommands } from '../backup/backup.command.ts';
import { addConfigureCommand } from '../branding/configuration.command.ts';
import { ConfigError } from '../config.ts';
import { acrossOrganisations } from '../database/organisation-context.ts';
import { DatabaseRefusedError } from '../database/run-migrations.ts';
import { addDemoCommand } from '../demo/demo.command.ts';
import { addImportCommand } from '../import/import.command.ts';
import { addMoveCommand } from '../move/move.command.ts';
import { addOpenApiCommand } from '../openapi/openapi.command.ts';
import { addOrganisationCommands } from '../organisations/organisations.command.ts';
import { addStaffCommands } from '../staff/staff.command.ts';
import { addWebhookCommands } from '../webhooks/webhooks.command.ts';
import { CommandError, reasonOf } from './command-line.ts';
import type { Terminal } from './command-line.ts';
import { addMigrateCommand } from './migrate.command.ts';
import { addServeCommand } from './serve.command.ts';

const failed = 1;
const misused = 2;

const programOf = (terminal: Terminal): Command => {
  const program = new Command('zenskar-portal')
    .description('Runs a customer billing portal and keeps its data.')
    .addHelpText('after', '\nThe database is DATABASE_URL, or sqlite:data/portal.sqlite.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    });
  addServeCommand(program, terminal);
  addDemoCommand(program, terminal);
  addMigrateCommand(program, terminal);
  addMoveCommand(program, terminal);
  addBackupCommands(program, terminal);
  addConfigureCommand(addOrganisationCommands(program, terminal), terminal);
  addApiKeyCommands(program, terminal);
  addStaffCommands(program, terminal);
  addWebhookCommands(program, terminal);
  addImportCommand(program, terminal);
  addAuditCommands(program, terminal);
  addOpenApiCommand(program, terminal);
  return program;
};

const inheritExitOverride = (command: Command): void => {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritExitOverride(child);
  }
};

/** The code of a failure that the person at the terminal can mend. */
const expectedCode = (error: unknown): string | undefined => {
  if (error instanceof CommandError || error instanceof DatabaseRefusedError) {
    return error.code;
  }
  return error instanceof ConfigError ? 'config_invalid' : undefined;
};

/**
 * Runs one command line and answers the exit code: 0, 1 when it failed, 2 when it was misused. A failure is one line
 * on standard error and, with `--json`, the document `{ "error": { "code", "message", "detail"? } }` on standard output.
 */
export const runCommandLine = async (words: readonly string[], terminal: Terminal): Promise<number> => {
  const isJson = words.includes('--json');
  const answerError = (code: string, message: string, detail?: object): void => {
    if (isJson) {
      terminal.stdout.write(`${JSON.stringify({ error: { code, message, detail } })}\n`);
    }
  };
  const program = programOf(terminal);
  inheritExitOverride(program);
  try {
    await acrossOrganisations(() => program.parseAsync(words, { from: 'user' }));
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) {
        return 0;
      }
      answerError('usage_invalid', error.message.replace(/^error: /, ''));
      return misused;
    }
    const code = expectedCode(error);
    terminal.stderr.write(`${code === undefined ? 'Unexpected failure: ' : ''}${reasonOf(error)}\n`);
    answerError(code ?? 'internal_error', reasonOf(error), error instanceof CommandError ? error.detail : undefined);
    return failed;
  }
};
