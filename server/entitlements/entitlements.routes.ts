import { portalView } from '../customers/customer-view.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Bind } from '../http/route.ts';
import type { PortalAuthenticator } from '../sessions/portal-caller.ts';
import { listEntitlements } from './entitlements.service.ts';

export const bindEntitlementRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/entitlements', portal('entitlements'), ({ query, caller }) =>
    listEntitlements(dependencies, portalView(caller), query),
  );
};
