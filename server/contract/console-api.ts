import { z } from 'zod';
import { AuditEventList, AuditEventsQuery } from './audit.ts';
import {
  ConsoleApiKeyList,
  ConsoleCustomerDetail,
  ConsoleCustomerList,
  ConsoleCustomersQuery,
  ConsolePageQuery,
  ConsolePortalSessionList,
  EmbedSettings,
  LoginRequest,
  PortalLink,
  StaffSession,
} from './console.ts';
import { getConfiguration, replaceConfiguration } from './configuration.ts';
import {
  ConsoleInvoicesExportQuery,
  csv,
  InvoicePdfsQuery,
  pdf,
  PortalEntitlementsExportQuery,
  PortalPaymentsExportQuery,
  statementDescription,
  StatementQuery,
  zip,
} from './documents.ts';
import { PortalEntitlementList, PortalEntitlementsQuery } from './entitlements.ts';
import { ConsoleInvoicesQuery, PortalInvoiceDetail, PortalInvoiceList } from './invoices.ts';
import type { Operations } from './operation.ts';
import { PortalPaymentList, PortalPaymentsQuery } from './payments.ts';
import { Id } from './primitives.ts';
import { RevokedSessions } from './sessions.ts';

const params = z.strictObject({ customer_id: Id });
const ofInvoice = params.extend({ invoice_id: Id });
const ofPayment = params.extend({ payment_id: Id });
const empty = z.strictObject({});

/** What the merchant's staff call from the console, with the cookie of their login. */
export const consoleApi = {
  'POST /console/api/login': {
    summary: 'Log in',
    body: LoginRequest,
    response: StaffSession,
    errors: ['login_failed', 'rate_limited'],
  },
  'POST /console/api/logout': { summary: 'Log out', body: empty, response: z.object({ ended: z.literal(true) }) },
  'GET /console/api/me': { summary: 'Get the staff member who is logged in', response: StaffSession },
  'GET /console/api/customers': {
    summary: 'List customers',
    query: ConsoleCustomersQuery,
    response: ConsoleCustomerList,
    errors: ['cursor_invalid'],
  },
  'GET /console/api/customers/:customer_id': {
    summary: 'Get a customer',
    params,
    response: ConsoleCustomerDetail,
    errors: ['customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/invoices': {
    summary: "List a customer's invoices",
    params,
    query: ConsoleInvoicesQuery,
    response: PortalInvoiceList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/invoices/:invoice_id': {
    summary: "Get a customer's invoice",
    params: ofInvoice,
    response: PortalInvoiceDetail,
    errors: ['customer_not_found', 'invoice_not_found'],
  },
  'GET /console/api/customers/:customer_id/invoices/:invoice_id/pdf': {
    summary: "Download a customer's invoice as PDF",
    params: ofInvoice,
    download: pdf,
    errors: ['customer_not_found', 'invoice_not_found'],
  },
  'GET /console/api/customers/:customer_id/payments': {
    summary: "List a customer's payments and refunds",
    params,
    query: PortalPaymentsQuery,
    response: PortalPaymentList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/payments/:payment_id/receipt': {
    summary: "Download the receipt of a customer's payment as PDF",
    params: ofPayment,
    download: pdf,
    errors: ['customer_not_found', 'payment_not_found', 'receipt_not_available'],
  },
  'GET /console/api/customers/:customer_id/entitlements': {
    summary: "List a customer's entitlements",
    params,
    query: PortalEntitlementsQuery,
    response: PortalEntitlementList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/exports/invoices': {
    summary: "Export the filtered list of a customer's invoices as CSV",
    params,
    query: ConsoleInvoicesExportQuery,
    download: csv,
    errors: ['customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/exports/payments': {
    summary: "Export the filtered list of a customer's payments as CSV",
    params,
    query: PortalPaymentsExportQuery,
    download: csv,
    errors: ['customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/exports/entitlements': {
    summary: "Export the filtered list of a customer's entitlements as CSV",
    params,
    query: PortalEntitlementsExportQuery,
    download: csv,
    errors: ['customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/exports/invoice_pdfs': {
    summary: 'Download the PDFs of selected invoices of a customer in one zip file',
    params,
    query: InvoicePdfsQuery,
    download: zip,
    errors: ['customer_not_found', 'invoice_not_found'],
  },
  'GET /console/api/customers/:customer_id/statement': {
    summary: "Download a customer's statement of account",
    description: statementDescription,
    params,
    query: StatementQuery,
    download: [...pdf, ...csv],
    errors: ['customer_not_found'],
  },
  'GET /console/api/customers/:customer_id/sessions': {
    summary: "List a customer's portal sessions",
    params,
    query: ConsolePageQuery,
    response: ConsolePortalSessionList,
    errors: ['cursor_invalid', 'customer_not_found'],
  },
  'POST /console/api/customers/:customer_id/portal_view': {
    summary: "Open a read-only view of a customer's portal",
    params,
    body: empty,
    response: PortalLink,
    errors: ['customer_not_found'],
  },
  'POST /console/api/customers/:customer_id/portal_link': {
    summary: 'Make a portal link for a customer',
    params,
    body: empty,
    response: PortalLink,
    errors: ['customer_not_found'],
  },
  'POST /console/api/customers/:customer_id/sessions/revoke': {
    summary: 'End every portal session of a customer',
    params,
    body: empty,
    response: RevokedSessions,
    errors: ['customer_not_found'],
  },
  'GET /console/api/configuration': getConfiguration,
  'PUT /console/api/configuration': {
    ...replaceConfiguration,
    description: `${replaceConfiguration.description}
With \`If-Match: <ETag>\`: a configuration that somebody else has changed since is left as it is.`,
    errors: ['precondition_required', 'precondition_failed'],
  },
  'GET /console/api/embed': { summary: 'Get what an embed needs', response: EmbedSettings },
  'GET /console/api/api_keys': { summary: 'List API keys, without their secrets', response: ConsoleApiKeyList },
  'GET /console/api/activity': {
    summary: 'List what has been done',
    description:
      'The latest first, in the order in which it was written down. Days are counted in the time zone of the organisation.',
    query: AuditEventsQuery,
    response: AuditEventList,
    errors: ['cursor_invalid'],
  },
} as const satisfies Operations;
