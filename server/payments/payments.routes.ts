import { portalView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { listPayments } from './payments.service.ts';

export const bindPaymentRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/payments', portal('payments'), ({ query, caller }) =>
    listPayments(dependencies, portalView(caller), query),
  );
};
