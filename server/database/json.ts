import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';
import type { z } from 'zod';
import { byDialect } from './dialect.ts';

/**
 * SQL for the JSON text of a `Value`. SQLite writes it by one `printf` an object, which is several times as fast as its
 * `json_object`; PostgreSQL builds JSON of its own.
 */
export class Json<Value> {
  declare readonly value: Value;
  /** What stands in the format, and the arguments that it takes. */
  readonly format: string;
  readonly sqlite: readonly Expression<unknown>[];
  readonly postgres: RawBuilder<unknown>;

  constructor(format: string, sqlite: readonly Expression<unknown>[], postgres: RawBuilder<unknown>) {
    this.format = format;
    this.sqlite = sqlite;
    this.postgres = postgres;
  }
}

/** A text that can be NULL or hold anything. */
export const text = <Value extends string | null>(value: Expression<Value>): Json<Value> =>
  new Json('%s', [sql`json_quote(${value})`], sql`${value}`);

/** A text in which JSON escapes nothing, and never NULL: an id, a time or a word of ours. */
export const word = <Value extends string>(value: Expression<Value>): Json<Value> =>
  new Json('"%s"', [value], sql`${value}`);

/** A whole number, never NULL. */
export const whole = (value: Expression<number>): Json<number> => new Json('%d', [value], sql`${value}`);

/** A condition that is never NULL. */
export const flag = (condition: Expression<unknown>): Json<boolean> =>
  new Json('%s', [sql`iif(${condition}, 'true', 'false')`], sql`(${condition})`);

const written = ({ format, sqlite }: Json<unknown>): RawBuilder<string> =>
  sql<string>`printf(${sql.lit(format)}, ${sql.join([...sqlite])})`;

/** The value where the condition holds, else null. */
export const onlyIf = <Value>(condition: Expression<unknown>, value: Json<Value>): Json<Value | null> =>
  new Json(
    '%s',
    [sql`iif(${condition}, ${written(value)}, 'null')`],
    sql`case when ${condition} then ${value.postgres} end`,
  );

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
  const parts = names.map((name): [string, Json<unknown>] => {
    const part = given[name];
    if (part === undefined) {
      throw new Error(`The contract names ${name}, which is missing`);
    }
    return [name, part];
  });
  const format = parts.map(([name, part]) => `"${name}":${part.format}`).join(',');
  return new Json(
    `{${format}}`,
    parts.flatMap(([, part]) => part.sqlite),
    sql`json_build_object(${sql.join(parts.flatMap(([name, part]) => [sql.lit(name), part.postgres]))})`,
  );
};

/** The column that holds the text. In none of it is there a line break, so that these can stand between several. */
export const jsonText = (json: Json<unknown>): RawBuilder<string> =>
  byDialect({ sqlite: written(json), postgres: sql<string>`(${json.postgres})::text` });
