import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { naughtyStrings } from '../testing/naughty-strings.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestServer } from '../testing/test-server.ts';
import { dialectOf } from './dialect.ts';
import { columnsWriter, flag, jsonColumns, jsonText, object, onlyIf, text, whole, word } from './json.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const Thing = z.object({
  id: z.string(),
  name: z.string().nullable(),
  amount: z.int(),
  isLate: z.boolean(),
  inner: z.object({ from: z.string() }).nullable(),
});

const thing = (values: { name: string | null; amount: number; isLate: number }) =>
  object(Thing, {
    inner: onlyIf(sql`${values.isLate} = 1`, object(z.object({ from: z.string() }), { from: word(sql<string>`'x'`) })),
    isLate: flag(sql`${values.isLate} = 1`),
    amount: whole(sql<number>`cast(${values.amount} as bigint)`),
    name: text(sql<string | null>`cast(${values.name} as text)`),
    id: word(sql<string>`'a-1'`),
  });

const read = async (values: Parameters<typeof thing>[0]): Promise<string> => {
  const json = thing(values);
  if (dialectOf(server.db) === 'sqlite') {
    const { rows } = await sql<{ json: string }>`select ${jsonText(json)} as json`.execute(server.db);
    return rows[0]?.json ?? '';
  }
  const { rows } = await sql<Record<string, unknown>>`select ${sql.join(jsonColumns(json))}`.execute(server.db);
  return columnsWriter(json)(rows[0] ?? {});
};

describe('JSON of rows', () => {
  it('has the fields of the schema, in its order and with its kinds of values', async () => {
    const json = await read({ name: 'N', amount: 9_007_199_254_740_991, isLate: 1 });
    const value = JSON.parse(json) as Record<string, unknown>;
    expect(Object.entries(value)).toEqual([
      ['id', 'a-1'],
      ['name', 'N'],
      ['amount', 9_007_199_254_740_991],
      ['isLate', true],
      ['inner', { from: 'x' }],
    ]);
  });

  it('has null for nothing, and a minus where one belongs', async () => {
    expect(JSON.parse(await read({ name: null, amount: -5, isLate: 0 }))).toEqual({
      id: 'a-1',
      name: null,
      amount: -5,
      isLate: false,
      inner: null,
    });
  });

  it('gives every text back as it was, in one line', async () => {
    for (const name of [...naughtyStrings, '%s%d%n"\\\n\r\t\u2028\u0001', '","days_overdue":"1'].filter(
      (one) => !one.includes('\0'),
    )) {
      const json = await read({ name, amount: 1, isLate: 0 });
      expect(json).not.toContain('\n');
      expect((JSON.parse(json) as { name: string }).name).toBe(name);
    }
  });

  it('cannot be made with a field that the contract does not name, or without one that it does', () => {
    const From = z.object({ from: z.string() });
    const from = word(sql<string>`'x'`);
    // @ts-expect-error -- a field too many
    expect(() => object(From, { from, secret: from })).toThrow('secret');
    // @ts-expect-error -- a field too few
    expect(() => object(From, {})).toThrow('from');
    // @ts-expect-error -- a field of another kind
    object(From, { from: whole(sql<number>`1`) });
  });
});
