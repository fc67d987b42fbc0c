import { portalView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { getSummary } from './summary.service.ts';

export const bindSummaryRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/summary', portal('invoices'), ({ caller }) =>
    getSummary(dependencies, portalView(caller)),
  );
};
