import { sql } from 'kysely';
import type { Compilable, SelectQueryBuilder } from 'kysely';
import type { ListOf } from '#contract/primitives.ts';
import { compileOnce } from './compile-once.ts';
import type { Values } from './compile-once.ts';
import { compilePages } from './compiled-pages.ts';
import type { Position, SigningKeys } from './cursor.ts';
import { dialectOf } from './dialect.ts';
import { columnsWriter, jsonColumns, jsonText } from './json.ts';
import type { Json, RowWriter } from './json.ts';
import { JsonText } from './json-text.ts';
import { cursorAt, neighboursOf, positionOf, selectCount, inOrder } from './keyset.ts';
import type { ListScope, Ordering, PageQuery, Place } from './keyset.ts';
import type { Tables } from './tables.ts';
import { keepTotal, knownTotal, nameOfCount } from './totals.ts';
import type { Db } from './transaction.ts';

/** A filtered query that selects nothing yet, and what is told of each of its rows. */
export interface TextQuery<Table extends keyof Tables, Item> {
  from: SelectQueryBuilder<Tables, Table, object>;
  json: Json<Item>;
}

/** An ordering whose values can be told from the rows as they are sent: a cursor says where the last one stands. */
export interface TextOrdering<Item, Field extends string> extends Ordering<Field> {
  valueOf: Record<Field, (item: Item, isDescending: boolean) => string | number>;
}

/** One row more than the page shows, where there is one. */
interface FoundPage {
  /** Null when nothing was found. */
  rows: string | null;
  found: number;
  /** Undefined where it was not asked for, and where a page has no row that could bring it. */
  total: number | undefined;
}

/** No row has a line break in it, so that this is one only where it stands between two. */
const between = ',\n';

interface Reading<Field extends string> {
  ordering: Ordering<Field>;
  place: Place<Field>;
  withTotal: boolean;
}

/** One row with the text of the whole page. */
const selectText = <Table extends keyof Tables, Item, Field extends string>(
  db: Db,
  { from, json }: TextQuery<Table, Item>,
  { ordering, place, withTotal }: Reading<Field>,
) =>
  db
    .selectFrom(inOrder(from.select(jsonText(json).as('json')), ordering, place).as('page'))
    .select([
      sql<string | null>`group_concat(json, ${sql.lit(between)})`.as('rows'),
      sql<number>`count(*)`.as('found'),
      (withTotal ? sql<number>`(${selectCount(from)})` : sql<number>`null`).as('total'),
    ]);

/** A row of columns for each of the page's. */
const selectColumns = <Table extends keyof Tables, Item, Field extends string>(
  { from, json }: TextQuery<Table, Item>,
  { ordering, place, withTotal }: Reading<Field>,
) => {
  const page = inOrder(from.select(jsonColumns(json)), ordering, place);
  return withTotal ? page.select(sql<number>`(${selectCount(from)})`.as('total')) : page;
};

type Row = Record<string, unknown>;

const selectPage = <Table extends keyof Tables, Item, Field extends string>(
  db: Db,
  query: TextQuery<Table, Item>,
  reading: Reading<Field>,
): Compilable<Row> =>
  (dialectOf(db) === 'sqlite' ? selectText(db, query, reading) : selectColumns(query, reading)) as Compilable<Row>;

const pageOfText = ([row]: readonly Row[]): FoundPage => {
  if (row === undefined) {
    throw new Error('An aggregate has one row');
  }
  const { rows, found, total } = row as unknown as FoundPage & { total: number | null };
  return { rows, found, total: total ?? undefined };
};

const pageOfColumns = (rows: readonly Row[], write: RowWriter): FoundPage => ({
  rows: rows.length === 0 ? null : rows.map(write).join(between),
  found: rows.length,
  total: rows[0]?.['total'] as number | undefined,
});

const foundPage = (db: Db, rows: readonly Row[], write: RowWriter): FoundPage =>
  dialectOf(db) === 'sqlite' ? pageOfText(rows) : pageOfColumns(rows, write);

