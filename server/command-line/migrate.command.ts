import type { Command } from 'commander';
import { addCommand, databaseUrlOf, withDatabase } from './command-line.ts';
import type { Terminal } from './command-line.ts';

export const addMigrateCommand = (program: Command, terminal: Terminal): void => {
  addCommand(program, terminal, 'migrate', 'bring the database up to date', () =>
    withDatabase(databaseUrlOf(terminal), (_db, migrations) =>
      Promise.resolve({
        document: { migrations },
        text: migrations.length === 0 ? 'The database is up to date.' : `Ran ${migrations.join(', ')}.`,
      }),
    ),
  );
};
