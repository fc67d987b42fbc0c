import { sql } from 'kysely';
import type { Compilable, CompiledQuery, RawBuilder } from 'kysely';
import type { Db } from './transaction.ts';

class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** The place of a value in a query that is compiled once; each execution brings the value by this name. */
export const slot = <Value>(name: string): RawBuilder<Value> => sql<Value>`${new Slot(name)}`;

/**
 * Builds and compiles a query at its first execution only: for what every request runs, where building the text takes
 * longer than running it. Whatever differs between executions must be a `slot`.
 */
export const compileOnce = <Row>(
  build: (db: Db) => Compilable<Row>,
): ((db: Db, values: Record<string, string | number | null>) => Promise<Row[]>) => {
  const compiled = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      query = build(db).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Slot ? values[parameter.name] : parameter,
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
};
