import { sql } from 'kysely';
import type { RawBuilder, SelectQueryBuilder } from 'kysely';
import { JsonText } from './json-text.ts';
import type { ListOf } from '#contract/primitives.ts';
import { compileOnce, slot } from './compile-once.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Position, SigningKeys } from './cursor.ts';
import { byDialect } from './dialect.ts';
import { selectCount, selectInOrder } from './keyset.ts';
import type { ListScope, Ordering, PageQuery, Place } from './keyset.ts';
import type { Tables } from './tables.ts';
import type { Db } from './transaction.ts';

/** A row of a list that the database writes: see `json.ts`. */
interface TextRow {
  id: string;
  json: string;
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
  /** Absent where it is known already. */
  total?: number;
}

type TextQuery<Table extends keyof Tables> = SelectQueryBuilder<Tables, Table, TextRow>;

/** No row has a line break in it, so that this is one only where it stands between two. */
const between = ',\n';

const joinRows = byDialect({
  sqlite: sql<string | null>`group_concat(json, ${sql.lit(between)})`,
  postgres: sql<string | null>`string_agg(json, ${sql.lit(between)})`,
});

const selectText = <Table extends keyof Tables, Field extends string>(
  db: Db,
  query: TextQuery<Table>,
  ordering: Ordering<Field>,
  place: Place<Field>,
  withTotal: boolean,
) => {
  const total: RawBuilder<number> = withTotal ? sql<number>`(${selectCount(query)})` : sql<number>`null`;
  return db
    .selectFrom(selectInOrder(query, ordering, place).as('page'))
    .select([joinRows.as('rows'), sql<number>`count(*)`.as('found'), total.as('total')]);
};

const textOfPage = <Item extends { id: string }, Field extends string>(
  scope: ListScope,
  ordering: TextOrdering<Item, Field>,
  { order, limit }: PageQuery<Field>,
  position: Position | undefined,
  { rows, found }: FoundPage,
  total: number,
  signingKeys: SigningKeys,
): string => {
  const list = { scope, name: `${ordering.list}:${order}` };
  const isBackwards = position?.towards === 'previous';
  const hasMore = found > limit;
  let shown = rows ?? '';
  if (hasMore) {
    shown = shown.slice(0, shown.lastIndexOf(between));
  }
  if (isBackwards) {
    shown = shown.split(between).reverse().join(between);
  }
  const cursorAt = (row: string, towards: Position['towards']): string => {
    const item = JSON.parse(row) as Item;
    const value = ordering.valueOf[order.replace(/^-/, '') as Field](item, order.startsWith('-'));
    return `"${writeCursor(signingKeys, list, { towards, value, id: item.id })}"`;
  };
  const hasNext = found > 0 && (hasMore || isBackwards);
  const hasPrevious = found > 0 && position !== undefined && (hasMore || !isBackwards);
  const end = shown.lastIndexOf(between);
  const next = hasNext ? cursorAt(end === -1 ? shown : shown.slice(end + between.length), 'next') : 'null';
  const previous = hasPrevious ? cursorAt(shown.split(between, 1)[0] ?? '', 'previous') : 'null';
  return `{"results":[${shown}],"next":${next},"previous":${previous},"total_count":${total}}`;
};

const positionOf = <Field extends string>(
  scope: ListScope,
  ordering: Ordering<Field>,
  { order, cursor }: PageQuery<Field>,
  signingKeys: SigningKeys,
): Position | undefined =>
  cursor === undefined ? undefined : readCursor(signingKeys, { scope, name: `${ordering.list}:${order}` }, cursor);

/**
 * `listPage` of rows that the database writes as JSON.
 * @throws HttpError 422 `cursor_invalid`
 */
export const textPage = async <Item extends { id: string }, Table extends keyof Tables, Field extends string>(
  db: Db,
  scope: ListScope,
  query: TextQuery<Table>,
  ordering: TextOrdering<Item, Field>,
  page: PageQuery<Field>,
  signingKeys: SigningKeys,
): Promise<JsonText<ListOf<Item>>> => {
  const position = positionOf(scope, ordering, page, signingKeys);
  const place = { order: page.order, towards: position?.towards ?? 'next', limit: page.limit + 1, after: position };
  const found = await selectText(db, query, ordering, place, true).executeTakeFirstOrThrow();
  return new JsonText(textOfPage(scope, ordering, page, position, found, found.total, signingKeys));
};

const rememberedTotals = 10_000;

interface Total {
  changeNumber: number;
  total: number;
}

/** How many rows a list has, which takes as long to count as a page to read, until something changes. */
class Totals {
  private readonly known = new Map<string, Total>();

  find(list: string, changeNumber: number): number | undefined {
    const known = this.known.get(list);
    return known?.changeNumber === changeNumber ? known.total : undefined;
  }

  keep(list: string, changeNumber: number, total: number): void {
    if (this.known.size >= rememberedTotals) {
      this.known.clear();
    }
    this.known.set(list, { changeNumber, total });
  }
}

/** What each request for a page brings. */
export interface PageRequest<Field extends string> {
  scope: ListScope;
  values: Readonly<Record<string, string | number>>;
  page: PageQuery<Field>;
  /** Read before: the same number says that this list has not changed since. Undefined: not known. */
  changeNumber: number | undefined;
}

/** `textPage` of a query that every request runs: compiled once an order and direction. What differs is a `slot`. */
export const compiledTextPage = <Item extends { id: string }, Table extends keyof Tables, Field extends string>(
  build: (db: Db) => TextQuery<Table>,
  ordering: TextOrdering<Item, Field>,
) => {
  const pages = new Map<string, ReturnType<typeof compileOnce<FoundPage>>>();
  const totals = new WeakMap<object, Totals>();
  const totalsOf = (db: Db): Totals => {
    const { adapter } = db.getExecutor();
    const known = totals.get(adapter) ?? new Totals();
    totals.set(adapter, known);
    return known;
  };
  const pageOf = (order: PageQuery<Field>['order'], position: Position | undefined, withTotal: boolean) => {
    const towards = position?.towards ?? 'next';
    const shape = `${order} ${towards} ${position === undefined} ${withTotal}`;
    let compiled = pages.get(shape);
    if (compiled === undefined) {
      const after =
        position === undefined
          ? undefined
          : { value: slot<string | number>('after_value'), id: slot<string>('after_id') };
      const place = { order, towards, limit: slot<number>('limit'), after };
      compiled = compileOnce<FoundPage>((db) => selectText(db, build(db), ordering, place, withTotal));
      pages.set(shape, compiled);
    }
    return compiled;
  };
  return async (
    db: Db,
    { scope, values, page, changeNumber }: PageRequest<Field>,
    signingKeys: SigningKeys,
  ): Promise<JsonText<ListOf<Item>>> => {
    const position = positionOf(scope, ordering, page, signingKeys);
    const known = totalsOf(db);
    const list = `${scope.organisationId} ${'customerId' in scope ? scope.customerId : ''}`;
    const before = changeNumber === undefined ? undefined : known.find(list, changeNumber);
    const place = position === undefined ? {} : { after_value: position.value, after_id: position.id };
    const find = pageOf(page.order, position, before === undefined);
    const [found] = await find(db, { ...values, ...place, limit: page.limit + 1 });
    if (found === undefined) {
      throw new Error('An aggregate has one row');
    }
    const total = before ?? found.total ?? 0;
    if (before === undefined && changeNumber !== undefined) {
      known.keep(list, changeNumber, total);
    }
    return new JsonText(textOfPage(scope, ordering, page, position, found, total, signingKeys));
  };
};
