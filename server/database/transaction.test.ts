import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { holdWrites } from '../testing/database/hold-writes.ts';
import { isPostgres } from '../testing/replicas.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { inOrganisation } from './organisation-context.ts';
import { isDatabaseBusy, isDatabaseGone, isStorageFull, transact } from './transaction.ts';

let server: TestServer;
let organisation: TestOrganisation;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
});
afterAll(() => server.close());

const customersOf = ({ db }: Pick<TestServer, 'db'>) =>
  db.selectFrom('customer').select('id').where('organisation_id', '=', organisation.id).execute();

it('waits for another process that writes, and lets reading go on meanwhile', async () => {
  const writer = await holdWrites(server.dependencies.config.databaseUrl);
  const writing = transact(server.db, (trx) => addCustomer({ db: trx }, organisation.id));
  expect(await customersOf(server)).toEqual([]);
  await writer.release();
  const id = await writing;
  expect(await customersOf(server)).toEqual([{ id }]);
});

it('gives up when the other process does not end, having changed nothing', async () => {
  const before = await customersOf(server);
  const writer = await holdWrites(server.dependencies.config.databaseUrl);
  await expect(transact(server.db, (trx) => addCustomer({ db: trx }, organisation.id))).rejects.toSatisfy(
    isDatabaseBusy,
  );
  await writer.release();
  expect(await customersOf(server)).toEqual(before);
});

it.runIf(isPostgres)(
  'waits for others of the organisation without keeping the connections from all others',
  async () => {
    const other = await server.addOrganisation();
    const released = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const write = (work: () => Promise<unknown>): Promise<unknown> =>
      inOrganisation(organisation.id, () => transact(server.db, work));
    const holding = write(() => {
      begun.resolve(undefined);
      return released.promise;
    });
    await begun.promise;
    const waiting = Promise.allSettled(Array.from({ length: 30 }, () => write(() => Promise.resolve())));
    const made = await server.request('POST', '/customers', {
      headers: { organisation: other.id, 'x-api-key': other.apiKey },
      body: { customer_name: 'Of another organisation' },
    });
    expect(made.status).toBe(200);
    released.resolve(undefined);
    await holding;
    expect((await waiting).map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 'fulfilled'));
  },
);

it.runIf(isPostgres)('gives up what waits too long for others, and goes on behind them', async () => {
  const released = Promise.withResolvers<undefined>();
  const write = (work: () => Promise<unknown>): Promise<unknown> =>
    inOrganisation(organisation.id, () => transact(server.db, work));
  const holding = write(() => released.promise);
  await expect(write(() => Promise.resolve())).rejects.toSatisfy(isDatabaseBusy);
  const last = write(() => Promise.resolve('done'));
  released.resolve(undefined);
  expect([await last, await holding]).toEqual(['done', undefined]);
});

it.each([
  ['SQLITE_FULL', true],
  ['SQLITE_IOERR_SHMSIZE', true],
  ['SQLITE_IOERR_READ', false],
  ['SQLITE_BUSY', false],
])('takes %s for a full disk: %s', (code, isFull) => {
  expect(isStorageFull(new BetterSqlite.SqliteError('of the disk', code))).toBe(isFull);
});

it.each([
  ['25006', 'a primary that has become a standby', true],
  ['57P01', 'a server that ends', true],
  ['ECONNREFUSED', 'a server that is not there', true],
  ['42501', 'a right that is missing', false],
])('takes %s, %s, for a database that is gone: %s', (code, _name, isGone) => {
  expect(isDatabaseGone(Object.assign(new Error('refused'), { code }))).toBe(isGone);
});
