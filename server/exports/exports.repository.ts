import type { CustomerView } from '../customers/customer-view.ts';
import type { Db } from '../database/transaction.ts';
import { visibleStatuses } from '../invoices/invoice-statuses.ts';

/** Which of these invoices the viewer may know of. */
export const findVisibleInvoiceIds = async (db: Db, view: CustomerView, ids: readonly string[]): Promise<string[]> => {
  const rows = await db
    .selectFrom('invoice')
    .select('id')
    .where('organisation_id', '=', view.scope.organisationId)
    .where('customer_id', '=', view.scope.customerId)
    .where('status', 'in', visibleStatuses(view))
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ id }) => id);
};
