import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKey } from '../api-keys/api-keys.service.ts';
import { readConfig } from '../config.ts';
import { transact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { startServer } from '../server.ts';
import { createTestDatabase } from './postgres.ts';
import { requesterAt } from './send-request.ts';
import type { Requester } from './send-request.ts';
import { testClock } from './test-clock.ts';
import type { TestClock } from './test-clock.ts';
import { publicOrigin, testSettings } from './test-settings.ts';

export type { Answer } from './send-request.ts';

/** The origin of the pretended merchant's website in tests. */
export const merchantOrigin = 'https://shop.example';

export interface TestOrganisation {
  id: string;
  apiKey: string;
}

export interface TestServer extends Requester {
  dependencies: Dependencies;
  db: Db;
  clock: TestClock;
  origin: string;
  /** Where it really listens, for requests that are streams. */
  address: string;
  /** Undefined unless METRICS_PORT is set. */
  metricsPort: number | undefined;
  /** Its days are UTC's unless a time zone is given. */
  addOrganisation(name?: string, timeZone?: string): Promise<TestOrganisation>;
  close(): Promise<void>;
}

/** An empty one: PostgreSQL's, or a file. */
export const createDatabase = async (): Promise<{ url: string; drop(): Promise<void> }> => {
  const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'];
  if (adminUrl !== undefined) {
    return createTestDatabase(adminUrl);
  }
  const folder = await mkdtemp(join(tmpdir(), 'portal-test-'));
  return { url: `sqlite:${join(folder, 'portal.sqlite')}`, drop: () => rm(folder, { recursive: true }) };
};

/** A real server on a port of its own, with a database of its own and a clock that stands still. */
export const startTestServer = async ({
  clock = testClock(),
  environment = {},
}: { clock?: TestClock; environment?: Record<string, string> } = {}): Promise<TestServer> => {
  const database = await createDatabase();
  const config = readConfig({
    DATABASE_URL: database.url,
    DATABASE_CONNECTIONS: '5',
    CHECK_ANSWERS: 'all',
    ...testSettings(),
    ...environment,
  });
  const server = await startServer(config, clock);
  const { db } = server.dependencies;
  const address = `http://127.0.0.1:${server.port}`;
  return {
    dependencies: server.dependencies,
    db,
    clock,
    origin: publicOrigin,
    address,
    metricsPort: server.metricsPort,
    ...requesterAt(address),
    addOrganisation: (name = 'Northwind Cloud', timeZone = 'UTC') =>
      transact(db, async (trx) => {
        const id = await createOrganisation(trx, clock, { name, timeZone, allowedOrigins: [merchantOrigin] });
        const { key } = await createApiKey(trx, clock, { organisationId: id }, { name: 'Backend' });
        return { id, apiKey: key };
      }),
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
};
