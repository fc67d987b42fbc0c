import type { Value } from './moved-tables.ts';

const quoted = (text: string): string => `"${/["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`;

/** Values as PostgreSQL writes an array of them. */
export const arrayLiteral = (values: readonly Value[]): string =>
  `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`;