const textOfPage = <Item extends { id: string }, Field extends string>(
  scope: ListScope,
  ordering: TextOrdering<Item, Field>,
  { order, limit }: PageQuery<Field>,
  position: Position | undefined,
  { rows, found }: FoundPage,
  total: number,
  signingKeys: SigningKeys,
): string => {
  const { hasMore, isBackwards, hasNext, hasPrevious } = neighboursOf(position, found, limit);
  let shown = rows ?? '';
  if (hasMore) {
    shown = shown.slice(0, shown.lastIndexOf(between));
  }
  if (isBackwards) {
    shown = shown.split(between).reverse().join(between);
  }
  const cursorOf = (row: string, towards: Position['towards']): string => {
    const item = JSON.parse(row) as Item;
    const value = ordering.valueOf[order.replace(/^-/, '') as Field](item, order.startsWith('-'));
    return `"${cursorAt(scope, ordering, order, { towards, value, id: item.id }, signingKeys)}"`;
  };
  const end = shown.lastIndexOf(between);
  const next = hasNext ? cursorOf(end === -1 ? shown : shown.slice(end + between.length), 'next') : 'null';
  const previous = hasPrevious ? cursorOf(shown.split(between, 1)[0] ?? '', 'previous') : 'null';
  return `{"results":[${shown}],"next":${next},"previous":${previous},"total_count":${total}}`;
};

/**
 * `listPage` of rows that are written as JSON: see `json.ts`.
 * @throws HttpError 422 `cursor_invalid`
 */
export const textPage = async <Item extends { id: string }, Table extends keyof Tables, Field extends string>(
  db: Db,
  scope: ListScope,
  query: TextQuery<Table, Item>,
  ordering: TextOrdering<Item, Field>,
  page: PageQuery<Field>,
  signingKeys: SigningKeys,
): Promise<JsonText<ListOf<Item>>> => {
  const position = positionOf(scope, ordering, page, signingKeys);
  const place = { order: page.order, towards: position?.towards ?? 'next', limit: page.limit + 1, after: position };
  const { rows } = await db.executeQuery(selectPage(db, query, { ordering, place, withTotal: true }));
  const found = foundPage(db, rows, columnsWriter(query.json));
  const total =
    found.total ?? (position === undefined ? 0 : (await selectCount(query.from).executeTakeFirstOrThrow()).count);
  return new JsonText(textOfPage(scope, ordering, page, position, found, total, signingKeys));
};

/** What each request for a page brings. */
export interface PageRequest<Field extends string> {
  scope: ListScope;
  values: Values;
  page: PageQuery<Field>;
  /** Read before: the same version says that this list has not changed since. Undefined: not known. */
  version: string | undefined;
}

/** `textPage` of a query that every request runs: compiled once an order and direction. What differs is a `slot`. */
export const compiledTextPage = <Item extends { id: string }, Table extends keyof Tables, Field extends string>(
  from: (db: Db) => TextQuery<Table, Item>['from'],
  json: Json<Item>,
  ordering: TextOrdering<Item, Field>,
) => {
  const write = columnsWriter(json);
  const findPage = compilePages<Row, Field>((db, place, withTotal) =>
    selectPage(db, { from: from(db), json }, { ordering, place, withTotal }),
  );
  const countAll = compileOnce<{ count: number }>((db) => selectCount(from(db)));
  let name: string | undefined;
  return async (
    db: Db,
    { scope, values, page, version }: PageRequest<Field>,
    signingKeys: SigningKeys,
  ): Promise<JsonText<ListOf<Item>>> => {
    const position = positionOf(scope, ordering, page, signingKeys);
    name ??= nameOfCount(selectCount(from(db)).compile());
    const list = `${name} ${scope.organisationId} ${'customerId' in scope ? scope.customerId : ''}`;
    const before = version === undefined ? undefined : knownTotal(list, version);
    const reading = { order: page.order, position, limit: page.limit + 1, withTotal: before === undefined };
    const found = foundPage(db, await findPage(db, values, reading), write);
    let total = before ?? found.total ?? 0;
    if (before === undefined && found.total === undefined && position !== undefined) {
      total = (await countAll(db, values))[0]?.count ?? 0;
    }
    if (before === undefined && version !== undefined) {
      keepTotal(list, version, total);
    }
    return new JsonText(textOfPage(scope, ordering, page, position, found, total, signingKeys));
  };
};
