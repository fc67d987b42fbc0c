import pg from 'pg';
import { expect, it } from 'vitest';
import { merchantClient } from '../testing/merchant-client.ts';
import { isPostgres, startReplicas } from '../testing/replicas.ts';

it.runIf(isPostgres)('a statement that PostgreSQL breaks off is in the log, without its values', async () => {
  const replicas = await startReplicas(1, { LOG_LEVEL: 'warn' });
  const beside = new pg.Client(replicas.databaseUrl);
  await beside.connect();
  const [server] = replicas.all as [(typeof replicas.all)[0]];
  await beside.query('begin');
  await beside.query('lock table customer in access exclusive mode');
  const reading = merchantClient(server, replicas.organisation).get('/customers?customer_name=a-name-of-theirs');
  // What the time limit of a statement does after half a minute.
  await expect
    .poll(async () => {
      const { rowCount } = await beside.query(`
        select pg_cancel_backend(pid) from pg_locks
        where not granted and relation = 'customer'::regclass and database = (
          select oid from pg_database where datname = current_database())`);
      return rowCount;
    })
    .toBe(1);
  const { status, body } = await reading;
  await beside.query('rollback');
  await beside.end();
  expect([status, body['code']]).toEqual([503, 'database_busy']);
  await expect.poll(() => server.log()).toContain('"msg":"the database broke a statement off"');
  const log = server.log();
  await replicas.remove();
  expect(log).toMatch(
    /"statement":"select [^\n]* from \\"customer\\" where [^\n]*\$2[^\n]*"reason":"canceling statement/,
  );
  expect(log).not.toContain('a-name-of-theirs');
  expect(log).not.toContain(replicas.organisation.id);
});
