import type { ErrorCode, ErrorDetail } from '#contract/errors.ts';
import type { Author } from '../audit/audit.service.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { HttpError } from '../http/errors.ts';
import type { OrganisationScope } from '../scope.ts';

/** Why one record of a batch was not taken; the others are not touched by it. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  detail: ErrorDetail[];
}

/** The refusal that a broken rule was thrown as; anything else is not the record's fault and goes on. */
export const refusalOf = (error: unknown): Refusal => {
  if (error instanceof HttpError && error.status < 500) {
    return { code: error.code, message: error.message, detail: error.options.detail ?? [] };
  }
  throw error;
};

/** What became of one record of a batch. */
export type Outcome = { id: string; status: 'created' | 'updated' | 'unchanged' } | { refusal: Refusal };

/**
 * Creates or updates, by external id, a batch of records in one transaction; answers one outcome a record, in their
 * order. A record that breaks a rule is refused and leaves nothing behind. A second record of the batch with the same
 * external id sees what the first has done.
 */
export type UpsertBatch<Value> = (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Author,
  records: readonly Value[],
) => Promise<Outcome[]>;
