import { sql } from 'kysely';
import type { AliasableExpression, SelectQueryBuilder } from 'kysely';
import type { ListOf, OrderOf } from '#contract/primitives.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Position, SigningKeys } from './cursor.ts';

/** The part of a list's query that says which page of it is wanted. */
export interface PageQuery<Field extends string> {
  order: OrderOf<Field>;
  limit: number;
  cursor?: string | undefined;
}

/** What a list can be ordered by. */
export interface Ordering<Field extends string> {
  /** Names the list; its cursors are good for no other. */
  list: string;
  /** Breaks ties; selected as `id`. */
  id: AliasableExpression<string>;
  /** What each field sorts by, in the given direction: an expression that is never null. */
  by: Record<Field, (isDescending: boolean) => AliasableExpression<string | number>>;
}

interface Placed {
  keyset_value: string | number;
}

/**
 * One page of a filtered, selected query, with cursors to its neighbours and the number of rows on all pages. Rows that
 * come or go between two calls neither repeat nor hide others.
 * @throws HttpError 422 `cursor_invalid`
 */
export const listPage = async <
  Database,
  Table extends keyof Database,
  Row extends { id: string },
  Field extends string,
>(
  query: SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
  { order, limit, cursor }: PageQuery<Field>,
  signingKeys: SigningKeys,
): Promise<ListOf<Row>> => {
  const isDescending = order.startsWith('-');
  const list = `${ordering.list}:${order}`;
  const position = cursor === undefined ? undefined : readCursor(signingKeys, list, cursor);
  const isBackwards = position?.towards === 'previous';
  const direction = isDescending === isBackwards ? 'asc' : 'desc';
  const value = ordering.by[order.replace(/^-/, '') as Field](isDescending);

  let page = query
    .select(value.as('keyset_value'))
    .orderBy(value, direction)
    .orderBy(ordering.id, direction)
    .limit(limit + 1);
  if (position !== undefined) {
    const beyond = sql.raw(direction === 'asc' ? '>' : '<');
    page = page.where(sql<boolean>`(${value}, ${ordering.id}) ${beyond} (${position.value}, ${position.id})`);
  }

  const found = (await page.execute()) as unknown as (Row & Placed)[];
  const hasMore = found.length > limit;
  const results = found.slice(0, limit);
  if (isBackwards) {
    results.reverse();
  }
  const isWhole = position === undefined && !hasMore;
  const cursorAt = (row: (Row & Placed) | undefined, towards: Position['towards'], exists: boolean): string | null =>
    row !== undefined && exists
      ? writeCursor(signingKeys, list, { towards, value: row.keyset_value, id: row.id })
      : null;

  return {
    results,
    next: cursorAt(results.at(-1), 'next', hasMore || isBackwards),
    previous: cursorAt(results[0], 'previous', position !== undefined && (hasMore || !isBackwards)),
    total_count: isWhole ? results.length : await countRows(query),
  };
};

const countRows = async <Database, Table extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Table, Row>,
): Promise<number> => {
  const row = await query
    .clearSelect()
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  return Number((row as { count: number }).count);
};
