import { writeFile } from 'node:fs/promises';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPortal } from '../testing/command-line.ts';
import { changeFile, failureOf, makeMoveStage, moveData } from '../testing/move-stage.ts';
import type { MoveStage } from '../testing/move-stage.ts';

/** Nobody listens there: whatever is refused was refused before the target was asked. */
const nowhere = 'postgres://portal:secret-word@127.0.0.1:9/portal';

let stage: MoveStage;
beforeAll(async () => {
  stage = await makeMoveStage();
});
afterAll(() => stage.remove());

const refusal = async (from: string, to = nowhere) => failureOf(await moveData(from, to));

describe('is refused', () => {
  test.each([
    ['from PostgreSQL to SQLite', nowhere, 'sqlite:portal.sqlite', 'direction_unsupported', 'not back'],
    ['from PostgreSQL to PostgreSQL', nowhere, nowhere, 'direction_unsupported', 'pg_dump'],
    ['from SQLite to SQLite', 'sqlite:portal.sqlite', 'sqlite:portal.sqlite', 'direction_unsupported', '`backup`'],
    ['from what is no database', 'portal.sqlite', nowhere, 'database_url_invalid', '--from'],
    ['to what is no database', 'sqlite:portal.sqlite', 'mysql://portal', 'database_url_invalid', '--to'],
    ['from a file that is not there', 'sqlite:not-there.sqlite', nowhere, 'file_not_found', 'not-there.sqlite'],
  ])('%s', async (_name, from, to, code, words) => {
    const failure = await refusal(from, to);
    expect(failure.code).toBe(code);
    expect(failure.line).toContain(words);
    expect(failure.line).not.toContain('secret-word');
  });

  test('without a target, which may also be DATABASE_URL', async () => {
    const file = await stage.copyDemo();
    const without = await runPortal(['migrate-data', '--from', `sqlite:${file}`, '--json']);
    expect(failureOf(without).code).toBe('database_url_invalid');
    const same = await runPortal(['migrate-data', '--from', `sqlite:${file}`, '--json'], {
      environment: { DATABASE_URL: `sqlite:${file}` },
    });
    expect(failureOf(same).code).toBe('direction_unsupported');
  });

  test('from a file that is no database, or no portal’s', async () => {
    const file = await stage.copyDemo();
    await writeFile(file, 'It was a dark and stormy night.'.repeat(100));
    expect((await refusal(`sqlite:${file}`)).code).toBe('not_a_database');
    await writeFile(file, '');
    changeFile(file, (sqlite) => sqlite.exec('create table invoice (id text)'));
    expect((await refusal(`sqlite:${file}`)).code).toBe('not_a_portal_database');
  });

  test('while somebody has the source open, who may be a server', async () => {
    const file = await stage.copyDemo();
    const reader = new BetterSqlite(file);
    reader.pragma('journal_mode = wal');
    reader.prepare('select count(*) from invoice').get();
    expect((await refusal(`sqlite:${file}`)).code).toBe('database_in_use');
    reader.close();
  });

  test('from an older and from a newer schema', async () => {
    const file = await stage.copyDemo();
    changeFile(file, (sqlite) => sqlite.exec(`delete from kysely_migration where name like '0008%'`));
    expect((await refusal(`sqlite:${file}`)).code).toBe('source_outdated');
    changeFile(file, (sqlite) =>
      sqlite.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', 'now')`),
    );
    expect((await refusal(`sqlite:${file}`)).code).toBe('database_too_new');
  });

  test('to a server that is not there, in one line without the password', async () => {
    const file = await stage.copyDemo();
    const failure = await refusal(`sqlite:${file}`);
    expect(failure.line).toContain('ECONNREFUSED');
    expect(failure.line).not.toContain('secret-word');
  });
});
