import type { Express } from 'express';
import { listApiKeys, presentApiKey } from '../api-keys/api-keys.service.ts';
import { listAuditEvents } from '../audit/audit.service.ts';
import { bindConsoleConfigurationRoutes } from '../branding/configuration.routes.ts';
import { getStaffView } from '../customers/customers.service.ts';
import { transact } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { listEntitlements } from '../entitlements/entitlements.service.ts';
import { serveBundle } from '../http/assets.ts';
import type { Bind } from '../http/route.ts';
import { getInvoice, listInvoices } from '../invoices/invoices.service.ts';
import { listPayments } from '../payments/payments.service.ts';
import type { CustomerScope } from '../scope.ts';
import { listCustomerSessions } from '../sessions/session-list.service.ts';
import { revokeCustomerSessions } from '../sessions/sessions.service.ts';
import { requireLiveStaff } from '../staff/staff-auth.ts';
import type { StaffAuthenticator, StaffCaller } from '../staff/staff-auth.ts';
import { consolePage, consolePageHeaders, consolePaths } from './console-page.ts';
import { getCustomerDetail, getEmbedSettings, listCustomers, openPortal } from './console.service.ts';

const customerScope = (caller: StaffCaller, params: { customer_id: string }): CustomerScope => ({
  ...caller.scope,
  customerId: params.customer_id,
});

const bindCustomerLists = (bind: Bind, dependencies: Dependencies, staff: StaffAuthenticator): void => {
  const { db } = dependencies;

  bind('GET /console/api/customers/:customer_id/invoices', staff(), async ({ params, query, caller }) =>
    listInvoices(dependencies, await getStaffView(db, customerScope(caller, params)), query),
  );

  bind('GET /console/api/customers/:customer_id/invoices/:invoice_id', staff(), async ({ params, caller }) =>
    getInvoice(dependencies, await getStaffView(db, customerScope(caller, params)), params.invoice_id),
  );

  bind('GET /console/api/customers/:customer_id/payments', staff(), async ({ params, query, caller }) =>
    listPayments(dependencies, await getStaffView(db, customerScope(caller, params)), query),
  );

  bind('GET /console/api/customers/:customer_id/entitlements', staff(), async ({ params, query, caller }) =>
    listEntitlements(dependencies, await getStaffView(db, customerScope(caller, params)), query),
  );

  bind('GET /console/api/customers/:customer_id/sessions', staff(), async ({ params, query, caller }) => {
    const { scope } = await getStaffView(db, customerScope(caller, params));
    return listCustomerSessions(dependencies, scope, query);
  });
};

const bindCustomerActions = (bind: Bind, dependencies: Dependencies, staff: StaffAuthenticator): void => {
  for (const [key, purpose] of [
    ['POST /console/api/customers/:customer_id/portal_view', 'view'],
    ['POST /console/api/customers/:customer_id/portal_link', 'link'],
  ] as const) {
    bind(key, staff('write'), ({ params, caller, context }) =>
      openPortal(dependencies, customerScope(caller, params), {
        staff: caller.staff,
        purpose,
        requestId: context.requestId,
        requireStaff: (trx) => requireLiveStaff(trx, dependencies.clock, caller),
      }),
    );
  }

  bind(
    'POST /console/api/customers/:customer_id/sessions/revoke',
    staff('write'),
    async ({ params, caller, context }) => ({
      revoked: await transact(dependencies.db, (trx) =>
        revokeCustomerSessions(trx, dependencies.clock, customerScope(caller, params), {
          actor: { type: 'staff', ...caller.staff },
          requestId: context.requestId,
        }),
      ),
    }),
  );
};

/** What the merchant's staff see and do. The organisation is always that of the staff member. */
export const bindConsoleRoutes = (bind: Bind, dependencies: Dependencies, staff: StaffAuthenticator): void => {
  const { db } = dependencies;

  bind('GET /console/api/customers', staff(), ({ query, caller }) => listCustomers(dependencies, caller.scope, query));

  bind('GET /console/api/customers/:customer_id', staff(), ({ params, caller }) =>
    getCustomerDetail(dependencies, customerScope(caller, params)),
  );

  bindCustomerLists(bind, dependencies, staff);
  bindCustomerActions(bind, dependencies, staff);

  bindConsoleConfigurationRoutes(bind, dependencies, staff);

  bind('GET /console/api/embed', staff(), ({ caller }) => getEmbedSettings(dependencies, caller.scope));

  bind('GET /console/api/api_keys', staff(), async ({ caller }) => ({
    results: (await listApiKeys(db, caller.scope)).map(presentApiKey),
  }));

  bind('GET /console/api/activity', staff(), ({ query, caller }) =>
    listAuditEvents(dependencies, caller.scope, caller.session.time_zone, query),
  );
};

/** The console's page and its script. */
export const serveConsolePage = (app: Express, { config }: Pick<Dependencies, 'config'>): void => {
  const headers = consolePageHeaders(config.publicOrigin);
  app.use('/console/assets', serveBundle('console'));
  app.get(consolePaths, (_req, res) => {
    res.set(headers).type('html').send(consolePage);
  });
  app.get('/console/{*path}', (req, res, next) => {
    if (/^\/console\/(api|assets)(\/|$)/i.test(req.path)) {
      next();
      return;
    }
    res.status(404).set(headers).type('html').send(consolePage);
  });
};
