import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';

const likePattern = (text: string): string => text.replace(/[\\_]/g, '\\$&');

/** Whether a column contains the text, in any case. `%` and `_` in the text mean themselves. */
export const contains = (column: Expression<string | null>, text: string): RawBuilder<boolean> =>
  matches(column, `%${text.replace(/[\\%_]/g, '\\$&')}%`);

const matches = (column: Expression<string | null>, pattern: string): RawBuilder<boolean> =>
  sql<boolean>`coalesce(lower(${column}), '') like lower(${pattern}) escape '\\'`;

/** `__ilike`: a text with `%` is a pattern for the whole column, one without is looked for anywhere in it; in any case. */
export const isLikeAnyCase = (column: Expression<string | null>, text: string): RawBuilder<boolean> =>
  text.includes('%') ? matches(column, likePattern(text)) : contains(column, text);

/** `__like`: as `isLikeAnyCase`, but telling capitals from small letters. */
export const isLike = (column: Expression<string | null>, text: string): RawBuilder<boolean> => {
  const glob = text.replace(/[*?[]/g, '[$&]').replaceAll('%', '*');
  return sql<boolean>`coalesce(${column}, '') glob ${text.includes('%') ? glob : `*${glob}*`}`;
};
