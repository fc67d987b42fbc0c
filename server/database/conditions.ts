import { expressionBuilder, sql } from 'kysely';
import type { Expression, ExpressionWrapper, RawBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import type { Condition } from '#contract/filters.ts';
import { isLike, isLikeAnyCase } from './search.ts';

/** The column, or expression, that each filterable field of a list stands for. */
export type FilterColumns<Field extends string> = Record<Field, Expression<string | number | null>>;

const eb = expressionBuilder<Record<never, never>, never>();

const comparisons = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' } as const;

const conditionOf = (
  column: Expression<string | number | null>,
  { operator, value }: Condition,
): RawBuilder<boolean> | ExpressionWrapper<Record<never, never>, never, SqlBool> => {
  switch (operator) {
    case 'isnull':
      return value === true ? eb(column, 'is', null) : eb(column, 'is not', null);
    case 'in':
      return eb(column, 'in', value as (string | number)[]);
    case 'neq':
      return eb(column, 'is distinct from', value as string | number);
    case 'like':
      return isLike(column as Expression<string | null>, String(value));
    case 'ilike':
      return isLikeAnyCase(column as Expression<string | null>, String(value));
    default:
      return sql<boolean>`${column} ${sql.raw(comparisons[operator])} ${value}`;
  }
};

/** The query with every condition on it; moments have taken the place of days by then. */
export const filtered = <Database, Table extends keyof Database, Row, Field extends string>(
  query: SelectQueryBuilder<Database, Table, Row>,
  columns: FilterColumns<Field>,
  conditions: readonly Condition<Field>[],
): SelectQueryBuilder<Database, Table, Row> =>
  conditions.reduce((narrowed, condition) => narrowed.where(conditionOf(columns[condition.field], condition)), query);
