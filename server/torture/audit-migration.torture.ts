import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyChain } from '../audit/verify.ts';
import { openDatabase } from '../database/open.ts';
import { migrate } from '../database/migrate.ts';
import { start } from '../database/migrations/0001-start.ts';
import { merchantApi } from '../database/migrations/0002-merchant-api.ts';
import { webhooks } from '../database/migrations/0003-webhooks.ts';
import { runMigrations } from '../database/run-migrations.ts';
import type { Db } from '../database/transaction.ts';
import { addFigure } from '../testing/figures.ts';

const entries = 250_000;
const others = 2_500;

let folder: string;
let file: string;
let db: Db;

/** Entries as they were written before there was a chain: several in one millisecond, in no order. */
const insertUnchained = (): void => {
  const sqlite = new BetterSqlite(file);
  sqlite.exec(`
    insert into organisation (id, name, time_zone, created_at)
      values ('big', 'Big', 'UTC', '2026-01-01T00:00:00.000Z'), ('small', 'Small', 'UTC', '2026-01-01T00:00:00.000Z'),
        ('none', 'None', 'UTC', '2026-01-01T00:00:00.000Z');
    insert into audit_event (organisation_id, id, created_at, actor_type, actor_id, actor_name, action, detail, request_id)
      with recursive counter (n) as (select 1 union all select n + 1 from counter where n < ${entries})
      select iif(n % ${entries / others} = 0, 'small', 'big'), printf('%08x-%d', n * 2654435761 & 0xffffffff, n),
        strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + n / 3000 * 0.001, 'unixepoch'), 'staff', null, 'Zoë ' || n, 'staff.created',
        json_object('n', n), null from counter`);
  sqlite.close();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-migration-'));
  file = join(folder, 'portal.sqlite');
  db = openDatabase(`sqlite:${file}`);
  await runMigrations(db, { '0001-start': start, '0002-merchant-api': merchantApi, '0003-webhooks': webhooks });
  insertUnchained();
});
afterAll(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

it(`chains ${entries} entries that were there before, in the order of their times`, async () => {
  const heapBefore = process.memoryUsage().heapUsed;
  const startedAt = performance.now();
  await migrate(db);
  const seconds = (performance.now() - startedAt) / 1000;
  const grownMb = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
  for (const [organisationId, count] of [
    ['big', entries - others],
    ['small', others],
    ['none', 0],
  ] as const) {
    expect(await verifyChain(db, { organisationId })).toMatchObject({ entries: count, breaks: [] });
  }
  const sqlite = new BetterSqlite(file, { readonly: true });
  const unordered = sqlite
    .prepare<[], number>(
      `select count(*) from audit_event as one join audit_event as next
        on next.organisation_id = one.organisation_id and next.sequence = one.sequence + 1
        where (next.created_at, next.id) <= (one.created_at, one.id)`,
    )
    .pluck()
    .get();
  const sum = sqlite.prepare<[], number>("select sum(detail ->> 'n') from audit_event").pluck().get();
  sqlite.close();
  expect(unordered).toBe(0);
  expect(sum).toBe((entries * (entries + 1)) / 2);
  expect(grownMb).toBeLessThan(300);
  addFigure('audit entries chained by the migration', entries);
  addFigure('seconds that it took', Math.round(seconds));
});
