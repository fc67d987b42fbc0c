import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPortal, startPortal } from '../testing/command-line.ts';
import { dumpDatabase } from '../testing/database-dump.ts';
import { migrate, migrations } from './migrate.ts';
import { migrationOf } from './migrations/statements.ts';
import { openDatabase } from './open.ts';
import { runMigrations } from './run-migrations.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
const newFile = (): string => {
  files += 1;
  return join(folder, `${files}.sqlite`);
};

const newDatabase = async (): Promise<string> => {
  const file = newFile();
  const db = openDatabase(`sqlite:${file}`);
  await migrate(db);
  await db.destroy();
  return file;
};

const digest = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

describe('a migration that fails', () => {
  it('leaves the database as it was, and the ones before it undone too', async () => {
    const file = await newDatabase();
    const before = dumpDatabase(file);
    const db = openDatabase(`sqlite:${file}`);
    const broken = {
      ...migrations,
      '9001-works': migrationOf('create table extra (id text) strict;\n'),
      '9002-fails': { up: () => Promise.reject(new Error('no such luck')) },
    };
    await expect(runMigrations(db, broken)).rejects.toThrow('no such luck');
    await db.destroy();
    expect(dumpDatabase(file)).toEqual(before);
  });
});

describe('several processes that migrate a new database at once', () => {
  it('run each migration once, and all end well', async () => {
    const file = newFile();
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => startPortal(['migrate'], { DATABASE_URL: `sqlite:${file}` })),
    );
    expect(answers.flatMap(({ document }) => document['migrations'])).toEqual(Object.keys(migrations));
    expect(dumpDatabase(file)).toEqual(dumpDatabase(await newDatabase()));
  });

  it('wait for the one that is at it, longer than a write would', async () => {
    const file = newFile();
    const other = new BetterSqlite(file);
    other.exec('pragma journal_mode = wal; begin immediate; create table unrelated (id text)');
    const db = openDatabase(`sqlite:${file}`);
    const migrated = migrate(db);
    await delay(3000);
    other.exec('rollback');
    other.close();
    expect(await migrated).toEqual(Object.keys(migrations));
    await db.destroy();
  });
});

describe('a database of a newer version', () => {
  it.each(['migrate', 'organisation list', 'serve'])(
    'is refused by `%s` in one line that names what is unknown, and nothing is changed',
    async (words) => {
      const file = await newDatabase();
      const newer = new BetterSqlite(file);
      newer.exec(`insert into kysely_migration values ('9000-future', '2030-01-01T00:00:00.000Z')`);
      newer.close();
      const before = await digest(file);
      const { code, stdout, stderr } = await runPortal([...words.split(' '), '--json'], {
        environment: {
          DATABASE_URL: `sqlite:${file}`,
          PUBLIC_URL: 'http://localhost:4000',
          PORT: '0',
          SIGNING_SECRETS: `a:${Buffer.alloc(32, 1).toString('base64url')}`,
        },
      });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^[^\n]*newer version[^\n]*9000-future[^\n]*\n$/);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'database_too_new' } });
      expect(await digest(file)).toBe(before);
    },
  );
});
