import { copyFile, link, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPortal } from '../testing/command-line.ts';
import type { Finished } from '../testing/command-line.ts';
import { dumpDatabase } from '../testing/database-dump.ts';
import { CommandError } from '../command-line/command-line.ts';
import { explained } from './copy-database.ts';

let folder: string;
let database: string;
let backup: string;

const run = (...words: string[]): Promise<Finished> =>
  runPortal([...words, '--json'], { environment: { DATABASE_URL: `sqlite:${database}` } });

const documentOf = ({ code, stdout, stderr }: Finished): Record<string, unknown> => {
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
};

/** A failure is one line, and its code. */
const failureOf = ({ code, stdout, stderr }: Finished): string => {
  expect(code).toBe(1);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  return (JSON.parse(stdout) as { error: { code: string } }).error.code;
};

const addOrganisation = (name: string): Promise<Finished> =>
  run('organisation', 'create', '--name', name, '--origin', 'https://shop.example');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-backup-'));
  database = join(folder, 'portal.sqlite');
  backup = join(folder, 'backup.sqlite');
  documentOf(await addOrganisation('First'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('backup', () => {
  it('writes one file that only its owner reads, and says what is in it', async () => {
    const document = documentOf(await run('backup', backup));
    const { size, mode } = await stat(backup);
    expect(document).toEqual({
      file: backup,
      bytes: size,
      pages: expect.any(Number),
      schema: expect.stringMatching(/^\d{4}-/),
      duration_ms: expect.any(Number),
    });
    expect(mode & 0o777).toBe(0o600);
    expect(dumpDatabase(backup)).toEqual(dumpDatabase(database));
    expect((await readdir(folder)).filter((name) => name.startsWith('backup'))).toEqual(['backup.sqlite']);
  });

  it('holds what a server that was killed has left in its log', async () => {
    const writer = new BetterSqlite(database);
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec(`update organisation set name = 'In the log'`);
    const killed = join(folder, 'killed.sqlite');
    await Promise.all(['', '-wal'].map((suffix) => copyFile(`${database}${suffix}`, `${killed}${suffix}`)));
    writer.close();
    database = killed;
    documentOf(await run('backup', backup));
    expect(dumpDatabase(backup).rows['organisation']?.join()).toContain('In the log');
  });

  it('replaces a file only when it is told to', async () => {
    await writeFile(backup, 'of yesterday');
    expect(failureOf(await run('backup', backup))).toBe('file_exists');
    expect(await readFile(backup, 'utf8')).toBe('of yesterday');
    documentOf(await run('backup', backup, '--force'));
    expect(dumpDatabase(backup)).toEqual(dumpDatabase(database));
  });

  it('never replaces the database by itself, whatever its name', async () => {
    const otherName = join(folder, 'other-name.sqlite');
    await link(database, otherName);
    for (const name of [database, otherName]) {
      expect(failureOf(await run('backup', name, '--force'))).toBe('same_file');
    }
  });

  it('keeps the file of yesterday when today something is wrong', async () => {
    documentOf(await run('backup', backup));
    const before = dumpDatabase(backup);
    const file = await open(database, 'r+');
    await file.write(Buffer.alloc(8192, 0x55), 0, 8192, 3 * 4096);
    await file.close();
    expect(failureOf(await run('backup', backup, '--force'))).toBe('database_damaged');
    expect(dumpDatabase(backup)).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('makes no database where there is none', async () => {
    database = join(folder, 'missing.sqlite');
    expect(failureOf(await run('backup', backup))).toBe('file_not_found');
    expect(await readdir(folder)).not.toContain('missing.sqlite');
  });
});

describe('restore', () => {
  beforeEach(async () => {
    documentOf(await run('backup', backup));
    documentOf(await addOrganisation('Second'));
  });

  it('puts the backup where no database is', async () => {
    database = join(folder, 'new', 'portal.sqlite');
    expect(documentOf(await run('restore', backup))).toMatchObject({ database, backup, kept: null });
    expect(dumpDatabase(database)).toEqual(dumpDatabase(backup));
    expect((await stat(database)).mode & 0o777).toBe(0o600);
  });

  it('replaces a database only when it is told to, and keeps it', async () => {
    const before = dumpDatabase(database);
    expect(failureOf(await run('restore', backup))).toBe('file_exists');
    expect(dumpDatabase(database)).toEqual(before);
    const { kept } = documentOf(await run('restore', backup, '--force'));
    expect(dumpDatabase(String(kept))).toEqual(before);
    expect(dumpDatabase(database)).toEqual(dumpDatabase(backup));
  });

  it('is refused while somebody has the database open, and changes nothing', async () => {
    const before = dumpDatabase(database);
    const server = new BetterSqlite(database);
    server.prepare('select * from organisation').all();
    expect(failureOf(await run('restore', backup, '--force'))).toBe('database_in_use');
    server.close();
    expect(dumpDatabase(database)).toEqual(before);
    documentOf(await run('restore', backup, '--force'));
  });

  it('replaces a database that is past reading, and keeps it', async () => {
    await writeFile(database, 'x'.repeat(9000));
    const { kept } = documentOf(await run('restore', backup, '--force'));
    expect(await readFile(String(kept), 'utf8')).toMatch(/^x+$/);
    expect(dumpDatabase(database)).toEqual(dumpDatabase(backup));
  });

  it('puts the log of a database that is gone out of the way, lest it be written into the new one', async () => {
    const writer = new BetterSqlite(database);
    writer.exec(`update organisation set name = 'In the log'`);
    await copyFile(`${database}-wal`, join(folder, 'log'));
    writer.close();
    await rm(database);
    await copyFile(join(folder, 'log'), `${database}-wal`);
    documentOf(await run('restore', backup));
    expect(dumpDatabase(database)).toEqual(dumpDatabase(backup));
  });

  it.each([
    ['file_not_found', () => rm(backup)],
    ['not_a_database', () => writeFile(backup, 'y'.repeat(9000))],
    ['not_a_portal_database', () => writeFile(backup, '')],
    ['database_damaged', async () => writeFile(backup, (await readFile(backup)).subarray(0, 50_000))],
    [
      'database_too_new',
      () => {
        const newer = new BetterSqlite(backup);
        newer.exec(`insert into kysely_migration values ('9000-future', '2030-01-01T00:00:00.000Z')`);
        newer.close();
      },
    ],
    [
      'database_damaged',
      () => {
        const orphaned = new BetterSqlite(backup);
        orphaned.pragma('foreign_keys = off');
        orphaned.exec('delete from organisation');
        orphaned.close();
      },
    ],
  ])('answers %s to a file that cannot be restored, and changes nothing', async (code, spoil) => {
    const before = dumpDatabase(database);
    await spoil();
    expect(failureOf(await run('restore', backup, '--force'))).toBe(code);
    expect(dumpDatabase(database)).toEqual(before);
    expect((await readdir(folder)).filter((name) => /partial|before-restore/.test(name))).toEqual([]);
  });

  it('is refused when backup and database are the same file', async () => {
    expect(failureOf(await run('restore', database, '--force'))).toBe('same_file');
  });
});

it.each([
  ['backup', 'pg_dump'],
  ['restore', 'pg_restore'],
])('%s leaves PostgreSQL to %s, in one line', async (command, instead) => {
  const { code, stderr } = await runPortal([command, join(folder, 'portal.dump')], {
    environment: { DATABASE_URL: 'postgres://portal@127.0.0.1:1/portal' },
  });
  expect([code, stderr]).toEqual([1, `DATABASE_URL names a PostgreSQL database: use ${instead}\n`]);
});

it.each([
  ['SQLITE_FULL', 'storage_full'],
  ['ENOSPC', 'storage_full'],
  ['EACCES', 'permission_denied'],
  ['EROFS', 'permission_denied'],
  ['EIO', 'copy_failed'],
])('explains %s as %s', (systemCode, code) => {
  const error = explained('Cannot copy', Object.assign(new Error('oh'), { code: systemCode }));
  expect(error).toBeInstanceOf(CommandError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(/^Cannot copy: [^\n]+$/) });
});
