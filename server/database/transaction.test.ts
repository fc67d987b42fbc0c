import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { holdWrites } from '../testing/database/hold-writes.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { isDatabaseBusy, isStorageFull, transact } from './transaction.ts';

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

it.each([
  ['SQLITE_FULL', true],
  ['SQLITE_IOERR_SHMSIZE', true],
  ['SQLITE_IOERR_READ', false],
  ['SQLITE_BUSY', false],
])('takes %s for a full disk: %s', (code, isFull) => {
  expect(isStorageFull(new BetterSqlite.SqliteError('of the disk', code))).toBe(isFull);
});
