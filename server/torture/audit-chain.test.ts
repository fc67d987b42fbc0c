import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../audit/audit.service.ts';
import type { AuditEventTable } from '../audit/audit.table.ts';
import { chained, hashOf } from '../audit/chain.ts';
import { verifyChain } from '../audit/verify.ts';
import { systemClock } from '../clock.ts';
import { dialectOf } from '../database/dialect.ts';
import { rowInserter } from '../database/insert-rows.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { transact } from '../database/transaction.ts';
import type { Db, Trx } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { runPortal } from '../testing/command-line.ts';
import { addFigure } from '../testing/figures.ts';
import { createDatabase } from '../testing/test-server.ts';

const length = 2_050;
const actor = { type: 'staff', id: null, name: 'Priya Raman' } as const;

let database: Awaited<ReturnType<typeof createDatabase>>;
let db: Db;
let mine: string;
let other: string;
let keptHead: string;
let noticed = 0;

const append = (connection: Db, organisationId: string, note: string): Promise<void> =>
  transact(connection, (trx) =>
    audit(trx, systemClock, { organisationId }, { actor, action: 'staff.created', detail: { note } }),
  );

const newOrganisation = (name: string): Promise<string> =>
  transact(db, (trx) => createOrganisation(trx, systemClock, { name, allowedOrigins: [] }));

beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase(database.url);
  await migrate(db);
  mine = await newOrganisation('Northwind Cloud');
  other = await newOrganisation('Contoso');
  await transact(db, async (trx) => {
    let last = await entry(trx, 1);
    while (last.sequence < length) {
      const detail = JSON.stringify({ note: `entry ${last.sequence + 1}` });
      last = chained({ ...last, id: randomUUID(), detail }, last);
      await insertEvents(trx, [last]);
    }
  });
  const { head } = await verifyChain(db, { organisationId: mine });
  keptHead = `${head?.sequence}:${head?.hash}`;
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

interface Verdict {
  code: number;
  stderr: string;
  document: { results?: { entries: number; head: string | null }[]; error?: Record<string, unknown> };
}

const verify = async (databaseUrl: string, ...words: string[]): Promise<Verdict> => {
  const { code, stdout, stderr } = await runPortal(['audit', 'verify', ...words, '--json'], {
    environment: { DATABASE_URL: databaseUrl },
  });
  return { code, stderr, document: JSON.parse(stdout) as Verdict['document'] };
};

/** Somebody who owns the tables takes the guards away first, and whatever else the database checks by itself. */
const takeGuardsAway = async (forged: Db): Promise<void> => {
  if (dialectOf(forged) === 'postgres') {
    const { rows } = await sql<{ table: string; name: string }>`
      select conrelid::regclass::text as "table", conname as name from pg_constraint
      where conrelid in ('audit_event'::regclass, 'audit_head'::regclass) and contype in ('c', 'f')`.execute(forged);
    for (const { table, name } of rows) {
      await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(forged);
    }
    for (const table of ['audit_event', 'audit_head']) {
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(forged);
    }
    return;
  }
  await sql`pragma foreign_keys = off`.execute(forged);
  await sql`pragma ignore_check_constraints = on`.execute(forged);
  const { rows } = await sql<{ name: string }>`select name from sqlite_schema where type = 'trigger'`.execute(forged);
  for (const { name } of rows) {
    await sql`drop trigger ${sql.ref(name)}`.execute(forged);
  }
};

const change = async (trx: Trx, statement: ReturnType<typeof sql>): Promise<void> => {
  const { numAffectedRows } = await statement.execute(trx);
  expect(numAffectedRows).toBeGreaterThan(0n);
};

const entry = (trx: Trx, sequence: number): Promise<AuditEventTable> =>
  trx
    .selectFrom('audit_event')
    .selectAll()
    .where('organisation_id', '=', mine)
    .where('sequence', '=', sequence)
    .executeTakeFirstOrThrow();

/** Works the hashes out anew from an entry on, as an informed forger does. */
const rehash = async (trx: Trx, from: number, to: number): Promise<void> => {
  const events = await trx
    .selectFrom('audit_event')
    .selectAll()
    .where('organisation_id', '=', mine)
    .where('sequence', '>=', from)
    .where('sequence', '<=', to)
    .orderBy('sequence')
    .execute();
  const forged: AuditEventTable[] = [];
  for (const event of events) {
    forged.push(chained(event, forged.at(-1) ?? (await entry(trx, event.sequence - 1))));
  }
  await remove(trx, from, to);
  await insertEvents(trx, forged);
};

const moveHead = async (trx: Trx, sequence: number): Promise<void> => {
  const { hash } = await entry(trx, sequence);
  await change(trx, sql`update audit_head set sequence = ${sequence}, hash = ${hash} where organisation_id = ${mine}`);
};

