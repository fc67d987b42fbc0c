import { portalView, versionOfView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { Versioned } from '../http/conditional.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { getInvoice, listInvoices } from './invoices.service.ts';

export const bindInvoiceRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/invoices', portal('invoices'), async ({ query, caller }) => {
    const view = portalView(caller);
    return new Versioned(versionOfView(view, dependencies.clock), () => listInvoices(dependencies, view, query));
  });

  bind('GET /portal/:organisation_id/invoices/:invoice_id', portal('invoices'), async ({ params, caller }) => {
    const view = portalView(caller);
    const version = versionOfView(view, dependencies.clock);
    return new Versioned(version, () => getInvoice(dependencies, view, params.invoice_id));
  });
};
