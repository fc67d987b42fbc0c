import { portalView, versionOfView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import { Versioned } from '../http/conditional.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { listPayments } from './payments.service.ts';

export const bindPaymentRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/payments', portal('payments'), async ({ query, caller }) => {
    const view = portalView(caller);
    return new Versioned(versionOfView(view, dependencies.clock), () => listPayments(dependencies, view, query));
  });
};
