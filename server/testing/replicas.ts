import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { openDatabase } from '../database/open.ts';
import type { Db } from '../database/transaction.ts';
import { freePort } from './command-line.ts';
import { requesterAt } from './send-request.ts';
import type { Requester } from './send-request.ts';
import { launch, makeOrganisation } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import { createDatabase } from './test-server.ts';
import type { TestOrganisation } from './test-server.ts';
import { publicOrigin, testSettings } from './test-settings.ts';

/** One of several server processes on one database. */
export interface Replica extends ServerProcess, Requester {
  db: Db;
  clock: Clock;
  /** The address that all have in common. */
  origin: string;
}

/** Server processes that have nothing in common but their database and settings. */
export interface Replicas {
  databaseUrl: string;
  /** The test's own connections. */
  db: Db;
  organisation: TestOrganisation;
  all: Replica[];
  /** Starts one more, or one again on its port; answers when it serves. */
  start(environment?: Record<string, string>): Promise<Replica>;
  /** Ends what still runs, and throws the database away. */
  remove(): Promise<void>;
}

/** True where tests run on PostgreSQL, for what only several machines on one database have to stand. */
export const isPostgres = process.env['TEST_DATABASE'] === 'postgres';

/** Makes a database with one organisation, or takes an empty one, and starts so many servers on it. */
export const startReplicas = async (
  count: number,
  environment: Record<string, string> = {},
  given?: Awaited<ReturnType<typeof createDatabase>>,
): Promise<Replicas> => {
  const database = given ?? (await createDatabase());
  const organisation = await makeOrganisation(database.url);
  const db = openDatabase(database.url);
  const launched: Replica[] = [];
  const common = {
    DATABASE_URL: database.url,
    DATABASE_CONNECTIONS: '5',
    ...testSettings(),
    LOG_LEVEL: 'error',
    NODE_COMPILE_CACHE: join(tmpdir(), 'portal-compile-cache'),
    ...environment,
  };
  const start: Replicas['start'] = async (own = {}) => {
    const server = launch({ ...common, PORT: String(await freePort()), ...own });
    const replica = { ...server, ...requesterAt(server.url), db, clock: systemClock, origin: publicOrigin };
    launched.push(replica);
    await replica.ready;
    return replica;
  };
  return {
    databaseUrl: database.url,
    db,
    organisation,
    all: await Promise.all(Array.from({ length: count }, () => start())),
    start,
    remove: async () => {
      for (const replica of launched) {
        replica.signal('SIGKILL');
        await replica.ended;
      }
      await db.destroy();
      await database.drop();
    },
  };
};
