import type { PaymentPartInput } from '#contract/merchant-payments.ts';
import type { Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findReceivables } from './booking.repository.ts';
import type { References } from './booking.repository.ts';
import type { Part, Receivables } from './parts.ts';

const read = async (
  trx: Trx,
  scope: OrganisationScope,
  references: References,
  receivables: Receivables,
): Promise<Receivables> => {
  for (const invoice of await findReceivables(trx, scope, references)) {
    receivables.byId.set(invoice.id, invoice);
    if (invoice.external_id !== null) {
      receivables.byExternalId.set(invoice.external_id, invoice);
    }
  }
  return receivables;
};

/** The invoices that parts name, in one query for all of them; besides them, those of the ids. */
export const lookUpReceivables = (
  trx: Trx,
  scope: OrganisationScope,
  parts: readonly PaymentPartInput[],
  ids: readonly string[] = [],
): Promise<Receivables> => {
  const references = {
    ids: [...new Set([...ids, ...parts.flatMap((part) => part.invoice_id ?? [])])],
    externalIds: [...new Set(parts.flatMap((part) => part.invoice_external_id ?? []))],
  };
  return read(trx, scope, references, { byId: new Map(), byExternalId: new Map() });
};

/** Reads invoices again after they have been settled. */
export const refreshReceivables = async (
  trx: Trx,
  scope: OrganisationScope,
  receivables: Receivables,
  ids: readonly string[],
): Promise<void> => {
  await read(trx, scope, { ids, externalIds: [] }, receivables);
};

/** Remembers that money received has been applied, so that the next part finds less to pay. */
export const applyParts = ({ byId }: Receivables, parts: readonly Part[]): void => {
  for (const { invoiceId, amount } of parts) {
    const invoice = byId.get(invoiceId);
    if (invoice !== undefined) {
      invoice.amount_due -= amount;
    }
  }
};
