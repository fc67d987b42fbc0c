import type { StatementQuery } from '#contract/documents.ts';
import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import { portalView } from '../customers/customer-view.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getStaffView } from '../customers/customers.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { statementPdf } from '../documents/documents.service.ts';
import { csvType } from '../exports/csv.ts';
import { Download } from '../http/route.ts';
import type { Authenticate, Bind } from '../http/route.ts';
import type { PortalAuthenticator, PortalCaller } from '../sessions/portal-caller.ts';
import type { StaffAuthenticator } from '../staff/staff-auth.ts';
import { statementCsv } from './statement-csv.ts';
import { getStatement } from './statements.service.ts';

const mostEntries = { pdf: 5_000, csv: 50_000, excel: 50_000 };

const downloadStatement = async (
  dependencies: Dependencies,
  view: CustomerView,
  { format, from, to }: StatementQuery,
): Promise<Download> => {
  const statement = await getStatement(dependencies, view, { from, to, limit: mostEntries[format] });
  const name = `statement-${statement.from}-to-${statement.to}`;
  if (format === 'pdf') {
    return new Download('application/pdf', `${name}.pdf`, await statementPdf(dependencies, statement));
  }
  return new Download(csvType, `${name}.csv`, statementCsv(statement, format));
};

export const bindStatementRoutes = (
  bind: Bind,
  dependencies: Dependencies,
  { merchant, portal, staff }: { merchant: MerchantBinder; portal: PortalAuthenticator; staff: StaffAuthenticator },
): void => {
  const { db } = dependencies;

  /** A statement shows both, so the session must have been granted both. */
  const invoicesAndPayments: Authenticate<PortalCaller> = async (context) => {
    await portal('payments')(context);
    return portal('invoices')(context);
  };

  bind('GET /portal/:organisation_id/statement', invoicesAndPayments, ({ query, caller }) =>
    downloadStatement(dependencies, portalView(caller), query),
  );

  bind('GET /console/api/customers/:customer_id/statement', staff(), async ({ params, query, caller }) =>
    downloadStatement(dependencies, await getStaffView(db, { ...caller.scope, customerId: params.customer_id }), query),
  );

  merchant.read('GET /customers/:customer_id/statement', async ({ params, query, caller }) =>
    downloadStatement(dependencies, await getStaffView(db, { ...caller.scope, customerId: params.customer_id }), query),
  );
};
