import type { PaymentPartInput } from '#contract/merchant-payments.ts';
import { findReferenced } from '../bulk/references.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findReceivables } from './booking.repository.ts';
import type { Part, Receivables } from './parts.ts';

/** The invoices that parts name, and those of the ids, in one query for all of them. */
export const lookUpReceivables = async (
  trx: Trx,
  scope: OrganisationScope,
  parts: readonly PaymentPartInput[],
  ids: readonly string[] = [],
): Promise<Receivables> => {
  const references = [
    ...parts.map((part) => ({ id: part.invoice_id, externalId: part.invoice_external_id })),
    ...ids.map((id) => ({ id, externalId: null })),
  ];
  return findReferenced(references, (gathered) => findReceivables(trx, scope, gathered));
};

/** Reads invoices again after they have been settled. */
export const refreshReceivables = async (
  trx: Trx,
  scope: OrganisationScope,
  receivables: Receivables,
  ids: readonly string[],
): Promise<void> => {
  for (const invoice of await findReceivables(trx, scope, { ids: [...ids], externalIds: [] })) {
    receivables.put(invoice);
  }
};

/** Remembers that money received has been applied, so that the next part finds less to pay. */
export const applyParts = (receivables: Receivables, parts: readonly Part[]): void => {
  for (const { invoiceId, amount } of parts) {
    const invoice = receivables.find({ id: invoiceId, externalId: null });
    if (invoice !== undefined) {
      receivables.put({ ...invoice, amount_due: invoice.amount_due - amount });
    }
  }
};
