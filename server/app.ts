import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import type { Express, Request } from 'express';
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
import type { Dependencies } from './dependencies.ts';
import { bindDocumentRoutes } from './documents/documents.routes.ts';
import { bindEntitlementRoutes } from './entitlements/entitlements.routes.ts';
import { bindMerchantEntitlementRoutes } from './entitlements/merchant-entitlements.routes.ts';
import { bindExportRoutes } from './exports/exports.routes.ts';
import { serveHealth } from './health/health.routes.ts';
import { bindHostedRoutes, serveHostedPage } from './hosted/hosted.routes.ts';
import { serveAssets } from './http/assets.ts';
import { notFound } from './http/errors.ts';
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

const bodyLimit = '100kb';

/** An invoice may have a thousand lines. */
const invoiceLimit = '1mb';

const redeemPath = /^\/portal\/[^/]+\/session\/redeem$/;

/**
 * As text/plain the widget's first call needs no preflight; its one-time token is the credential, so nothing is lost. No
 * other operation takes JSON by that name.
 */
const isJson = (req: IncomingMessage): boolean => {
  const request = req as Request;
  return Boolean(request.is(redeemPath.test(request.path) ? ['application/json', 'text/plain'] : 'application/json'));
};

/** Express would read a name in another encoding as question marks, and the customer would see those on the invoice. */
const requireUtf8 = (_req: IncomingMessage, _res: ServerResponse, body: Buffer): void => {
  if (!isUtf8(body)) {
    throw new Error('The request body is not UTF-8');
  }
};

/** The whole server as a function of what it depends on; the caller listens. */
export const createApp = (dependencies: Dependencies): Express => {
  const { db, config, log } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);

  app.use(requestId, requestLog(log), baseHeaders);
  app.use(apiHeaders);
  const readToken = accessTokenReader(dependencies);
  app.use('/portal/:organisation_id', portalCors(db, readToken));
  app.use('/invoices', express.json({ limit: invoiceLimit, verify: requireUtf8 }));
  app.use(express.json({ limit: bodyLimit, type: isJson, verify: requireUtf8 }));

  const bind = bindTo(app);
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
  bindBulkRoutes(bindStreamTo(app), dependencies, authenticateMerchant);
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
  serveAssets(app);
  serveHostedPage(app, dependencies);
  serveConsolePage(app);

  app.use(() => {
    throw notFound();
  });
  app.use(onError(log));
  return app;
};