const rename = (trx: Trx, sequence: number): Promise<void> =>
  change(
    trx,
    sql`update audit_event set actor_name = 'Somebody else' where organisation_id = ${mine} and sequence = ${sequence}`,
  );

const remove = (trx: Trx, from: number, to = from): Promise<void> =>
  change(trx, sql`delete from audit_event where organisation_id = ${mine} and sequence between ${from} and ${to}`);

const columns = {
  id: '0199f8b9-0000-7000-8000-000000000000',
  created_at: '2020-01-01T00:00:00.000Z',
  actor_type: 'customer',
  actor_id: 'x',
  actor_name: 'X',
  action: 'staff.logged_in',
  customer_id: 'x',
  detail: null,
  request_id: 'x',
  previous_hash: '1'.repeat(64),
  hash: '1'.repeat(64),
};

const insertEvents = rowInserter<AuditEventTable>('audit_event', [
  'organisation_id',
  'sequence',
  ...(Object.keys(columns) as (keyof typeof columns)[]),
]);

type Tamper = (trx: Trx) => Promise<void>;
type Case = [name: string, tamper: Tamper, sequence: number, kind: string];

const cases: Case[] = [
  ...Object.entries(columns).map(([column, value]): Case => [
    `another ${column}`,
    (trx) =>
      change(
        trx,
        sql`update audit_event set ${sql.ref(column)} = ${value} where organisation_id = ${mine} and sequence = 1001`,
      ),
    1001,
    column === 'previous_hash' ? 'not_following' : 'changed',
  ]),
  [
    'one entry forged with a fitting hash',
    async (trx) => {
      await rename(trx, 1000);
      await rehash(trx, 1000, 1000);
    },
    1001,
    'not_following',
  ],
  [
    'the last entry forged with a fitting hash',
    async (trx) => {
      await rename(trx, length);
      await rehash(trx, length, length);
    },
    length,
    'head_mismatch',
  ],
  [
    'everything behind an entry forged, but for the head',
    async (trx) => {
      await rename(trx, 7);
      await rehash(trx, 7, length);
    },
    length,
    'head_mismatch',
  ],
  ...[1, 2, 1000, 1001, length].map((sequence): Case => [
    `entry ${sequence} taken out`,
    (trx) => remove(trx, sequence),
    sequence,
    'missing',
  ]),
  [
    'an entry taken out and the gap closed',
    async (trx) => {
      await remove(trx, 5);
      await change(
        trx,
        sql`update audit_event set sequence = -sequence where organisation_id = ${mine} and sequence > 5`,
      );
      await change(trx, sql`update audit_event set sequence = -sequence - 1 where sequence < 0`);
      await moveHead(trx, length - 1);
    },
    5,
    'not_following',
  ],
  ['the tail cut off', (trx) => remove(trx, 2001, length), 2001, 'missing'],
  ['all entries taken out', (trx) => remove(trx, 1, length), 1, 'missing'],
  [
    'the head taken away',
    (trx) => change(trx, sql`delete from audit_head where organisation_id = ${mine}`),
    length,
    'head_mismatch',
  ],
  [
    'two entries exchanged',
    async (trx) => {
      for (const [from, to] of [
        [10, -1],
        [11, 10],
        [-1, 11],
      ]) {
        await change(
          trx,
          sql`update audit_event set sequence = ${to} where organisation_id = ${mine} and sequence = ${from}`,
        );
      }
    },
    10,
    'not_following',
  ],
  [
    'an entry added at the end',
    async (trx) => {
      const last = await entry(trx, length);
      const added = { ...last, sequence: length + 1, id: columns.id, previous_hash: last.hash };
      await insertEvents(trx, [{ ...added, hash: hashOf(added) }]);
    },
    length + 1,
    'head_mismatch',
  ],
  [
    'an entry of another organisation put in the place of one',
    async (trx) => {
      await remove(trx, 1);
      await change(trx, sql`update audit_event set organisation_id = ${mine} where organisation_id = ${other}`);
    },
    1,
    'changed',
  ],
];

