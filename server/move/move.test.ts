import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import type { Db } from '../database/transaction.ts';
import { program, runPortal } from '../testing/command-line.ts';
import { changeFile, failureOf, makeMoveStage, moveData } from '../testing/move-stage.ts';
import type { MoveStage } from '../testing/move-stage.ts';
import { naughtyStrings } from '../testing/naughty-strings.ts';
import { createTestDatabase } from '../testing/postgres.ts';
import { moveRows } from './move-rows.service.ts';
import { MoveSource } from './move-source.ts';

const adminUrl = process.env['TEST_POSTGRES_ADMIN_URL'] ?? '';

describe.runIf(adminUrl !== '')('a move into PostgreSQL', () => {
  let stage: MoveStage;
  let file: string;
  let target: Awaited<ReturnType<typeof createTestDatabase>>;
  let db: Db;

  beforeAll(async () => {
    stage = await makeMoveStage();
  });
  afterAll(() => stage.remove());

  beforeEach(async () => {
    file = await stage.copyDemo();
    target = await createTestDatabase(adminUrl);
    db = openDatabase(target.url);
  });
  afterEach(async () => {
    await db.destroy();
    await target.drop();
  });

  const move = (...words: string[]) => moveData(`sqlite:${file}`, target.url, ...words);

  const documentOf = async (...words: string[]): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await move(...words);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/compared \d+ of \d+ rows, 100 %/)]);
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  const placeOf = async (): Promise<{ rows: number } | undefined> =>
    (await sql<{ rows: number }>`select rows from data_move`.execute(db).catch(() => ({ rows: [] }))).rows[0];

  const verifyAudit = async (): Promise<number> =>
    (await runPortal(['audit', 'verify', '--json'], { environment: { DATABASE_URL: target.url } })).code;

  test('brings every row, leaves nothing of its own behind, and is refused a second time', async () => {
    const document = await documentOf();
    expect(document).toMatchObject({ resumed_at: 0, rows: expect.any(Number) });
    const rows = await db
      .selectFrom('invoice')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .execute();
    expect(document['tables']).toContainEqual({
      table: 'invoice',
      rows: rows[0]?.count,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await placeOf()).toBeUndefined();
    expect(await verifyAudit()).toBe(0);
    expect(failureOf(await move()).code).toBe('target_not_empty');
    expect((await documentOf('--verify-only'))['tables']).toEqual(document['tables']);
  });

  test('keeps every value as it is: numbers, texts, generations of payments, all entries of the audit', async () => {
    const more = ['NULL', '"', '\\', '{}', ' \t\r\n', '\u{1F600}', '\uFFFD'];
    const names = new Set([...more, ...naughtyStrings.filter((text) => !text.includes('\0'))]);
    for (let entry = 0; entry < 10; entry += 1) {
      const words = ['--organisation', stage.demo.organisationId, '--name', `Key ${entry}`];
      await runPortal(['key', 'create', ...words], { environment: { DATABASE_URL: `sqlite:${file}` } });
    }
    changeFile(file, (sqlite) => {
      const [customer] = sqlite.prepare<[], { id: string }>('select id from customer limit 1').all();
      const addCustomer = sqlite.prepare(
        `insert into customer (organisation_id, id, customer_name, custom_data, version, created_at, updated_at)
          values (?, ?, ?, ?, ?, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`,
      );
      for (const [index, name] of [...names].entries()) {
        addCustomer.run(
          stage.demo.organisationId,
          `customer-${name}`,
          name,
          index % 2 === 0 ? null : name,
          2n ** 53n + 1n,
        );
      }
      const addPayment = sqlite.prepare(
        `insert into payment (organisation_id, customer_id, timestamp, id, parent_id, type, status, amount, currency_code,
          payment_method, created_at, updated_at) values (?, ?, ?, ?, ?, 'refund', 'success', ?, 'USD', 'card', '', '')`,
      );
      for (let generation = 0; generation < 4; generation += 1) {
        addPayment.run(
          stage.demo.organisationId,
          customer?.id,
          `2026-01-0${9 - generation}`,
          `generation-${generation}`,
          generation === 0 ? null : `generation-${generation - 1}`,
          2n ** 63n - 1n,
        );
      }
      sqlite.prepare('update customer_entitlement set quantity_used = ?').run(0.1 + 0.2);
      sqlite.prepare('update customer_entitlement set quantity = ?').run(1.7976931348623157e308);
    });
    await documentOf();
    const { rows } = await sql<{ amount: string; version: string; used: string; quantity: string; name: string }>`
      select (select max(amount)::text from payment) as amount, (select max(version)::text from customer) as version,
        max(quantity_used)::text as used, max(quantity)::text as quantity,
        (select customer_name from customer where id = 'customer-NULL') as name
      from customer_entitlement`.execute(db);
    expect(rows).toEqual([
      {
        amount: '9223372036854775807',
        version: '9007199254740993',
        used: '0.30000000000000004',
        quantity: '1.7976931348623157e+308',
        name: 'NULL',
      },
    ]);
    expect(await verifyAudit()).toBe(0);
  });

  test('goes on where it was when it is killed', async () => {
    let isLetGo = (): void => undefined;
    const letGo = new Promise<void>((resolve) => {
      isLetGo = resolve;
    });
    // Holds the move up before its first allocation of a payment, until it is dead.
    const held = db.transaction().execute(async (trx) => {
      await sql`lock table payment_allocation in share mode`.execute(trx);
      await letGo;
    });
    const child = spawn(
      process.execPath,
      [program, 'migrate-data', '--from', `sqlite:${file}`, '--to', target.url, '--json'],
      { env: { PATH: process.env['PATH'] }, stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    const isHeldUp = async (): Promise<boolean> =>
      (await sql`select 1 from pg_locks where relation = 'payment_allocation'::regclass and not granted`.execute(db))
        .rows.length > 0;
    while (!(await isHeldUp())) {
      expect(child.exitCode).toBeNull();
      await delay(5);
    }
    child.kill('SIGKILL');
    await ended;
    isLetGo();
    await held;
    const moved = await placeOf();
    expect(moved?.rows).toBeGreaterThan(1000);
    const environment = {
      DATABASE_URL: target.url,
      SIGNING_SECRETS: `one:${'A'.repeat(43)}`,
      PUBLIC_URL: 'http://localhost:1',
      PORT: '0',
    };
    const keys = ['key', 'list', '--organisation', stage.demo.organisationId];
    for (const words of [['serve'], ['migrate'], ['audit', 'verify'], keys]) {
      for (const processes of ['1', '2']) {
        const refused = await runPortal([...words, '--json'], {
          environment: { ...environment, WEB_CONCURRENCY: processes },
        });
        expect(failureOf(refused)).toEqual({
          code: 'move_unfinished',
          line: 'The move into this database has not ended: run migrate-data again',
        });
      }
    }
    const payments = db.selectFrom('payment').select((eb) => eb.fn.countAll<number>().as('count'));
    expect((await payments.execute())[0]?.count).toBeGreaterThan(0);

    // What was moved is not moved again: this customer would come back.
    await sql`update customer set customer_name = 'Changed meanwhile' where id = ${stage.demo.customers[0]?.id}`.execute(
      db,
    );
    const different = failureOf(await move());
    expect(different.code).toBe('data_different');
    expect(different.line).toContain(`id ${stage.demo.customers[0]?.id} is different in customer_name`);
    await sql`update customer set customer_name = ${stage.demo.customers[0]?.name}
      where id = ${stage.demo.customers[0]?.id}`.execute(db);
    const document = await documentOf();
    expect(Number(document['resumed_at'])).toBeGreaterThanOrEqual(moved?.rows ?? 0);
    expect(await verifyAudit()).toBe(0);
  }, 60_000);

  test('that cannot read on says so when what it had read is written', async () => {
    const source = await MoveSource.open(file);
    const unreadable = source.tables.findIndex(({ name }) => name === 'invoice');
    const readable = source.tables.slice(0, unreadable);
    const generation = source.generation.bind(source);
    source.generation = (table, ...place) => {
      if (!readable.includes(table)) {
        throw new Error('the disk cannot be read');
      }
      return generation(table, ...place);
    };
    let moved = 0;
    const onMoved = (rows: number): void => {
      moved = rows;
    };
    const failed = await moveRows(db, source, { onChecked: () => undefined, onMoved }).catch((error: unknown) => ({
      error,
      moved,
    }));
    const rows = readable.reduce((sum, table) => sum + (source.counts.get(table) ?? 0), 0);
    expect(failed).toEqual({ error: new Error('the disk cannot be read'), moved: rows });
    expect(await placeOf()).toEqual({ rows });
    source.close();
  });

  test('only compared, writes nothing', async () => {
    expect(failureOf(await move('--verify-only')).code).toBe('data_different');
    await documentOf();
    const name = new URL(target.url).pathname.slice(1);
    await sql`alter database ${sql.ref(name)} set default_transaction_read_only = on`.execute(db);
    const analysed = () =>
      sql`select relname, analyze_count from pg_stat_user_tables order by relname`.execute(db).then(({ rows }) => rows);
    const before = await analysed();
    await documentOf('--verify-only');
    expect(await analysed()).toEqual(before);
  });

  test('is only compared with what has had every migration', async () => {
    const last = Object.keys(migrations).at(-1) ?? '';
    await sql`delete from kysely_migration where name = ${last}`.execute(db);
    const refused = failureOf(await move('--verify-only'));
    expect([refused.code, refused.line]).toEqual(['database_outdated', expect.stringContaining(last)]);
    expect((await sql`select 1 from kysely_migration where name = ${last}`.execute(db)).rows).toEqual([]);
  });

  test('names the first difference of a table: a row that is gone, is more, or has another value', async () => {
    await documentOf();
    const [first] = await db
      .selectFrom('invoice_line_item')
      .selectAll()
      .orderBy('organisation_id')
      .orderBy('invoice_id')
      .orderBy('position')
      .limit(1)
      .execute();
    await db
      .deleteFrom('invoice_line_item')
      .where('id', '=', first?.id ?? '')
      .execute();
    await db.updateTable('product').set({ name: 'Another' }).execute();
    await db
      .insertInto('allowed_origin')
      .values({ organisation_id: stage.demo.organisationId, origin: 'https://a.example' })
      .execute();
    const { code, stdout } = await move('--verify-only');
    expect(code).toBe(1);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; detail: { tables: object[] } } };
    expect(error.code).toBe('data_different');
    expect(error.message).toContain('allowed_origin organisation_id');
    expect(error.message).toContain('origin https://a.example is in the target only');
    expect(error.message).toContain('differences also in product, invoice_line_item');
    expect(error.detail.tables).toContainEqual({
      table: 'invoice_line_item',
      rows_equal: 0,
      difference: {
        kind: 'missing_in_target',
        key: [first?.organisation_id, first?.invoice_id, String(first?.position)],
        columns: [],
      },
    });
    expect(error.detail.tables).toContainEqual({
      table: 'product',
      rows_equal: 0,
      difference: { kind: 'different', key: expect.any(Array) as string[], columns: ['name'] },
    });
  });

  test('is refused into what holds something else, and writes nothing of what PostgreSQL cannot hold', async () => {
    const customers = async (): Promise<number> => (await db.selectFrom('customer').select('id').execute()).length;
    const change = (statement: string) => {
      changeFile(file, (sqlite) => sqlite.exec(statement));
    };
    const id = stage.demo.customers[0]?.id;
    change(`update customer set email = 'nobody' || char(0) || '@a.example' where id = '${id}'`);
    const withNul = failureOf(await move());
    expect(withNul.code).toBe('text_unmovable');
    expect(withNul.line).toContain(`id ${id}: email holds the character U+0000`);
    change(`update customer set email = cast(x'41ff' as text) where id = '${id}'`);
    expect(failureOf(await move()).line).toContain(`id ${id}: email is not UTF-8`);
    change(`update customer set email = null where id = '${id}'`);
    change(`update payment set parent_id = id where id = (select id from payment limit 1)`);
    expect(failureOf(await move()).code).toBe('rows_circular');
    change('update payment set parent_id = null where parent_id = id');
    expect([await customers(), await placeOf()]).toEqual([0, undefined]);

    change('pragma foreign_keys = off; delete from customer where id = (select customer_id from address limit 1)');
    const refused = failureOf(await move());
    expect(refused.code).toBe('rows_refused');
    expect(refused.line).toContain('not present in table "customer"');
    file = await stage.copyDemo();
    expect(failureOf(await move()).code).toBe('source_changed');
    await sql`drop table data_move`.execute(db);
    expect(failureOf(await move()).code).toBe('target_not_empty');
  });
});
