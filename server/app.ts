import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express from 'express';
import type { Express } from 'express';
import { Id } from '#contract/primitives.ts';
import { merchantAuthenticator } from './api-keys/merchant-auth.ts';
import { merchantBinder } from './api-keys/merchant-binder.ts';
import { bindConfigurationRoutes } from './branding/configuration.routes.ts';
import { bindBulkRoutes } from './bulk/bulk.routes.ts';
import { bindConsoleRoutes, serveConsolePage } from './console/console.routes.ts';
import { bindContractRoutes } from './contracts/contracts.routes.ts';
import { bindAddressRoutes } from './customers/addresses.routes.ts';
import { bindContactRoutes } from './customers/contacts.routes.ts';
import { bindCreditNoteRoutes } from './credit-notes/credit-notes.routes.ts';
import { bindCustomerRoutes } from './customers/customers.routes.ts';
import { bindPaymentMethodRoutes } from './customers/payment-methods.routes.ts';
import { bindProfileRoutes } from './customers/profile.routes.ts';
import { enterOrganisation, inNoOrganisation } from './database/organisation-context.ts';
import type { Dependencies } from './dependencies.ts';
import { bindDocumentRoutes } from './documents/documents.routes.ts';
import { bindEntitlementRoutes } from './entitlements/entitlements.routes.ts';
import { bindMerchantEntitlementRoutes } from './entitlements/merchant-entitlements.routes.ts';
import { bindExportRoutes } from './exports/exports.routes.ts';
import { serveHealth } from './health/health.routes.ts';
import { bindHostedRoutes, serveHostedPage } from './hosted/hosted.routes.ts';
import { serveAssets } from './http/assets.ts';
import { bodyDeadlines } from './http/body-deadline.ts';
import { DirectRoutes } from './http/direct-routes.ts';
import type { FoundRoute, PathParams } from './http/direct-routes.ts';
import { notFound } from './http/errors.ts';
import { warnOfProxy } from './http/forwarded.ts';
import { bindStreamTo } from './http/ndjson.ts';
import { errorWriter, onError } from './http/on-error.ts';
import type { WriteError } from './http/on-error.ts';
import { requestWatch } from './http/request-id.ts';
import type { RoutedRequest } from './http/request-id.ts';
import { bindTo } from './http/route.ts';
import { answerPreflight, portalGate, setBaseHeaders } from './http/security-headers.ts';
import type { PortalGate } from './http/security-headers.ts';
import { bindInvoiceRoutes } from './invoices/invoices.routes.ts';
import { bindMerchantInvoiceRoutes } from './invoices/merchant-invoices.routes.ts';
import { serveReference } from './openapi/reference.routes.ts';
import { bindMerchantPaymentRoutes } from './payments/merchant-payments.routes.ts';
import { bindPaymentRoutes } from './payments/payments.routes.ts';
import { bindProductRoutes } from './products/products.routes.ts';
import { accessTokenReader } from './sessions/access-token.ts';
import { portalAuthenticators } from './sessions/portal-auth.ts';
import { bindSessionRoutes } from './sessions/sessions.routes.ts';
import { staffAuthenticator } from './staff/staff-auth.ts';
import { bindStaffRoutes } from './staff/staff.routes.ts';
import { bindStatementRoutes } from './statements/statements.routes.ts';
import { bindSummaryRoutes } from './summary/summary.routes.ts';
import { inScope } from './tracing/work-scope.ts';
import type { WorkScope } from './tracing/work-scope.ts';
import { bindWebhookRoutes } from './webhooks/webhooks.routes.ts';

/** The server's routes, as Express knows them all and as most requests find them. */
export interface Routes {
  app: Express;
  direct: DirectRoutes;
  /** Whose portal it is stands in the path; whether the caller may use it is asked behind. */
  enterPortal(req: IncomingMessage, res: ServerResponse, params: PathParams): boolean | Promise<boolean>;
  /** What is done with every request before its route is looked for; answers what its work belongs to. */
  begin(req: IncomingMessage, res: ServerResponse): WorkScope;
  writeError: WriteError;
}

const portalEntry =
  (gate: PortalGate): Routes['enterPortal'] =>
  (req, res, params) => {
    const organisationId = Id.safeParse(params['organisation_id']).data;
    if (organisationId !== undefined) {
      enterOrganisation(organisationId);
    }
    return gate(req, res, organisationId);
  };

