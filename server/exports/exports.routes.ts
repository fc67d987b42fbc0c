import { portalView } from '../customers/customer-view.ts';
import type { CustomerView } from '../customers/customer-view.ts';
import { getStaffView } from '../customers/customers.service.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import type { StaffAuthenticator, StaffCaller } from '../staff/staff-auth.ts';
import { exportEntitlements, exportInvoices, exportPayments } from './exports.service.ts';
import { downloadInvoicePdfs } from './invoice-pdfs.ts';

/** The files that a customer takes away, and staff for a customer. */
export const bindExportRoutes = (
  bind: Bind,
  dependencies: Dependencies,
  { portal, staff }: { portal: PortalAuthenticator; staff: StaffAuthenticator },
): void => {
  const staffView = ({ scope }: StaffCaller, params: { customer_id: string }): Promise<CustomerView> =>
    getStaffView(dependencies.db, { ...scope, customerId: params.customer_id });

  bind('GET /portal/:organisation_id/exports/invoices', portal('invoices'), async ({ query, caller }) =>
    exportInvoices(dependencies, portalView(caller), query),
  );

  bind('GET /portal/:organisation_id/exports/payments', portal('payments'), async ({ query, caller }) =>
    exportPayments(dependencies, portalView(caller), query),
  );

  bind('GET /portal/:organisation_id/exports/entitlements', portal('entitlements'), async ({ query, caller }) =>
    exportEntitlements(dependencies, portalView(caller), query),
  );

  bind('GET /console/api/customers/:customer_id/exports/invoices', staff(), async ({ params, query, caller }) =>
    exportInvoices(dependencies, await staffView(caller, params), query),
  );

  bind('GET /console/api/customers/:customer_id/exports/payments', staff(), async ({ params, query, caller }) =>
    exportPayments(dependencies, await staffView(caller, params), query),
  );

  bind('GET /console/api/customers/:customer_id/exports/entitlements', staff(), async ({ params, query, caller }) =>
    exportEntitlements(dependencies, await staffView(caller, params), query),
  );

  bind('GET /portal/:organisation_id/exports/invoice_pdfs', portal('invoices'), ({ query, caller }) =>
    downloadInvoicePdfs(dependencies, portalView(caller), query.id__in),
  );

  bind('GET /console/api/customers/:customer_id/exports/invoice_pdfs', staff(), async ({ params, query, caller }) =>
    downloadInvoicePdfs(dependencies, await staffView(caller, params), query.id__in),
  );
};
