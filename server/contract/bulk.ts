import { z } from 'zod';
import { ErrorCode, ErrorDetail } from './errors.ts';
import { Id } from './primitives.ts';

/** What became of one line; one for each line that is not empty, in the order of the lines, which count from 1. */
export const BulkResult = z
  .object({
    line: z.int(),
    status: z.enum(['created', 'updated', 'unchanged', 'failed']),
    id: Id.nullable().describe('Null when the record failed.'),
    external_id: z.string().nullable(),
    error: z
      .object({
        code: ErrorCode,
        message: z.string(),
        retryable: z.boolean(),
        detail: z.array(ErrorDetail).describe('Field and rule, as in every 422.'),
      })
      .nullable(),
  })
  .meta({ id: 'BulkResult' });
export type BulkResult = z.infer<typeof BulkResult>;
