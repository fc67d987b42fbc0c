import { ExpressionWrapper, sql } from 'kysely';
import type { AliasedRawBuilder, Expression, OperationNode, RawBuilder } from 'kysely';
import type { z } from 'zod';

/**
 * The JSON text of a `Value`, as each database gets to it soonest. SQLite writes it itself, by one `printf` an object, which
 * is several times as fast as its `json_object` and than handing the columns over. PostgreSQL hands them over and this
 * process writes: to build JSON takes PostgreSQL twice as long as all the rest of reading a page.
 */
export class Json<Value> {
  declare readonly value: Value;
  /** What stands in the format, and the arguments that it takes. */
  readonly format: string;
  readonly sqlite: readonly Expression<unknown>[];
  /** What PostgreSQL hands over, and how the text is written from these values, which begin at a place of the row. */
  readonly columns: readonly Expression<unknown>[];
  readonly write: (row: readonly unknown[], at: number) => string;

  constructor({ format, sqlite, columns, write }: Pick<Json<Value>, 'format' | 'sqlite' | 'columns' | 'write'>) {
    this.format = format;
    this.sqlite = sqlite;
    this.columns = columns;
    this.write = write;
  }
}

/** A text that can be NULL or hold anything. */
export const text = <Value extends string | null>(value: Expression<Value>): Json<Value> =>
  new Json({
    format: '%s',
    sqlite: [sql`json_quote(${value})`],
    columns: [value],
    write: (row, at) => JSON.stringify(row[at]),
  });

/** A text in which JSON escapes nothing, and never NULL: an id, a time or a word of ours. */
export const word = <Value extends string>(value: Expression<Value>): Json<Value> =>
  new Json({ format: '"%s"', sqlite: [value], columns: [value], write: (row, at) => `"${row[at] as string}"` });

/** A whole number, never NULL. */
export const whole = (value: Expression<number>): Json<number> =>
  new Json({ format: '%d', sqlite: [value], columns: [value], write: (row, at) => String(row[at]) });

const holds = (row: readonly unknown[], at: number): boolean => row[at] === 1;

/** A condition that is never NULL. */
export const flag = (condition: Expression<unknown>): Json<boolean> =>
  new Json({
    format: '%s',
    sqlite: [sql`iif(${condition}, 'true', 'false')`],
    columns: [condition],
    write: (row, at) => String(holds(row, at)),
  });

/** The text as SQLite writes it, in one column. In none is there a line break, so that these can stand between several. */
export const jsonText = ({ format, sqlite }: Json<unknown>): RawBuilder<string> =>
  sql<string>`printf(${sql.lit(format)}, ${sql.join([...sqlite])})`;

/** The value where the condition holds, else null. */
export const onlyIf = <Value>(condition: Expression<unknown>, value: Json<Value>): Json<Value | null> =>
  new Json<Value | null>({
    format: '%s',
    sqlite: [sql`iif(${condition}, ${jsonText(value)}, 'null')`],
    columns: [condition, ...value.columns],
    write: (row, at) => (holds(row, at) ? value.write(row, at + 1) : 'null'),
  });

type Fields<Shape> = { readonly [Name in keyof Shape]-?: Json<Shape[Name]> };

/**
 * An object with exactly the fields of a schema of the contract, in its order: what the contract does not name cannot be
 * in it, and nothing that it names can be missing. Types say so, and this says it again when the server starts.
 */
export const object = <Schema extends z.ZodObject>(
  schema: Schema,
  fields: Fields<z.output<Schema>>,
): Json<z.output<Schema>> => {
  const given = fields as Record<string, Json<unknown>>;
  const names = Object.keys(schema.shape);
  const undeclared = Object.keys(given).filter((name) => !names.includes(name));
  if (undeclared.length > 0) {
    throw new Error(`The contract does not name ${undeclared.join(', ')}`);
  }
  let columns = 0;
  const parts = names.map((name, index) => {
    const part = given[name];
    if (part === undefined) {
      throw new Error(`The contract names ${name}, which is missing`);
    }
    const at = columns;
    columns += part.columns.length;
    return { label: `${index === 0 ? '{' : ','}"${name}":`, part, at };
  });
  return new Json<z.output<Schema>>({
    format: `${parts.map(({ label, part }) => label + part.format).join('')}}`,
    sqlite: parts.flatMap(({ part }) => part.sqlite),
    columns: parts.flatMap(({ part }) => part.columns),
    write: (row, from) => {
      let all = '';
      for (const { label, part, at } of parts) {
        all += label + part.write(row, from + at);
      }
      return `${all}}`;
    },
  });
};

const columnName = (index: number): string => `column_${index}`;

/** What several fields are made of is handed over once: the same expression is the same column. */
const distinct = ({ columns }: Json<unknown>): { nodes: OperationNode[]; places: number[] } => {
  const nodes: OperationNode[] = [];
  const places = columns.map((column) => {
    const node = column.toOperationNode();
    const known = nodes.indexOf(node);
    return known === -1 ? nodes.push(node) - 1 : known;
  });
  return { nodes, places };
};

/** The columns that PostgreSQL hands over. */
export const jsonColumns = (json: Json<unknown>): AliasedRawBuilder<unknown, string>[] =>
  distinct(json).nodes.map((node, index) => sql`${new ExpressionWrapper(node)}`.as(columnName(index)));

export type RowWriter = (row: Readonly<Record<string, unknown>>) => string;

/** Writes the texts of rows that have these columns; in none is there a line break either. */
export const columnsWriter = (json: Json<unknown>): RowWriter => {
  const names = distinct(json).places.map(columnName);
  return (row) =>
    json.write(
      names.map((name) => row[name]),
      0,
    );
};
