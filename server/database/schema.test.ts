import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from './migrate.ts';
import { openCounters, openDatabase } from './open.ts';

let folder: string;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schema-'));
  url = `sqlite:${join(folder, 'portal.sqlite')}`;
  const db = openDatabase(url);
  await migrate(db);
  await db.destroy();
});
afterAll(() => rm(folder, { recursive: true }));

describe('a connection', () => {
  it('has the settings that acknowledged commits and foreign keys rest on', () => {
    const sqlite = openCounters(url) as BetterSqlite.Database;
    const read = (name: string): unknown => sqlite.pragma(name, { simple: true });
    expect(['journal_mode', 'synchronous', 'foreign_keys'].map(read)).toEqual(['wal', 2, 1]);
    expect(read('busy_timeout')).toBeLessThanOrEqual(250);
    sqlite.close();
  });

  it('is refused where they cannot be had', () => {
    // SQLite keeps a database of this name in memory, where there is no write-ahead log; the file is what we make first.
    onTestFinished(() => rm(':memory:'));
    expect(() => openDatabase('sqlite::memory:')).toThrow('SQLite setting journal_mode is memory, but must be wal');
  });
});

it('has only tables that refuse a value of another type', () => {
  const sqlite = new BetterSqlite(url.replace('sqlite:', ''), { readonly: true });
  const tables = sqlite.pragma('table_list') as { schema: string; name: string; type: string; strict: number }[];
  const loose = tables.filter(
    ({ schema, name, type, strict }) =>
      schema === 'main' && type === 'table' && strict === 0 && !/^(sqlite|kysely)_/.test(name),
  );
  sqlite.close();
  expect(tables.length).toBeGreaterThan(25);
  expect(loose).toEqual([]);
});
