import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEventTable } from '../audit/audit.table.ts';
import { audit } from '../audit/audit.service.ts';
import { hashOf } from '../audit/chain.ts';
import { verifyChain } from '../audit/verify.ts';
import { systemClock } from '../clock.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { transact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { runPortal } from '../testing/command-line.ts';
import { addFigure } from '../testing/figures.ts';

const length = 2_050;
const actor = { type: 'staff', id: null, name: 'Priya Raman' } as const;

let folder: string;
let file: string;
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
  folder = await mkdtemp(join(tmpdir(), 'audit-chain-'));
  file = join(folder, 'portal.sqlite');
  db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  mine = await newOrganisation('Northwind Cloud');
  other = await newOrganisation('Contoso');
  await transact(db, async (trx) => {
    for (let entry = 2; entry <= length; entry += 1) {
      const detail = { note: `entry ${entry}` };
      await audit(trx, systemClock, { organisationId: mine }, { actor, action: 'staff.created', detail });
    }
  });
  const { head } = await verifyChain(db, { organisationId: mine });
  keptHead = `${head?.sequence}:${head?.hash}`;
});
afterAll(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

interface Verdict {
  code: number;
  stderr: string;
  document: { results?: { entries: number; head: string | null }[]; error?: Record<string, unknown> };
}

const verify = async (database: string, ...words: string[]): Promise<Verdict> => {
  const { code, stdout, stderr } = await runPortal(['audit', 'verify', ...words, '--json'], {
    environment: { DATABASE_URL: `sqlite:${database}` },
  });
  return { code, stderr, document: JSON.parse(stdout) as Verdict['document'] };
};

/** A copy of the database, changed by somebody who has the file and takes the guards away first. */
const tamperedCopy = async (tamper: (sqlite: BetterSqlite.Database) => void): Promise<string> => {
  const copy = join(folder, 'tampered.sqlite');
  for (const suffix of ['', '-wal', '-shm']) {
    await rm(`${copy}${suffix}`, { force: true });
  }
  const source = new BetterSqlite(file);
  source.pragma('wal_checkpoint(truncate)');
  source.close();
  await copyFile(file, copy);
  const sqlite = new BetterSqlite(copy);
  sqlite.pragma('foreign_keys = off');
  const triggers = sqlite.prepare<[], string>("select name from sqlite_schema where type = 'trigger'").pluck().all();
  for (const trigger of triggers) {
    sqlite.exec(`drop trigger "${trigger}"`);
  }
  tamper(sqlite);
  sqlite.close();
  return copy;
};

const change = (sqlite: BetterSqlite.Database, statement: string, ...values: unknown[]): void => {
  const { changes } = sqlite.prepare(statement).run(...values);
  expect(changes, statement).toBeGreaterThan(0);
};

const entry = (sqlite: BetterSqlite.Database, sequence: number): AuditEventTable =>
  sqlite
    .prepare<[string, number], AuditEventTable>('select * from audit_event where organisation_id = ? and sequence = ?')
    .get(mine, sequence) as AuditEventTable;

/** Works the hashes out anew from an entry on, as an informed forger does. */
const rehash = (sqlite: BetterSqlite.Database, from: number, to: number): void => {
  const update = sqlite.prepare(
    'update audit_event set previous_hash = ?, hash = ? where organisation_id = ? and sequence = ?',
  );
  for (let sequence = from; sequence <= to; sequence += 1) {
    const previous = sequence === 1 ? '0'.repeat(64) : entry(sqlite, sequence - 1).hash;
    const event = { ...entry(sqlite, sequence), previous_hash: previous };
    update.run(previous, hashOf(event), mine, sequence);
  }
};

const moveHead = (sqlite: BetterSqlite.Database, sequence: number): void => {
  change(
    sqlite,
    'update audit_head set sequence = ?, hash = ? where organisation_id = ?',
    sequence,
    entry(sqlite, sequence).hash,
    mine,
  );
};

const rename = (sqlite: BetterSqlite.Database, sequence: number): void => {
  change(
    sqlite,
    "update audit_event set actor_name = 'Somebody else' where organisation_id = ? and sequence = ?",
    mine,
    sequence,
  );
};

const columns = {
  id: '0199f8b9-0000-7000-8000-000000000000',
  created_at: '2020-01-01T00:00:00.000Z',
  actor_type: 'system',
  actor_id: 'x',
  actor_name: 'X',
  action: 'staff.logged_in',
  customer_id: 'x',
  detail: null,
  request_id: 'x',
  previous_hash: '1'.repeat(64),
  hash: '1'.repeat(64),
};

type Case = [name: string, tamper: (sqlite: BetterSqlite.Database) => void, sequence: number, kind: string];

const cases: Case[] = [
  ...Object.entries(columns).map(([column, value]): Case => [
    `another ${column}`,
    (sqlite) => {
      change(sqlite, `update audit_event set ${column} = ? where organisation_id = ? and sequence = 1001`, value, mine);
    },
    1001,
    column === 'previous_hash' ? 'not_following' : 'changed',
  ]),
  [
    'one entry forged with a fitting hash',
    (sqlite) => {
      rename(sqlite, 1000);
      rehash(sqlite, 1000, 1000);
    },
    1001,
    'not_following',
  ],
  [
    'the last entry forged with a fitting hash',
    (sqlite) => {
      rename(sqlite, length);
      rehash(sqlite, length, length);
    },
    length,
    'head_mismatch',
  ],
  [
    'everything behind an entry forged, but for the head',
    (sqlite) => {
      rename(sqlite, 7);
      rehash(sqlite, 7, length);
    },
    length,
    'head_mismatch',
  ],
  ...[1, 2, 1000, 1001, length].map((sequence): Case => [
    `entry ${sequence} taken out`,
    (sqlite) => {
      change(sqlite, 'delete from audit_event where organisation_id = ? and sequence = ?', mine, sequence);
    },
    sequence,
    'missing',
  ]),
  [
    'an entry taken out and the gap closed',
    (sqlite) => {
      change(sqlite, 'delete from audit_event where organisation_id = ? and sequence = 5', mine);
      for (let sequence = 6; sequence <= length; sequence += 1) {
        change(
          sqlite,
          'update audit_event set sequence = sequence - 1 where organisation_id = ? and sequence = ?',
          mine,
          sequence,
        );
      }
      moveHead(sqlite, length - 1);
    },
    5,
    'not_following',
  ],
  [
    'the tail cut off',
    (sqlite) => {
      change(sqlite, 'delete from audit_event where organisation_id = ? and sequence > 2000', mine);
    },
    2001,
    'missing',
  ],
  [
    'all entries taken out',
    (sqlite) => {
      change(sqlite, 'delete from audit_event where organisation_id = ?', mine);
    },
    1,
    'missing',
  ],
  [
    'the head taken away',
    (sqlite) => {
      change(sqlite, 'delete from audit_head where organisation_id = ?', mine);
    },
    length,
    'head_mismatch',
  ],
  [
    'two entries exchanged',
    (sqlite) => {
      for (const [from, to] of [
        [10, -1],
        [11, 10],
        [-1, 11],
      ]) {
        sqlite.pragma('ignore_check_constraints = on');
        change(
          sqlite,
          'update audit_event set sequence = ? where organisation_id = ? and sequence = ?',
          to,
          mine,
          from,
        );
      }
    },
    10,
    'not_following',
  ],
  [
    'an entry added at the end',
    (sqlite) => {
      const last = entry(sqlite, length);
      const added = { ...last, sequence: length + 1, id: columns.id, previous_hash: last.hash };
      const values = Object.values({ ...added, hash: hashOf(added) });
      sqlite.prepare(`insert into audit_event values (${values.map(() => '?').join()})`).run(...values);
    },
    length + 1,
    'head_mismatch',
  ],
  [
    'an entry of another organisation put in the place of one',
    (sqlite) => {
      change(sqlite, 'delete from audit_event where organisation_id = ? and sequence = 1', mine);
      change(sqlite, 'update audit_event set organisation_id = ? where organisation_id = ?', mine, other);
    },
    1,
    'changed',
  ],
];

describe('audit verify', () => {
  it('says of each organisation how much there is and where it ends', async () => {
    const { code, document } = await verify(file);
    expect(code).toBe(0);
    expect(document.results).toEqual([
      { organisation_id: other, name: 'Contoso', entries: 1, head: expect.stringMatching(/^1:/), breaks: [] },
      { organisation_id: mine, name: 'Northwind Cloud', entries: length, head: keptHead, breaks: [] },
    ]);
    const { stdout } = await runPortal(['audit', 'verify', '--organisation', mine], {
      environment: { DATABASE_URL: `sqlite:${file}` },
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
      expect(await verify(file, '--organisation', mine, '--head', head)).toMatchObject({ code: 0, stderr: '' });
    }
    const wrong = await verify(file, '--organisation', mine, '--head', `18:${early.hash}`);
    expect(wrong.stderr).toContain('is not in the chain');
    expect(wrong.code).toBe(1);
  });

  it.each([
    ['a head that is none', ['--organisation', 'x', '--head', '17'], 2],
    ['a head of no organisation', ['--head', `1:${'0'.repeat(64)}`], 2],
    ['an unknown organisation', ['--organisation', 'nobody'], 1],
  ])('refuses %s', async (_, words, code) => {
    expect((await verify(file, ...words)).code).toBe(code);
  });

  it.each(cases)('notices %s', async (_, tamper, sequence, kind) => {
    const copy = await tamperedCopy(tamper);
    const { code, stderr, document } = await verify(copy);
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

  it.each<[string, (sqlite: BetterSqlite.Database) => void]>([
    [
      'the whole chain was forged, with its head',
      (sqlite) => {
        rename(sqlite, 3);
        rehash(sqlite, 3, length);
        moveHead(sqlite, length);
      },
    ],
    [
      'the tail was cut off, with its head',
      (sqlite) => {
        change(sqlite, 'delete from audit_event where organisation_id = ? and sequence > 2000', mine);
        moveHead(sqlite, 2000);
      },
    ],
    [
      'everything was taken out, with its head',
      (sqlite) => {
        change(sqlite, 'delete from audit_event where organisation_id = ?', mine);
        change(sqlite, 'delete from audit_head where organisation_id = ?', mine);
      },
    ],
  ])('knows by the kept head alone that %s', async (_, tamper) => {
    const copy = await tamperedCopy(tamper);
    expect((await verify(copy)).code).toBe(0);
    const { code, stderr } = await verify(copy, '--organisation', mine, '--head', keptHead);
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
  const second = openDatabase(`sqlite:${file}`);
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
