import { sql } from 'kysely';
import type { Expression, RawBuilder } from 'kysely';
import { byDialect } from './dialect.ts';

/** The SQL function that makes letters of every script small; SQLite's connections are given it, PostgreSQL's schema has it. */
export const unicodeLower = 'unicode_lower';

const likePattern = (text: string): string => text.replace(/[\\_]/g, '\\$&');

/** Whether a column contains the text, in any case. `%` and `_` in the text mean themselves. */
export const contains = (column: Expression<string | null>, text: string): RawBuilder<boolean> =>
  matches(column, `%${text.replace(/[\\%_]/g, '\\$&')}%`);

/** `lower` knows ASCII only, in PostgreSQL by the collation of our columns, and is several times as fast as what knows all letters. */
const lowered = (column: Expression<string | null>, pattern: string): RawBuilder<string> =>
  /\P{ASCII}/u.test(pattern) ? sql<string>`${sql.raw(unicodeLower)}(${column})` : sql<string>`lower(${column})`;

const matches = (column: Expression<string | null>, pattern: string): RawBuilder<boolean> =>
  sql<boolean>`coalesce(${lowered(column, pattern)}, '') like ${pattern.toLowerCase()} escape '\\'`;

/** `__ilike`: a text with `%` is a pattern for the whole column, one without is looked for anywhere in it; in any case. */
export const isLikeAnyCase = (column: Expression<string | null>, text: string): RawBuilder<boolean> =>
  text.includes('%') ? matches(column, likePattern(text)) : contains(column, text);

const globOf = (text: string): string => {
  const glob = text.replace(/[*?[]/g, '[$&]').replaceAll('%', '*');
  return text.includes('%') ? glob : `*${glob}*`;
};

/** `__like`: as `isLikeAnyCase`, but telling capitals from small letters. */
export const isLike = (column: Expression<string | null>, text: string): RawBuilder<boolean> =>
  byDialect({
    sqlite: sql<boolean>`coalesce(${column}, '') glob ${globOf(text)}`,
    postgres: sql<boolean>`coalesce(${column}, '') like ${likePattern(text.includes('%') ? text : `%${text}%`)} escape '\\'`,
  });
