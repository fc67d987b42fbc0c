import { rename } from 'node:fs/promises';
import { CommandError } from '../command-line/command-line.ts';
import { copyDatabase, exists, isSameFile, requireReadable } from './copy-database.ts';
import type { Checked } from './copy-database.ts';

/**
 * Writes a checked copy of one moment of a database, which may be in use, to `target`.
 * @throws CommandError
 */
export const backUp = async (database: string, target: string, { force }: { force: boolean }): Promise<Checked> => {
  await requireReadable(database);
  if (await isSameFile(database, target)) {
    throw new CommandError('same_file', `${target} is the database itself`);
  }
  if (!force && (await exists(target))) {
    throw new CommandError('file_exists', `${target} exists; --force replaces it`);
  }
  return copyDatabase(database, target, async (copy, checked) => {
    await rename(copy, target);
    return checked;
  });
};
