import express from 'express';
import type { Express, RequestHandler } from 'express';
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
import { notFound } from './http/errors.ts';
import { warnOfProxy } from './http/forwarded.ts';
import { bindStreamTo } from './http/ndjson.ts';
import { onError } from './http/on-error.ts';
import { requestId, requestLog } from './http/request-id.ts';
import { bindTo } from './http/route.ts';
import { apiHeaders, baseHeaders, portalCors } from './http/security-headers.ts';
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
import { bindWebhookRoutes } from './webhooks/webhooks.routes.ts';

/** Whose portal it is stands in the path; whether the caller may use it is asked behind. */
const enterPortal: RequestHandler = (req, _res, next) => {
  const organisationId = Id.safeParse(req.params['organisation_id']).data;
  if (organisationId !== undefined) {
    enterOrganisation(organisationId);
  }
  next();
};

/** The whole server as a function of what it depends on; the caller listens. */
export const createApp = (dependencies: Dependencies): Express => {
  const { db, config, log } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);

  if (config.trustProxy === 0) {
    app.use(warnOfProxy(log));
  }
  const deadlines = bodyDeadlines(log);
  app.use((_req, _res, next) => {
    inNoOrganisation(next);
  });
  app.use(requestId, requestLog(log), baseHeaders, deadlines.begin);
  app.use(apiHeaders);
  const readToken = accessTokenReader(dependencies);
  app.use('/portal/:organisation_id', enterPortal, portalCors(db, readToken));

  const bind = bindTo(app, dependencies);
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
  app.use(onError(log));
  return app;
};
