import { PostgresAdapter, sql } from 'kysely';
import type { Expression, RawBuilder, RawNode } from 'kysely';
import type { Db } from './transaction.ts';

export type DialectName = 'sqlite' | 'postgres';

export const dialectOf = (db: Db): DialectName =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';

/** A fragment for SQLite that carries PostgreSQL's along. */
export interface TwoDialectNode extends RawNode {
  readonly postgres: RawNode;
}

export const isTwoDialectNode = (node: RawNode): node is TwoDialectNode => 'postgres' in node;

/** For the few things that the two databases say in different words: the fragment of the one that the query runs on. */
export const byDialect = <Value>(fragments: Record<DialectName, RawBuilder<Value>>): RawBuilder<Value> => {
  const source = {
    toOperationNode: (): TwoDialectNode => ({
      ...(fragments.sqlite.toOperationNode() as RawNode),
      postgres: fragments.postgres.toOperationNode() as RawNode,
    }),
  };
  return sql<Value>`${source as unknown as Expression<Value>}`;
};
