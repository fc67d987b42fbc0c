import { linkSync, renameSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { CommandError } from '../command-line/command-line.ts';
import { migrations } from '../database/migrate.ts';
import { requireKnown } from '../database/run-migrations.ts';
import { isDatabaseBusy } from '../database/transaction.ts';
import { copyDatabase, exists, failureOf, isSameFile, requireReadable, sideFileSuffixes } from './copy-database.ts';
import type { Checked } from './copy-database.ts';

const waitMs = 1000;

/**
 * Makes sure that nobody has a database open, nor can open it until this is closed. Leaving write-ahead mode needs it
 * alone, and brings what stands in the log into the file. Undefined when it is past reading.
 */
const takeAlone = (file: string): BetterSqlite.Database | undefined => {
  const sqlite = new BetterSqlite(file, { fileMustExist: true, timeout: waitMs });
  try {
    sqlite.pragma('journal_mode = delete');
    sqlite.exec('begin exclusive');
    return sqlite;
  } catch (error) {
    sqlite.close();
    if (isDatabaseBusy(error)) {
      throw new CommandError('database_in_use', `${file} is in use: stop the server and other commands first`);
    }
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(failureOf(error))) {
      return undefined;
    }
    throw error;
  }
};

export interface Restored extends Checked {
  /** Where the database that was replaced is now. */
  kept: string | null;
}

/**
 * Puts a checked copy of a backup in the place of a database that nobody has open; the one that was there is kept under
 * another name. What the backup lacks in migrations, the next start runs.
 * @throws CommandError, DatabaseTooNewError
 */
export const restore = async (
  backup: string,
  database: string,
  { force, clock }: { force: boolean; clock: Clock },
): Promise<Restored> => {
  await requireReadable(backup);
  if (await isSameFile(backup, database)) {
    throw new CommandError('same_file', `${backup} is the database itself`);
  }
  const isReplaced = await exists(database);
  if (isReplaced && !force) {
    throw new CommandError('file_exists', `${database} exists; --force replaces it, and keeps it under another name`);
  }
  const aside = `${database}.before-restore-${timestamp(clock.now()).replaceAll(':', '-')}`;
  const strays = async (): Promise<string[]> => {
    const found = await Promise.all(sideFileSuffixes.map((suffix) => exists(`${database}${suffix}`)));
    return sideFileSuffixes.filter((_, index) => found[index]);
  };
  return copyDatabase(backup, database, async (copy, checked) => {
    requireKnown(checked.migrations, migrations);
    const held = isReplaced ? takeAlone(database) : undefined;
    try {
      // A log that belongs to another database would be written into this one.
      for (const suffix of await strays()) {
        renameSync(`${database}${suffix}`, `${aside}${suffix}`);
      }
      if (isReplaced) {
        linkSync(database, aside);
      }
      renameSync(copy, database);
    } finally {
      held?.close();
    }
    return { ...checked, kept: isReplaced ? aside : null };
  });
};
