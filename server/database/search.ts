import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';

/** Whether a column contains the text, in any case. `%` and `_` in the text mean themselves. */
export const contains = (column: Expression<string | null>, text: string): RawBuilder<boolean> => {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`coalesce(lower(${column}), '') like lower(${pattern}) escape '\\'`;
};
