import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCustomer } from '../testing/builders/customers.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';
import { openCounters } from './open.ts';
import { isStorageFull, transact } from './transaction.ts';

let server: TestServer;
let organisation: TestOrganisation;
let otherProcess: BetterSqlite.Database;

beforeAll(async () => {
  server = await startTestServer();
  organisation = await server.addOrganisation();
  otherProcess = openCounters(server.dependencies.config.databaseUrl);
});
afterAll(async () => {
  otherProcess.close();
  await server.close();
});

const customersOf = ({ db }: Pick<TestServer, 'db'>) =>
  db.selectFrom('customer').select('id').where('organisation_id', '=', organisation.id).execute();

it('waits for another process that writes, and lets reading go on meanwhile', async () => {
  otherProcess.exec('begin immediate');
  const writing = transact(server.db, (trx) => addCustomer({ db: trx }, organisation.id));
  expect(await customersOf(server)).toEqual([]);
  otherProcess.exec('commit');
  const id = await writing;
  expect(await customersOf(server)).toEqual([{ id }]);
});

it('gives up when the other process does not end, having changed nothing', async () => {
  const before = await customersOf(server);
  otherProcess.exec('begin immediate');
  await expect(transact(server.db, (trx) => addCustomer({ db: trx }, organisation.id))).rejects.toMatchObject({
    code: 'SQLITE_BUSY',
  });
  otherProcess.exec('commit');
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