/** The whole server as a function of what it depends on, but for listening and the way of a request to its route. */
export const createRoutes = (dependencies: Dependencies): Routes => {
  const { db, config, log } = dependencies;
  const app = express();
  const direct = new DirectRoutes();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);

  const deadlines = bodyDeadlines(log);
  const warn = config.trustProxy === 0 ? warnOfProxy(log) : undefined;
  const watch = requestWatch(dependencies);
  const begin: Routes['begin'] = (req, res) => {
    warn?.(req);
    const scope = watch(req, res);
    setBaseHeaders(res);
    deadlines.begin(req);
    return scope;
  };
  const readToken = accessTokenReader(dependencies);
  const enterPortal = portalEntry(portalGate(db, readToken));
  app.use('/portal/:organisation_id', async (req, res, next) => {
    const isAllowed = await enterPortal(req, res, req.params);
    if (req.method === 'OPTIONS') {
      answerPreflight(res, isAllowed);
    } else {
      next();
    }
  });

  const bind = bindTo(app, direct, dependencies);
  const authenticateMerchant = merchantAuthenticator(dependencies);
  const merchant = merchantBinder(bind, dependencies, authenticateMerchant);
  const { session, portal } = portalAuthenticators(dependencies, readToken);
  const staff = staffAuthenticator(dependencies);
  // Express tries the routes one after the other: the customers' come first.
  bindSessionRoutes(bind, dependencies, { merchant, session, portal });
  bindSummaryRoutes(bind, dependencies, portal);
  bindInvoiceRoutes(bind, dependencies, portal);
  bindPaymentRoutes(bind, dependencies, portal);
  bindEntitlementRoutes(bind, dependencies, portal);
  bindProfileRoutes(bind, dependencies, portal);
  bindHostedRoutes(bind, dependencies);
  bindStaffRoutes(bind, dependencies, staff);
  bindConsoleRoutes(bind, dependencies, staff);
  bindCustomerRoutes(merchant, dependencies);
  bindMerchantInvoiceRoutes(merchant, dependencies);
  bindCreditNoteRoutes(merchant, dependencies);
  bindAddressRoutes(merchant, dependencies);
  bindContactRoutes(merchant, dependencies);
  bindPaymentMethodRoutes(merchant, dependencies);
  bindConfigurationRoutes(merchant, dependencies);
  bindWebhookRoutes(merchant, dependencies);
  bindBulkRoutes(bindStreamTo(app, { ...dependencies, deadlines }), dependencies, authenticateMerchant);
  bindContractRoutes(merchant, dependencies);
  bindMerchantEntitlementRoutes(merchant, dependencies);
  bindMerchantPaymentRoutes(merchant, dependencies);
  bindProductRoutes(merchant, dependencies);
  bindExportRoutes(bind, dependencies, { portal, staff });
  bindDocumentRoutes(bind, dependencies, { merchant, portal, staff });
  bindStatementRoutes(bind, dependencies, { merchant, portal, staff });

  // Behind the APIs, whose every request would else try these first.
  serveHealth(app, dependencies);
  serveReference(app, dependencies);
  serveAssets(app, config);
  serveHostedPage(app, dependencies);
  serveConsolePage(app, dependencies);

  app.use(() => {
    throw notFound();
  });
  const writeError = errorWriter(dependencies);
  app.use(onError(writeError));
  return { app, direct, enterPortal, begin, writeError };
};

/** Listens to requests: most are for an operation at its exact address, and do without Express. */
export const createApp = (dependencies: Dependencies): RequestListener => {
  const { app, direct, enterPortal, begin, writeError } = createRoutes(dependencies);
  const answerDirectly = async (req: RoutedRequest, res: ServerResponse, found: FoundRoute): Promise<void> => {
    req.route = { path: found.pattern };
    try {
      if (found.pattern.startsWith('/portal/')) {
        await enterPortal(req, res, found.params);
      }
      await found.answer(req, res, found.params);
    } catch (error) {
      writeError(error, res);
    }
  };
  return (req, res) => {
    inNoOrganisation(() => {
      inScope(begin(req, res), () => {
        const found = direct.find(req.method ?? '', req.url ?? '');
        if (found === undefined) {
          app(req, res);
        } else {
          void answerDirectly(req, res, found);
        }
      });
    });
  };
};
