import type { Command } from 'commander';
import { addCommand, CommandError, databaseUrlOf, prepareFolder } from '../command-line/command-line.ts';
import type { Terminal } from '../command-line/command-line.ts';
import { isPostgresUrl } from '../database/open.ts';
import { backUp } from './back-up.ts';
import type { Checked } from './copy-database.ts';
import { restore } from './restore.ts';

const documentOf = ({ bytes, pages, migrations }: Checked) => ({ bytes, pages, schema: migrations.at(-1) ?? null });

const sizeOf = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

const isForced = (command: Command): boolean => command.opts<{ force?: boolean }>().force === true;

const fileOf = (command: Command): string => command.args[0] ?? '';

/** @throws CommandError where the database is not a file of ours to copy */
const sqliteUrlOf = (terminal: Terminal, instead: string): string => {
  const url = databaseUrlOf(terminal);
  if (isPostgresUrl(url)) {
    throw new CommandError('database_is_postgresql', `DATABASE_URL names a PostgreSQL database: use ${instead}`);
  }
  return url;
};

export const addBackupCommands = (program: Command, terminal: Terminal): void => {
  addCommand(
    program,
    terminal,
    'backup',
    'copy the database, which may be in use, to a checked file',
    async (command) => {
      const file = fileOf(command);
      const database = sqliteUrlOf(terminal, 'pg_dump').replace(/^sqlite:/, '');
      const startedAt = performance.now();
      const checked = await backUp(database, file, { force: isForced(command) });
      const durationMs = Math.round(performance.now() - startedAt);
      return {
        document: { file, ...documentOf(checked), duration_ms: durationMs },
        text: `Wrote ${file}: ${sizeOf(checked.bytes)}, ${checked.pages} pages, schema ${checked.migrations.at(-1)}, in ${durationMs} ms. It was checked and is sound.`,
      };
    },
  )
    .argument('<file>', 'where the copy goes')
    .option('--force', 'replace the file where it exists');

  addCommand(
    program,
    terminal,
    'restore',
    'put a backup in the place of the database, which nobody may have open',
    async (command) => {
      const backup = fileOf(command);
      const url = sqliteUrlOf(terminal, 'pg_restore');
      const database = url.replace(/^sqlite:/, '');
      await prepareFolder(url);
      const { kept, ...checked } = await restore(backup, database, { force: isForced(command), clock: terminal.clock });
      return {
        document: { database, backup, ...documentOf(checked), kept },
        text: [
          `Restored ${database} from ${backup}: ${sizeOf(checked.bytes)}, schema ${checked.migrations.at(-1)}.`,
          ...(kept === null ? [] : [`What was there is kept as ${kept}.`]),
          'Webhooks that were waiting when the backup was made are sent again, unless you start with WEBHOOKS_DELIVERY=off.',
        ].join('\n'),
      };
    },
  )
    .argument('<file>', 'a backup')
    .option('--force', 'replace the database where it exists; it is kept under another name');
};
