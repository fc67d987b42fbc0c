import { sql } from 'kysely';
import type { AliasedRawBuilder, RawBuilder } from 'kysely';

/**
 * A list of texts as a table with the column `value`, to join many rows by key: `selectFrom(wanted(…)).crossJoin(…)`.
 * With `in` and a long list SQLite reads all rows of the organisation instead of looking each key up; and each length
 * of the list would be a statement of its own. The list is JSON, so that it can be a `slot`.
 */
export const wanted = (json: string | RawBuilder<string>): AliasedRawBuilder<{ value: string }, 'wanted'> =>
  sql<{ value: string }>`json_each(${json})`.as('wanted');
