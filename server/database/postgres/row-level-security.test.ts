import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCustomer } from '../../testing/builders/customers.ts';
import { startTestServer } from '../../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../../testing/test-server.ts';
import { tenantTables } from '../migrations/0008-two-databases.ts';
import { acrossOrganisations, inNoOrganisation, inOrganisation } from '../organisation-context.ts';
import { transact } from '../transaction.ts';

/** Of no organisation: what has run, and counts by client address. */
const ownerless = ['kysely_migration', 'kysely_migration_lock', 'rate_limit', 'request_lease'];

describe.runIf(process.env['TEST_DATABASE'] === 'postgres')('row-level security', () => {
  let server: TestServer;
  let own: TestOrganisation;
  let other: TestOrganisation;

  beforeAll(async () => {
    server = await startTestServer();
    own = await server.addOrganisation('Own');
    other = await server.addOrganisation('Other');
    await addCustomer(server, own.id, { customer_name: 'Ours' });
    await addCustomer(server, other.id, { customer_name: 'Theirs' });
  });

  afterAll(() => server.close());

  const names = async (): Promise<string[]> =>
    (await server.db.selectFrom('customer').select('customer_name').orderBy('customer_name').execute()).map(
      (row) => row.customer_name,
    );

  test('is forced on every table but those that are nobody’s, for a role that cannot bypass it', async () => {
    const { rows: tables } = await sql<{ name: string; is_forced: number; policies: number; owner: string }>`
      select relname as name, relrowsecurity and relforcerowsecurity as is_forced, pg_get_userbyid(relowner) as owner,
        (select count(*) from pg_policy where polrelid = pg_class.oid) as policies
      from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
      order by relname collate "C"`.execute(server.db);
    const hidden = tables.filter(({ name }) => !ownerless.includes(name));
    expect(hidden.map(({ name }) => name)).toEqual(Object.keys(tenantTables).toSorted());
    expect(hidden.filter(({ is_forced: isForced, policies }) => isForced !== 1 || policies !== 1)).toEqual([]);
    const { rows: roles } = await sql`
      select rolsuper, rolbypassrls from pg_roles where rolname = current_user`.execute(server.db);
    expect(roles).toEqual([{ rolsuper: 0, rolbypassrls: 0 }]);
    const { rows: policies } = await sql<{ text: string }>`
      select distinct replace(pg_get_expr(polqual, polrelid), '(id =', '(organisation_id =') as text from pg_policy`.execute(
      server.db,
    );
    expect(policies).toHaveLength(1);
    expect(policies[0]?.text).toContain("current_setting('portal.organisation_id'");
  });

  test('every column that names an organisation is in a table that is hidden', async () => {
    const { rows } = await sql<{ table_name: string }>`
      select table_name from information_schema.columns
      where table_schema = current_schema() and column_name = 'organisation_id'`.execute(server.db);
    expect(rows.map((row) => row.table_name).toSorted()).toEqual(
      Object.keys(tenantTables)
        .filter((table) => table !== 'organisation')
        .toSorted(),
    );
  });

  test('shows one organisation’s rows in its scope, all across, and none where it is not said', async () => {
    expect(await inOrganisation(own.id, names)).toEqual(['Ours']);
    expect(await inOrganisation(other.id, names)).toEqual(['Theirs']);
    expect(await acrossOrganisations(names)).toEqual(['Ours', 'Theirs']);
    expect(await inNoOrganisation(names)).toEqual([]);
  });

  test('leaves nothing of a scope on the connection', async () => {
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const [organisation, name] = index % 2 === 0 ? [own, 'Ours'] : [other, 'Theirs'];
        expect(await inOrganisation(organisation.id, names)).toEqual([name]);
        expect(await inNoOrganisation(names)).toEqual([]);
      }),
    );
  });

  test('refuses to write for another organisation, and changes none of its rows', async () => {
    await expect(
      inOrganisation(own.id, () =>
        transact(server.db, (trx) =>
          trx
            .insertInto('allowed_origin')
            .values({ organisation_id: other.id, origin: 'https://evil.example' })
            .execute(),
        ),
      ),
    ).rejects.toThrow('row-level security');
    const changed = await inOrganisation(own.id, () =>
      transact(server.db, (trx) =>
        trx
          .updateTable('customer')
          .set({ customer_name: 'Gone' })
          .where('organisation_id', '=', other.id)
          .executeTakeFirst(),
      ),
    );
    expect(changed.numUpdatedRows).toBe(0n);
    expect(await acrossOrganisations(names)).toEqual(['Ours', 'Theirs']);
  });

  test('a write that does not say whose it is fails', async () => {
    await expect(inNoOrganisation(() => transact(server.db, () => Promise.resolve()))).rejects.toThrow('whose it is');
  });
});

describe.runIf(process.env['TEST_DATABASE'] === 'postgres')('time limits', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });

  afterAll(() => server.close());

  const setting = async (name: string, db = server.db): Promise<string | undefined> =>
    (await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db)).rows[0]?.value;

  test('hold for a statement alone and in a transaction, and for one that waits', async () => {
    expect(await setting('statement_timeout')).toBe('30s');
    await transact(server.db, async (trx) => {
      expect(await setting('statement_timeout', trx)).toBe('30s');
      expect(await setting('lock_timeout', trx)).toBe('2s');
      expect(await setting('idle_in_transaction_session_timeout', trx)).toBe('15s');
    });
  });

  test('stay what a transaction has set, also where it goes on in another organisation', async () => {
    const organisation = await server.addOrganisation('Within');
    await transact(server.db, async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx);
      const seen = await inOrganisation(organisation.id, async () => [
        await setting('statement_timeout', trx),
        (await trx.selectFrom('organisation').select('name').execute()).map(({ name }) => name),
      ]);
      expect(seen).toEqual(['0', ['Within']]);
      expect(await setting('statement_timeout', trx)).toBe('0');
    });
  });

  test('a second writer of one organisation waits for two seconds, then finds the database busy', async () => {
    const organisation = await server.addOrganisation();
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let hasBegun = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      hasBegun = resolve;
    });
    const first = inOrganisation(organisation.id, () =>
      transact(server.db, async () => {
        hasBegun();
        await held;
      }),
    );
    await begun;
    const answer = await server.request('POST', '/customers', {
      headers: { organisation: organisation.id, 'x-api-key': organisation.apiKey },
      body: { customer_name: 'Late' },
    });
    letGo();
    await first;
    expect([answer.status, answer.body['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'database_busy',
      '1',
    ]);
  });
});