describe('audit verify', () => {
  it('says of each organisation how much there is and where it ends', async () => {
    const { code, document } = await verify(database.url);
    expect(code).toBe(0);
    expect(document.results).toEqual([
      { organisation_id: other, name: 'Contoso', entries: 1, head: expect.stringMatching(/^1:/), breaks: [] },
      { organisation_id: mine, name: 'Northwind Cloud', entries: length, head: keptHead, breaks: [] },
    ]);
    const { stdout } = await runPortal(['audit', 'verify', '--organisation', mine], {
      environment: { DATABASE_URL: database.url },
    });
    expect(stdout).toBe(`${mine}  Northwind Cloud  ${length} entries  ${keptHead}\n`);
  });

  it('finds a head that was kept, also an old one', async () => {
    const early = await db
      .selectFrom('audit_event')
      .select('hash')
      .where('organisation_id', '=', mine)
      .where('sequence', '=', 17)
      .executeTakeFirstOrThrow();
    for (const head of [keptHead, `17:${early.hash}`]) {
      expect(await verify(database.url, '--organisation', mine, '--head', head)).toMatchObject({ code: 0, stderr: '' });
    }
    const wrong = await verify(database.url, '--organisation', mine, '--head', `18:${early.hash}`);
    expect(wrong.stderr).toContain('is not in the chain');
    expect(wrong.code).toBe(1);
  });

  it.each([
    ['a head that is none', ['--organisation', 'x', '--head', '17'], 2],
    ['a head of no organisation', ['--head', `1:${'0'.repeat(64)}`], 2],
    ['an unknown organisation', ['--organisation', 'nobody'], 1],
  ])('refuses %s', async (_, words, code) => {
    expect((await verify(database.url, ...words)).code).toBe(code);
  });
});

describe('somebody who takes the guards away', () => {
  let ownDatabase: Awaited<ReturnType<typeof createDatabase>>;
  let forged: Db;

  beforeAll(async () => {
    ownDatabase = await createDatabase();
    forged = openDatabase(ownDatabase.url);
    await migrate(forged);
    await takeGuardsAway(forged);
    const organisations = await db.selectFrom('organisation').selectAll().execute();
    await forged.insertInto('organisation').values(organisations).execute();
  });
  afterAll(async () => {
    await forged.destroy();
    await ownDatabase.drop();
  });
  beforeEach(() =>
    transact(forged, async (trx) => {
      await trx.deleteFrom('audit_event').execute();
      await trx.deleteFrom('audit_head').execute();
      await insertEvents(trx, await db.selectFrom('audit_event').selectAll().execute());
      await trx
        .insertInto('audit_head')
        .values(await db.selectFrom('audit_head').selectAll().execute())
        .execute();
    }),
  );

  it.each(cases)('notices %s', async (_, tamper, sequence, kind) => {
    await transact(forged, tamper);
    const { code, stderr, document } = await verify(ownDatabase.url);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The audit is broken\. [^\n]+\n$/);
    expect(stderr).toContain(mine);
    expect(document.error?.['code']).toBe('audit_broken');
    const { results } = document.error?.['detail'] as { results: { organisation_id: string; breaks: unknown[] }[] };
    expect(results.find(({ organisation_id: id }) => id === mine)?.breaks).toContainEqual(
      expect.objectContaining({ sequence, kind }),
    );
    noticed += 1;
  });

  it.each<[string, Tamper]>([
    [
      'the whole chain was forged, with its head',
      async (trx) => {
        await rename(trx, 3);
        await rehash(trx, 3, length);
        await moveHead(trx, length);
      },
    ],
    [
      'the tail was cut off, with its head',
      async (trx) => {
        await remove(trx, 2001, length);
        await moveHead(trx, 2000);
      },
    ],
    [
      'everything was taken out, with its head',
      async (trx) => {
        await remove(trx, 1, length);
        await change(trx, sql`delete from audit_head where organisation_id = ${mine}`);
      },
    ],
  ])('knows by the kept head alone that %s', async (_, tamper) => {
    await transact(forged, tamper);
    expect((await verify(ownDatabase.url)).code).toBe(0);
    const { code, stderr } = await verify(ownDatabase.url, '--organisation', mine, '--head', keptHead);
    expect(code).toBe(1);
    expect(stderr).toContain(`${mine}: the kept head ${keptHead} is not in the chain`);
    noticed += 1;
  });

  it('was tried with every way of rewriting', () => {
    const tried = cases.length + 3;
    addFigure('ways of rewriting the audit tried', tried);
    addFigure('ways of rewriting the audit that went unnoticed', tried - noticed);
    expect(noticed).toBe(tried);
  });
});

it('two connections that write at once make one whole chain, which can be verified meanwhile', async () => {
  const organisationId = await newOrganisation('Fabrikam');
  const second = openDatabase(database.url);
  const writing = [db, second].map(async (connection) => {
    for (let round = 0; round < 150; round += 1) {
      await append(connection, organisationId, `round ${round}`);
    }
  });
  let isWriting = true;
  const written = Promise.all(writing).then(() => (isWriting = false));
  let seen = 0;
  while (isWriting) {
    const { entries, breaks } = await verifyChain(db, { organisationId });
    expect(breaks).toEqual([]);
    expect(entries).toBeGreaterThanOrEqual(seen);
    seen = entries;
  }
  await written;
  await second.destroy();
  expect(await verifyChain(db, { organisationId })).toMatchObject({ entries: 301, breaks: [] });
});
