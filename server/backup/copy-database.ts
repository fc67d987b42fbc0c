import { closeSync, constants, fsyncSync, openSync } from 'node:fs';
import { access, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { CommandError, reasonOf } from '../command-line/command-line.ts';
import { DatabaseTooNewError } from '../database/run-migrations.ts';

/** What was found out about a database when it was checked. */
export interface Checked {
  bytes: number;
  pages: number;
  /** The migrations that it has had, in their order. */
  migrations: string[];
}

const ownerOnly = 0o600;
const pagesAStep = 256;

/** Files that SQLite may keep beside a database. */
export const sideFileSuffixes = ['-wal', '-shm', '-journal'] as const;

/** SQLite's or the system's name of what went wrong. */
export const failureOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const reasons: readonly { codes: RegExp; code: string; reason: string }[] = [
  { codes: /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/, code: 'storage_full', reason: 'no space is left' },
  { codes: /^SQLITE_NOTADB/, code: 'not_a_database', reason: 'the file is not an SQLite database, or is encrypted' },
  { codes: /^SQLITE_CORRUPT/, code: 'database_damaged', reason: 'the database is damaged or cut short' },
  { codes: /^SQLITE_BUSY/, code: 'database_in_use', reason: 'another program holds the database' },
  {
    codes: /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_PERM)/,
    code: 'permission_denied',
    reason: 'permission denied',
  },
  { codes: /^ENOENT/, code: 'file_not_found', reason: 'there is no such file or folder' },
];

/** A failure as one line: what was tried, and why it did not work. */
export const explained = (tried: string, error: unknown): CommandError | DatabaseTooNewError => {
  if (error instanceof CommandError || error instanceof DatabaseTooNewError) {
    return error;
  }
  const known = reasons.find(({ codes }) => codes.test(failureOf(error)));
  return new CommandError(known?.code ?? 'copy_failed', `${tried}: ${known?.reason ?? reasonOf(error)}`);
};

/** @throws CommandError unless this is a file that may be read */
export const requireReadable = async (file: string): Promise<void> => {
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    throw explained(`Cannot read ${file}`, error);
  }
  if (!(await stat(file)).isFile()) {
    throw new CommandError('not_a_database', `Cannot read ${file}: it is not a file`);
  }
};

const statOf = (file: string) => stat(file).catch(() => undefined);

export const exists = async (file: string): Promise<boolean> => (await statOf(file)) !== undefined;

export const isSameFile = async (one: string, other: string): Promise<boolean> => {
  const [first, second] = await Promise.all([statOf(one), statOf(other)]);
  return first !== undefined && first.dev === second?.dev && first.ino === second.ino;
};

/** Waits until the disk has what was written to a file, or the names in a folder. */
export const sync = (path: string): void => {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Copies one moment of a database, in steps, into a new file that only its owner may read. Others go on writing
 * meanwhile: the transaction holds the moment, without which each of their writes would make the copy begin anew.
 */
const copyMoment = async (from: string, to: string): Promise<void> => {
  const source = new BetterSqlite(from, { readonly: true, fileMustExist: true });
  try {
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    closeSync(openSync(to, 'wx', ownerOnly));
    await source.backup(to, { progress: () => pagesAStep });
  } finally {
    source.close();
  }
};

/** Checks a database of the portal that nobody else has open, and leaves it a single file. */
const check = (file: string): Checked => {
  const sqlite = new BetterSqlite(file, { fileMustExist: true });
  try {
    sqlite.pragma('journal_mode = delete');
    const found = sqlite.pragma('integrity_check(1)', { simple: true });
    const orphans = sqlite.pragma('foreign_key_check') as unknown[];
    if (found !== 'ok' || orphans.length > 0) {
      const reason = found === 'ok' ? `${orphans.length} rows belong to nothing` : String(found).split('\n').join(' ');
      throw new CommandError('database_damaged', `The database is damaged: ${reason}`);
    }
    const table = sqlite.prepare(`select 1 from sqlite_schema where name = 'kysely_migration'`).get();
    if (table === undefined) {
      throw new CommandError('not_a_portal_database', 'The file is no database of the portal');
    }
    const pages = Number(sqlite.pragma('page_count', { simple: true }));
    return {
      bytes: pages * Number(sqlite.pragma('page_size', { simple: true })),
      pages,
      migrations: sqlite.prepare<[], string>('select name from kysely_migration order by name').pluck().all(),
    };
  } finally {
    sqlite.close();
  }
};

/**
 * Makes a whole, checked copy under a name of its own beside `target`, lets `place` put it there, and leaves nothing
 * lying about when that fails.
 * @throws CommandError
 */
export const copyDatabase = async <Result>(
  from: string,
  target: string,
  place: (copy: string, checked: Checked) => Promise<Result> | Result,
): Promise<Result> => {
  const copy = `${target}.${process.pid}.partial`;
  try {
    await copyMoment(from, copy);
    const checked = check(copy);
    sync(copy);
    const result = await place(copy, checked);
    sync(dirname(target));
    return result;
  } catch (error) {
    throw explained(`Cannot copy ${from} to ${target}`, error);
  } finally {
    await Promise.all(['', ...sideFileSuffixes].map((suffix) => rm(`${copy}${suffix}`, { force: true })));
  }
};
