import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AliasableExpression, Compilable, Expression, SelectQueryBuilder } from 'kysely';
import type { ListOf, OrderOf } from '#contract/primitives.ts';
import { compileOnce } from './compile-once.ts';
import type { Values } from './compile-once.ts';
import { compilePages } from './compiled-pages.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { CursorList, Position, SigningKeys } from './cursor.ts';
import { changeAtBeginning } from './organisation-context.ts';
import { keepTotal, knownTotal, nameOfCount } from './totals.ts';
import type { Db } from './transaction.ts';

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
  /** Every change of what is listed is an entry of the audit, so that rows are counted once for each. */
  isAudited?: true;
}

/** Whether a filter lets every row through. */
export const isEmpty = (filter: object): boolean => Object.values(filter).every((value) => value === undefined);

/** Behind every moment that a row can name: for what has no end, or no date. */
export const never = '9999-12-31T23:59:59.999Z';

type Ordered<Row> = Row & { keyset_value: string | number };
type Placed<Row> = Ordered<Row> & { keyset_total?: number };

/** Where a page begins, and which way it runs from there. */
export interface Place<Field extends string> {
  order: OrderOf<Field>;
  towards: Position['towards'];
  /** How many rows to read: one more than are shown, to see whether there are more. */
  limit: Expression<number> | number;
  after: { value: Expression<string | number> | string | number; id: Expression<string> | string } | undefined;
}

export const selectCount = <Database, Table extends keyof Database, Row>(
  query: SelectQueryBuilder<Database, Table, Row>,
) => query.clearSelect().select(sql<number>`count(*)`.as('count'));

const valueOf = <Field extends string>({ by }: Ordering<Field>, { order }: Place<Field>) =>
  by[order.replace(/^-/, '') as Field](order.startsWith('-'));

/** The rows from a place on, in their order. */
export const inOrder = <Database, Table extends keyof Database, Row, Field extends string>(
  query: SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
  place: Place<Field>,
) => {
  const { order, towards, limit, after } = place;
  const direction = order.startsWith('-') === (towards === 'previous') ? 'asc' : 'desc';
  const value = valueOf(ordering, place);
  const page = query
    .orderBy(value, direction)
    .orderBy(ordering.id, direction)
    .limit(sql<number>`${limit}`);
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  return after === undefined
    ? page
    : page.where(sql<boolean>`(${value}, ${ordering.id}) ${beyond} (${after.value}, ${after.id})`);
};

/** The same; each row tells where it stands. */
const selectInOrder = <Database, Table extends keyof Database, Row extends { id: string }, Field extends string>(
  query: SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
  place: Place<Field>,
) => inOrder(query.select(valueOf(ordering, place).as('keyset_value')), ordering, place);

const selectPage = <Database, Table extends keyof Database, Row extends { id: string }, Field extends string>(
  query: SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
  place: Place<Field>,
) => selectInOrder(query, ordering, place).select(sql<number>`(${selectCount(query)})`.as('keyset_total'));

/** Whose list it is; a cursor of somebody else's leads nowhere. */
export type ListScope = CursorList['scope'];

const cursorListOf = <Field extends string>(
  scope: ListScope,
  { list }: Ordering<Field>,
  order: OrderOf<Field>,
): CursorList => ({ scope, name: `${list}:${order}` });

/** Where a page begins; undefined for the first. @throws HttpError 422 `cursor_invalid` */
export const positionOf = <Field extends string>(
  scope: ListScope,
  ordering: Ordering<Field>,
  { order, cursor }: PageQuery<Field>,
  signingKeys: SigningKeys,
): Position | undefined =>
  cursor === undefined ? undefined : readCursor(signingKeys, cursorListOf(scope, ordering, order), cursor);

/** A cursor to what stands on one side of a row. */
export const cursorAt = <Field extends string>(
  scope: ListScope,
  ordering: Ordering<Field>,
  order: OrderOf<Field>,
  position: Position,
  signingKeys: SigningKeys,
): string => writeCursor(signingKeys, cursorListOf(scope, ordering, order), position);

/** What is beside a page, and how its rows were read: of `found` rows it shows `limit`. */
export interface Neighbours {
  /** One row was found that is not shown: the last that was read. */
  hasMore: boolean;
  /** The rows were read in the opposite order. */
  isBackwards: boolean;
  hasNext: boolean;
  hasPrevious: boolean;
}

