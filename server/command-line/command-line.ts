import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Clock } from '../clock.ts';
import { migrate } from '../database/migrate.ts';
import { DatabaseUrl } from '../config.ts';
import { isPostgresUrl, openDatabase } from '../database/open.ts';
import { DatabaseRefusedError } from '../database/run-migrations.ts';
import { shownUrl } from '../database/shown-url.ts';
import type { Db } from '../database/transaction.ts';

/** What a command may know of the world around it. */
export interface Terminal {
  environment: Record<string, string | undefined>;
  clock: Clock;
  stdin: Readable;
  stdout: Writable;
  /** Progress, log lines and errors; nothing that a program would read. */
  stderr: Writable & { isTTY?: boolean };
}

/** Something that the person at the terminal can mend: one line, exit code 1. */
export class CommandError extends Error {
  readonly code: string;
  readonly detail: object | undefined;

  /** @param detail What `--json` tells beyond the message. */
  constructor(code: string, message: string, detail?: object) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

/** What a command found out: `document` with `--json`, else `text`. */
export interface Answer {
  document: unknown;
  text: string;
}

/**
 * Adds a command that answers once, as text or with `--json` as one JSON document; or not at all, where another process
 * answers for it.
 */
export const addCommand = (
  parent: Command,
  terminal: Terminal,
  usage: string,
  description: string,
  run: (command: Command) => Promise<Answer | undefined>,
): Command =>
  parent
    .command(usage)
    .description(description)
    .option('--json', 'print one JSON document on standard output, and nothing else there')
    .action(async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const answer = await run(command);
      const isJson = command.opts<{ json?: boolean }>().json === true;
      if (answer !== undefined) {
        terminal.stdout.write(`${isJson ? JSON.stringify(answer.document) : answer.text}\n`);
      }
    });

/** Collects a repeatable option. */
export const collect = (value: string, earlier: string[] | undefined): string[] => [...(earlier ?? []), value];

const defaultDatabaseUrl = 'sqlite:data/portal.sqlite';

export const databaseUrlOf = ({ environment }: Terminal): string => {
  const url = environment['DATABASE_URL'] ?? defaultDatabaseUrl;
  const parsed = DatabaseUrl.safeParse(url);
  if (!parsed.success) {
    throw new CommandError('database_url_invalid', parsed.error.issues[0]?.message ?? 'DATABASE_URL is unusable');
  }
  return url;
};

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Makes the folder of SQLite's file where it is missing. */
export const prepareFolder = async (databaseUrl: string): Promise<void> => {
  if (isPostgresUrl(databaseUrl)) {
    return;
  }
  const folder = dirname(databaseUrl.replace(/^sqlite:/, ''));
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new CommandError('folder_not_writable', `Cannot make the folder ${folder}: ${reasonOf(error)}`);
  }
};

const openOrExplain = (databaseUrl: string): Db => {
  try {
    return openDatabase(databaseUrl);
  } catch (error) {
    throw new CommandError('database_unusable', `Cannot open ${shownUrl(databaseUrl)}: ${reasonOf(error)}`);
  }
};

const prepareOrExplain = async <Prepared>(db: Db, prepare: (db: Db) => Promise<Prepared>): Promise<Prepared> => {
  try {
    return await prepare(db);
  } catch (error) {
    throw error instanceof DatabaseRefusedError
      ? error
      : new CommandError('database_unusable', `The database cannot be used: ${reasonOf(error)}`);
  }
};

/** Opens the database for as long as `work` takes, which gets what `prepare` answers. */
export const withPreparedDatabase = async <Prepared, Result>(
  databaseUrl: string,
  prepare: (db: Db) => Promise<Prepared>,
  work: (db: Db, prepared: Prepared) => Promise<Result>,
): Promise<Result> => {
  await prepareFolder(databaseUrl);
  const db = openOrExplain(databaseUrl);
  try {
    return await work(db, await prepareOrExplain(db, prepare));
  } finally {
    await db.destroy();
  }
};

/** Opens and migrates the database for as long as `work` takes; answers also which migrations ran. */
export const withDatabase = <Result>(
  databaseUrl: string,
  work: (db: Db, migrations: string[]) => Promise<Result>,
): Promise<Result> => withPreparedDatabase(databaseUrl, migrate, work);
