import { portalView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { getInvoice, listInvoices } from './invoices.service.ts';

export const bindInvoiceRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/invoices', portal('invoices'), ({ query, caller }) =>
    listInvoices(dependencies, portalView(caller), query),
  );

  bind('GET /portal/:organisation_id/invoices/:invoice_id', portal('invoices'), ({ params, caller }) =>
    getInvoice(dependencies, portalView(caller), params.invoice_id),
  );
};
