import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byDialect, dialectOf } from '../database/dialect.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import { tableNames } from '../testing/database/all-rows.ts';
import { addFigure } from '../testing/figures.ts';
import { callEverything } from '../testing/operation-calls/operation-calls.ts';
import { buildWorld } from '../testing/operation-calls/world.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';

type Row = Record<string, string | number | null>;

interface Column {
  name: string;
  /** Its place in the primary key, from 1; 0: none. */
  pk: number;
}

interface ForeignKey {
  child: string;
  parent: string;
  /** Child column and parent column, in their order. */
  columns: { from: string; to: string }[];
}

let server: TestServer;
let ours: string;
let theirs: string;

beforeAll(async () => {
  server = await startTestServer();
  const worlds = [await buildWorld(server, 'Ours'), await buildWorld(server, 'Theirs')] as const;
  for (const world of worlds) {
    await callEverything(world);
  }
  [ours, theirs] = worlds.map(({ organisation }) => organisation.id) as [string, string];
}, 60_000);
afterAll(() => server.close());

const rows = async <Found>(text: string): Promise<Found[]> => (await sql.raw<Found>(text).execute(server.db)).rows;

/** What each database says of a table, in its own words. */
const catalogue = async <Found>(words: { sqlite: string; postgres: string }): Promise<Found[]> =>
  (await byDialect<Found>({ sqlite: sql.raw(words.sqlite), postgres: sql.raw(words.postgres) }).execute(server.db))
    .rows;

const columnsOf = (table: string): Promise<Column[]> =>
  catalogue({
    sqlite: `select name, pk from pragma_table_info('${table}')`,
    postgres: `select attname as name, coalesce(array_position(conkey, attnum), 0) as pk from pg_attribute
      left join pg_constraint on conrelid = attrelid and contype = 'p'
      where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped`,
  });

const tenantTables = async (): Promise<string[]> =>
  (await tableNames(server.db)).filter((name) => !['organisation', 'rate_limit', 'request_lease'].includes(name));

const foreignKeysOf = async (child: string): Promise<ForeignKey[]> => {
  const parts = await catalogue<{ id: number | string; parent: string; from: string; to: string }>({
    sqlite: `select id, "table" as parent, "from", "to" from pragma_foreign_key_list('${child}') order by id, seq`,
    postgres: `select conname as id, confrelid::regclass::text as parent, mine.attname as "from", theirs.attname as "to"
      from pg_constraint cross join unnest(conkey, confkey) with ordinality as part (mine, theirs, place)
      join pg_attribute mine on mine.attrelid = conrelid and mine.attnum = part.mine
      join pg_attribute theirs on theirs.attrelid = confrelid and theirs.attnum = part.theirs
      where contype = 'f' and conrelid = '${child}'::regclass order by id, place`,
  });
  return [...Map.groupBy(parts, ({ id }) => id).values()].map((columns) => ({
    child,
    parent: columns[0]?.parent ?? '',
    columns: columns.map(({ from, to }) => ({ from, to })),
  }));
};

const allForeignKeys = async (): Promise<ForeignKey[]> =>
  (await Promise.all((await tenantTables()).map(foreignKeysOf))).flat();

const nameOf = ({ child, parent, columns }: ForeignKey): string =>
  `${child} (${columns.map(({ from }) => from).join(', ')}) → ${parent}`;

describe('the schema', () => {
  it('begins every primary key with the organisation', async () => {
    for (const table of await tenantTables()) {
      const first = (await columnsOf(table)).find(({ pk }) => pk === 1);
      expect([table, first?.name]).toEqual([table, 'organisation_id']);
    }
  });

  it('begins every foreign key with the organisation', async () => {
    const all = await allForeignKeys();
    expect(all.length).toBeGreaterThan(30);
    for (const key of all) {
      const to = key.parent === 'organisation' ? 'id' : 'organisation_id';
      expect([nameOf(key), key.columns[0]]).toEqual([nameOf(key), { from: 'organisation_id', to }]);
      expect([nameOf(key), key.columns.length]).toEqual([nameOf(key), key.parent === 'organisation' ? 1 : 2]);
    }
  });

  it('leads every table to its organisation', async () => {
    const all = await allForeignKeys();
    for (const table of await tenantTables()) {
      expect([table, all.some(({ child }) => child === table)]).toEqual([table, true]);
    }
  });

  it('has a foreign key for every column that names a record of another table', async () => {
    const tables = await tenantTables();
    const all = await allForeignKeys();
    for (const child of tables) {
      for (const { name } of await columnsOf(child)) {
        const isReference = tables.includes(name.replace(/_id$/, '')) && name.endsWith('_id');
        const isBound = all.some((key) => key.child === child && key.columns.some(({ from }) => from === name));
        expect([`${child}.${name}`, isBound || !isReference]).toEqual([`${child}.${name}`, true]);
      }
    }
  });
});