export const neighboursOf = (position: Position | undefined, found: number, limit: number): Neighbours => {
  const isBackwards = position?.towards === 'previous';
  const hasMore = found > limit;
  return {
    hasMore,
    isBackwards,
    hasNext: found > 0 && (hasMore || isBackwards),
    hasPrevious: found > 0 && position !== undefined && (hasMore || !isBackwards),
  };
};

interface Source<Row> {
  /** Each row brings the number of rows on all pages along: a query of its own would cost more than the counting. */
  find(position: Position | undefined, limit: number): Promise<Placed<Row>[]>;
  /** For a page that has no rows any more. */
  count(): Promise<number>;
  /** Where it is known before: rows need not bring it. */
  total?: number | undefined;
}

const readPage = async <Row extends { id: string }, Field extends string>(
  scope: ListScope,
  source: Source<Row>,
  ordering: Ordering<Field>,
  page: PageQuery<Field>,
  signingKeys: SigningKeys,
): Promise<ListOf<Row>> => {
  const position = positionOf(scope, ordering, page, signingKeys);
  const found = await source.find(position, page.limit + 1);
  const { isBackwards, hasNext, hasPrevious } = neighboursOf(position, found.length, page.limit);
  const results = found.slice(0, page.limit);
  if (isBackwards) {
    results.reverse();
  }
  const cursorOf = (row: Placed<Row> | undefined, towards: Position['towards']): string | null =>
    row === undefined
      ? null
      : cursorAt(scope, ordering, page.order, { towards, value: row.keyset_value, id: row.id }, signingKeys);

  return {
    results,
    next: hasNext ? cursorOf(results.at(-1), 'next') : null,
    previous: hasPrevious ? cursorOf(results[0], 'previous') : null,
    total_count: source.total ?? found[0]?.keyset_total ?? (position === undefined ? 0 : await source.count()),
  };
};

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
  scope: ListScope,
  query: SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
  page: PageQuery<Field>,
  signingKeys: SigningKeys,
): Promise<ListOf<Row>> => {
  const count = selectCount(query);
  const version = ordering.isAudited === true ? changeAtBeginning() : undefined;
  const list = version === undefined ? '' : nameOfCount(count.compile());
  const total = version === undefined ? undefined : knownTotal(list, version);
  const select = total === undefined ? selectPage : selectInOrder;
  const source: Source<Row> = {
    find: async (after, limit) => {
      const place = { order: page.order, towards: after?.towards ?? 'next', limit, after };
      return (await select(query, ordering, place).execute()) as unknown as Placed<Row>[];
    },
    count: async () => Number(((await count.executeTakeFirstOrThrow()) as { count: number }).count),
    total,
  };
  const found = await readPage(scope, source, ordering, page, signingKeys);
  if (version !== undefined) {
    keepTotal(list, version, found.total_count);
  }
  return found;
};

/** `listPage` of a query that every request runs: compiled once. What differs is a `slot`. */
export const compiledListPage = <
  Database,
  Table extends keyof Database,
  Row extends { id: string },
  Field extends string,
>(
  build: (db: Db) => SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
) => {
  const findPage = compilePages<Placed<Row>, Field>(
    (db, place) => selectPage(build(db), ordering, place) as unknown as Compilable<Placed<Row>>,
  );
  const countAll = compileOnce<{ count: number }>((db) => selectCount(build(db)));
  return (
    db: Db,
    { scope, values, page }: { scope: ListScope; values: Values; page: PageQuery<Field> },
    signingKeys: SigningKeys,
  ): Promise<ListOf<Row>> => {
    const source: Source<Row> = {
      find: (position, limit) => findPage(db, values, { order: page.order, position, limit, withTotal: true }),
      count: async () => (await countAll(db, values))[0]?.count ?? 0,
    };
    return readPage(scope, source, ordering, page, signingKeys);
  };
};

/**
 * Every row of a filtered, selected query in its order, read page by page and never counted. Rows that come or go
 * meanwhile neither repeat nor hide others. Between two pages other requests have their turn.
 */
export async function* eachPage<
  Database,
  Table extends keyof Database,
  Row extends { id: string },
  Field extends string,
>(
  query: SelectQueryBuilder<Database, Table, Row>,
  ordering: Ordering<Field>,
  { order, limit }: Omit<PageQuery<Field>, 'cursor'>,
): AsyncGenerator<Row[]> {
  let after: Place<Field>['after'];
  for (;;) {
    const page = selectInOrder(query, ordering, { order, towards: 'next', limit, after });
    const rows = (await page.execute()) as unknown as Ordered<Row>[];
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    yield rows;
    if (rows.length < limit) {
      return;
    }
    after = { value: last.keyset_value, id: last.id };
    await setImmediate();
  }
}
