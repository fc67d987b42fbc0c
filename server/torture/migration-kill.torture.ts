import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, migrations } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { runMigrations } from '../database/run-migrations.ts';
import { dumpDatabase } from '../testing/database-dump.ts';
import { addFigure } from '../testing/figures.ts';

const script = fileURLToPath(new URL('../testing/mortal-migration.ts', import.meta.url));
const atOnce = 2;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migration-kill-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Death {
  signal: string | null;
  statements: number;
}

const migrateUntil = (file: string, last: number): Promise<Death> =>
  new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [script, `sqlite:${file}`, String(last)], (error, stdout, stderr) => {
      if (error !== null && child.signalCode === null) {
        reject(new Error(stderr));
        return;
      }
      resolve({ signal: child.signalCode, statements: Number(stdout) });
    });
  });

const migrateWhole = async (file: string): Promise<void> => {
  const db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  await db.destroy();
};

/** A new database, or one that has had the first migrations only, and some rows since. */
const makeStart = async (file: string, steps: number): Promise<void> => {
  const db = openDatabase(`sqlite:${file}`);
  if (steps === 0) {
    await db.destroy();
    return;
  }
  await runMigrations(db, Object.fromEntries(Object.entries(migrations).slice(0, steps)));
  await db.destroy();
  const sqlite = new BetterSqlite(file);
  sqlite.exec(`
    insert into organisation (id, name, time_zone, created_at) values ('o1', 'One', 'UTC', 't'), ('o2', 'Two', 'UTC', 't');
    insert into customer (organisation_id, id, customer_name, created_at, updated_at)
      values ('o1', 'c1', 'Ann', 't', 't'), ('o2', 'c2', 'Bob', 't', 't');
    insert into audit_event (organisation_id, id, created_at, actor_type, actor_name, action, customer_id)
      values ('o1', 'a1', 't', 'system', 'x', 'y', 'c1'), ('o1', 'a2', 't', 'system', 'x', 'y', null),
        ('o2', 'a3', 't', 'system', 'x', 'y', 'c2')`);
  sqlite.close();
};

/** Kills at each statement, or at the first ones as `limit` says of all; answers how many there are in all. */
const killAtEach = async (steps: number, limit = (inAll: number): number => inAll): Promise<number> => {
  const start = join(folder, `start-${steps}.sqlite`);
  await makeStart(start, steps);
  const before = dumpDatabase(start);
  const unbroken = join(folder, `unbroken-${steps}.sqlite`);
  await copyFile(start, unbroken);
  const { statements } = await migrateUntil(unbroken, 0);
  const after = dumpDatabase(unbroken);
  expect(after.schema).toEqual(expect.arrayContaining(Object.keys(migrations)));

  const kill = async (last: number): Promise<void> => {
    const file = join(folder, `killed-${steps}-${last}.sqlite`);
    await copyFile(start, file);
    expect((await migrateUntil(file, last)).signal).toBe('SIGKILL');
    expect(dumpDatabase(file)).toEqual(before);
    await migrateWhole(file);
    expect(dumpDatabase(file)).toEqual(after);
  };
  const killed = limit(statements);
  for (let last = 1; last <= killed; last += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, killed - last + 1) }, (_, index) => kill(last + index)));
  }
  addFigure(`migrations of a ${steps === 0 ? 'new' : 'filled'} database killed at so many statements`, killed);
  return statements;
};

it('migrations that are killed leave the database as it was, and are run by the next start', async () => {
  const afterTheFirst = await killAtEach(1);
  // A new database at the statements of the first migration only: the others have been tried.
  await killAtEach(0, (inAll) => inAll - afterTheFirst + 10);
});