const run = (trx: Trx, text: string) => sql.raw(text).execute(trx);

/** A table's own triggers would refuse first, by rules of their own. */
const dropTriggers = async (trx: Trx, table: string): Promise<void> => {
  if (dialectOf(trx) === 'postgres') {
    await run(trx, `alter table ${table} disable trigger user`);
    return;
  }
  const triggers = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'trigger' and tbl_name = ${table}`.execute(trx);
  for (const { name } of triggers.rows) {
    await run(trx, `drop trigger ${name}`);
  }
};

const broken = 'FOREIGN KEY constraint failed';
const brokenOnPostgres = '23503';

/** Runs a statement on a table and takes it back; answers what the database said against it. */
const refusalOf = async (table: string, statement: string): Promise<string> => {
  const undone = new Error('nothing');
  try {
    await transact(server.db, async (trx) => {
      await dropTriggers(trx, table);
      await run(trx, statement);
      throw undone;
    });
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return code === brokenOnPostgres ? broken : message;
  }
  return undone.message;
};

const literal = (value: Row[string] | undefined): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

const oneOf = async (table: string, organisationId: string, column: string): Promise<Row> => {
  const [row] = await rows<Row>(
    `select * from ${table} where organisation_id = '${organisationId}' and ${column} is not null limit 1`,
  );
  if (row === undefined) {
    throw new Error(`${table} has no row with a ${column} to try with`);
  }
  return row;
};

/** A copy of a row that differs from it wherever it must and may. */
const copyOf = async (table: string, row: Row): Promise<Row> => {
  const unique = await catalogue<{ name: string }>({
    sqlite: `select info.name from pragma_index_list('${table}') list, pragma_index_info(list.name) info
      where list."unique" = 1`,
    postgres: `select substring(pg_get_indexdef(indexrelid, place, true) from '\\w+(?="?\\)*$)') as name
      from pg_index cross join generate_series(1, indnkeyatts) as place
      where indrelid = '${table}'::regclass and indisunique`,
  });
  const bound = (await foreignKeysOf(table)).flatMap(({ columns }) => columns.map(({ from }) => from));
  const renewed = unique.map(({ name }) => name).filter((name) => !bound.includes(name));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      !renewed.includes(name) ? value : typeof value === 'number' ? value + 1_000 : randomUUID(),
    ]),
  );
};

const insertOf = (table: string, row: Row): string =>
  `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).map(literal).join(', ')})`;

it("lets no record stand under another organisation's", async () => {
  let tried = 0;
  for (const key of await allForeignKeys()) {
    const { child, parent, columns } = key;
    const [, reference] = columns;
    if (reference === undefined) {
      continue;
    }
    const row = await oneOf(child, ours, reference.from);
    const foreign = (await oneOf(parent, theirs, reference.to))[reference.to] ?? null;
    const copy = await copyOf(child, row);
    const where = (await columnsOf(child))
      .filter(({ pk }) => pk > 0)
      .map(({ name }) => `${name} = ${literal(row[name])}`)
      .join(' and ');
    const update = (values: Row): string => {
      const assignments = Object.entries(values).map(([name, value]) => `${name} = ${literal(value)}`);
      return `update ${child} set ${assignments.join(', ')} where ${where}`;
    };

    const attempts = [
      insertOf(child, { ...copy, [reference.from]: foreign }),
      insertOf(child, { ...copy, organisation_id: theirs }),
      update({ ...row, [reference.from]: foreign }),
      update({ ...copy, organisation_id: theirs }),
    ];
    for (const attempt of attempts) {
      expect([nameOf(key), attempt, await refusalOf(child, attempt)]).toEqual([nameOf(key), attempt, broken]);
    }
    expect([nameOf(key), await refusalOf(child, insertOf(child, copy))]).not.toContain(broken);
    tried += attempts.length;
  }
  expect(tried).toBeGreaterThan(80);
  addFigure("records tried under another organisation's", tried);
}, 60_000);
