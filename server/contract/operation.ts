import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** One operation: what it takes and what it answers. An absent part takes nothing, so that anything sent is refused. */
export interface Operation {
  /** One line for the API reference. */
  summary: string;
  /** What else a caller should know, in Markdown. */
  description?: string;
  params?: z.ZodType<unknown, Record<string, string>>;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Absent only where the answer is a file. */
  response?: z.ZodType;
  /** The media types of the file that is the answer. */
  download?: readonly string[];
  /** The request is `body`, one JSON record a line, and the answer `response`, one a record. */
  isStream?: true;
  /** Besides those that every operation of its tree can answer with. */
  errors?: readonly ErrorCode[];
}

/** A table of operations by method and path, with path parameters as `:name`. */
export type Operations = Record<`${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`, Operation>;
