import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from './open.ts';
import { transact, tryTransact } from './transaction.ts';
import type { Db, Trx } from './transaction.ts';

let folder: string;
let file: string;
let db: Db;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-groups-'));
  file = join(folder, 'groups.sqlite');
  db = openDatabase(`sqlite:${file}`);
  await sql`create table note (id integer primary key autoincrement, text text not null unique) strict`.execute(db);
  await sql`create table remark (note_id integer not null references note (id)) strict`.execute(db);
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const walHeaderBytes = 32;
const frameHeaderBytes = 24;
const pageBytes = 4096;

/** The frames of the write-ahead log that end a commit say how large the database is then. */
const commits = (): number => {
  const wal = readFileSync(`${file}-wal`);
  let count = 0;
  for (let start = walHeaderBytes; start < wal.length; start += frameHeaderBytes + pageBytes) {
    count += wal.readUInt32BE(start + 4) === 0 ? 0 : 1;
  }
  return count;
};

const add = async (trx: Trx, text: string): Promise<string> => {
  await sql`insert into note (text) values (${text})`.execute(trx);
  return text;
};

const notes = async (reader: Db = db): Promise<string[]> =>
  (await sql<{ text: string }>`select text from note order by id`.execute(reader)).rows.map(({ text }) => text);

/** What somebody else finds in the file now. */
const storedNotes = async (): Promise<string[]> => {
  const other = openDatabase(`sqlite:${file}`);
  try {
    return await notes(other);
  } finally {
    await other.destroy();
  }
};

const outcomes = async (works: readonly ((trx: Trx) => Promise<unknown>)[]): Promise<unknown[]> =>
  (await Promise.allSettled(works.map((work) => transact(db, work)))).map((settled) =>
    settled.status === 'fulfilled' ? settled.value : (settled.reason as Error).message,
  );

it('makes those that come at the same time durable by one commit, in the order in which they came', async () => {
  const before = commits();
  const texts = ['a', 'b', 'c', 'd', 'e'];
  expect(await outcomes(texts.map((text) => (trx: Trx) => add(trx, text)))).toEqual(texts);
  expect(commits() - before).toBe(1);
  expect(await notes()).toEqual(texts);
});

it('tells nobody that it is done before others can see it', async () => {
  const seen = await Promise.all(
    ['a', 'b', 'c'].map(async (text) => {
      await transact(db, (trx) => add(trx, text));
      return storedNotes();
    }),
  );
  expect(seen).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
});

it.each([0, 1, 2])('takes back only what number %i has done when it fails', async (failing) => {
  const works = [0, 1, 2].map((place) => async (trx: Trx) => {
    await add(trx, `note ${place}`);
    if (place === failing) {
      throw new Error('does not want to');
    }
    return place;
  });
  expect(await outcomes(works)).toEqual([0, 1, 2].map((place) => (place === failing ? 'does not want to' : place)));
  expect(await storedNotes()).toEqual([0, 1, 2].filter((place) => place !== failing).map((place) => `note ${place}`));
});

const breakCommit = async (trx: Trx): Promise<void> => {
  await sql`pragma defer_foreign_keys = on`.execute(trx);
  await sql`insert into remark (note_id) values (99)`.execute(trx);
};

it('tells all when the commit fails, and has changed nothing', async () => {
  const works = [(trx: Trx) => add(trx, 'a'), breakCommit, (trx: Trx) => add(trx, 'c')];
  expect(await outcomes(works)).toEqual(Array.from({ length: 3 }, () => 'FOREIGN KEY constraint failed'));
  expect(await storedNotes()).toEqual([]);
  expect(await transact(db, (trx) => add(trx, 'later'))).toBe('later');
  expect(await notes()).toEqual(['later']);
});

it('tells those before when SQLite rolls back by itself in the midst; those behind go on', async () => {
  let isRefused = false;
  const works = [
    (trx: Trx) => add(trx, 'a'),
    async (trx: Trx) => {
      const refused = sql`insert or rollback into note (text) values ('a')`.execute(trx);
      isRefused = await refused.then(
        () => false,
        () => true,
      );
      await add(trx, 'behind the end of its transaction');
    },
    (trx: Trx) => add(trx, 'c'),
  ];
  const message = 'UNIQUE constraint failed: note.text';
  expect(await outcomes(works)).toEqual([message, message, 'c']);
  expect(isRefused).toBe(true);
  expect(await storedNotes()).toEqual(['c']);
});

it('commits what is done before somebody reads outside of a transaction', async () => {
  const read = Promise.withResolvers<string[]>();
  const behind = Promise.withResolvers<undefined>();
  await transact(db, async (trx) => {
    notes().then(read.resolve, read.reject);
    tryTransact(db, breakCommit).then(() => behind.resolve(undefined), behind.reject);
    await add(trx, 'a');
  });
  await expect(behind.promise).rejects.toThrow('FOREIGN KEY constraint failed');
  expect(await read.promise).toEqual(['a']);
  expect(await storedNotes()).toEqual(['a']);
});

it('uses a connection again that has committed', async () => {
  await db.connection().execute(async (connection) => {
    await connection.transaction().execute((trx) => add(trx, 'a'));
    expect(await notes(connection)).toEqual(['a']);
    await connection.transaction().execute((trx) => add(trx, 'b'));
  });
  expect(await notes()).toEqual(['a', 'b']);
});
