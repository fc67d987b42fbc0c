import { z } from 'zod';
import { csv, pdf, statementDescription, StatementQuery } from './documents.ts';
import type { Operations } from './operation.ts';
import { Id } from './primitives.ts';

export const statementOperations = {
  'GET /customers/:customer_id/statement': {
    summary: 'Download a statement of account',
    description: statementDescription,
    params: z.strictObject({ customer_id: Id }),
    query: StatementQuery,
    download: [...pdf, ...csv],
    errors: ['customer_not_found'],
  },
} as const satisfies Operations;
