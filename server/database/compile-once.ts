import { sql } from 'kysely';
import type { Compilable, CompiledQuery, Expression, RawBuilder } from 'kysely';
import type { Db } from './transaction.ts';

class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** The place of a value in a query that is compiled once; each execution brings the value by this name. */
export const slot = <Value>(name: string): RawBuilder<Value> => sql<Value>`${new Slot(name)}`;

/** A value to bind now, or the slot of one that each execution brings. */
export type Bound<Value = string> = Value | Expression<Value>;

/** A database that answers at once, where it can; undefined says that it cannot now. */
export interface DirectReader {
  readDirectly(text: string, parameters: readonly unknown[]): unknown[] | undefined;
}

const isDirectReader = (adapter: object): adapter is DirectReader => 'readDirectly' in adapter;

/** By the names of slots. */
export type Values = Readonly<Record<string, string | number | null>>;

interface Compiled<Row> {
  query: CompiledQuery<Row>;
  /** The name of each slot's value; what is bound for good stands in `fixed`. */
  names: readonly (string | undefined)[];
  fixed: readonly unknown[];
  direct: DirectReader | undefined;
}

const compile = <Row>(db: Db, build: (db: Db) => Compilable<Row>): Compiled<Row> => {
  const { adapter } = db.getExecutor();
  const query = build(db).compile();
  return {
    query,
    names: query.parameters.map((parameter) => (parameter instanceof Slot ? parameter.name : undefined)),
    fixed: query.parameters,
    direct: isDirectReader(adapter) ? adapter : undefined,
  };
};

/**
 * Builds and compiles a query at its first execution only: for what every request runs, where building the text takes
 * longer than running it. Whatever differs between executions must be a `slot`. Where the database can, it is read at once.
 * What writes is executed within a transaction only.
 */
export const compileOnce = <Row>(build: (db: Db) => Compilable<Row>): ((db: Db, values: Values) => Promise<Row[]>) => {
  const known = new WeakMap<object, Compiled<Row>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    let compiled = known.get(adapter);
    if (compiled === undefined) {
      compiled = compile(db, build);
      known.set(adapter, compiled);
    }
    const { query, names, fixed, direct } = compiled;
    const parameters = names.map((name, index) => (name === undefined ? fixed[index] : values[name]));
    const rows = direct?.readDirectly(query.sql, parameters) as Row[] | undefined;
    return rows ?? (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
};
