import { portalView, versionOfView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { Versioned } from '../http/conditional.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { getSummary } from './summary.service.ts';

export const bindSummaryRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/summary', portal('invoices'), async ({ caller }) => {
    const view = portalView(caller);
    return new Versioned(versionOfView(view, dependencies.clock), () => getSummary(dependencies, view));
  });
};
