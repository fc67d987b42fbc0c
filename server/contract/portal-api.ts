import { z } from 'zod';
import {
  csv,
  InvoicePdfsQuery,
  pdf,
  PortalEntitlementsExportQuery,
  PortalInvoicesExportQuery,
  PortalPaymentsExportQuery,
  statementDescription,
  StatementQuery,
  zip,
} from './documents.ts';
import { PortalEntitlementList, PortalEntitlementsQuery } from './entitlements.ts';
import { PortalInvoiceDetail, PortalInvoiceList, PortalInvoicesQuery } from './invoices.ts';
import type { Operations } from './operation.ts';
import { PortalPaymentList, PortalPaymentsQuery } from './payments.ts';
import { Id } from './primitives.ts';
import { Profile, ProfilePatch } from './profile.ts';
import {
  AccessGrant,
  EndedSession,
  HostedRedeemRequest,
  OpenedSession,
  RedeemRequest,
  ResumeRequest,
} from './sessions.ts';
import { PortalSummary } from './summary.ts';

const params = z.strictObject({ organisation_id: Id });
const ofInvoice = params.extend({ invoice_id: Id });
const ofPayment = params.extend({ payment_id: Id });
const empty = z.strictObject({});

/** What the widget calls, with the access token of one customer's session. */
export const portalApi = {
  'POST /portal/:organisation_id/session/redeem': {
    summary: 'Redeem a session token',
    params,
    body: RedeemRequest,
    response: OpenedSession,
    errors: ['session_token_invalid', 'origin_not_allowed', 'rate_limited'],
  },
  'POST /portal/:organisation_id/session/renew': {
    summary: 'Renew the access token',
    params,
    body: empty,
    response: AccessGrant,
  },
  'POST /portal/:organisation_id/session/end': {
    summary: 'Sign out',
    params,
    body: empty,
    response: EndedSession,
  },
  'GET /portal/:organisation_id/summary': {
    summary: 'Get what is owed, currency by currency',
    params,
    response: PortalSummary,
    errors: ['scope_insufficient'],
  },
  'GET /portal/:organisation_id/invoices': {
    summary: 'List invoices',
    params,
    query: PortalInvoicesQuery,
    response: PortalInvoiceList,
    errors: ['cursor_invalid', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/invoices/:invoice_id': {
    summary: 'Get an invoice',
    params: ofInvoice,
    response: PortalInvoiceDetail,
    errors: ['invoice_not_found', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/invoices/:invoice_id/pdf': {
    summary: 'Download an invoice as PDF',
    params: ofInvoice,
    download: pdf,
    errors: ['invoice_not_found', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/payments': {
    summary: 'List payments and refunds',
    params,
    query: PortalPaymentsQuery,
    response: PortalPaymentList,
    errors: ['cursor_invalid', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/payments/:payment_id/receipt': {
    summary: 'Download the receipt of a payment or refund as PDF',
    params: ofPayment,
    download: pdf,
    errors: ['payment_not_found', 'receipt_not_available', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/entitlements': {
    summary: 'List entitlements',
    params,
    query: PortalEntitlementsQuery,
    response: PortalEntitlementList,
    errors: ['cursor_invalid', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/exports/invoices': {
    summary: 'Export the filtered list of invoices as CSV',
    params,
    query: PortalInvoicesExportQuery,
    download: csv,
    errors: ['scope_insufficient'],
  },
  'GET /portal/:organisation_id/exports/payments': {
    summary: 'Export the filtered list of payments as CSV',
    params,
    query: PortalPaymentsExportQuery,
    download: csv,
    errors: ['scope_insufficient'],
  },
  'GET /portal/:organisation_id/exports/entitlements': {
    summary: 'Export the filtered list of entitlements as CSV',
    params,
    query: PortalEntitlementsExportQuery,
    download: csv,
    errors: ['scope_insufficient'],
  },
  'GET /portal/:organisation_id/exports/invoice_pdfs': {
    summary: 'Download the PDFs of selected invoices in one zip file',
    params,
    query: InvoicePdfsQuery,
    download: zip,
    errors: ['invoice_not_found', 'scope_insufficient'],
  },
  'GET /portal/:organisation_id/statement': {
    summary: 'Download a statement of account',
    description: statementDescription,
    params,
    query: StatementQuery,
    download: [...pdf, ...csv],
    errors: ['scope_insufficient'],
  },
  'GET /portal/:organisation_id/profile': {
    summary: 'Get the profile',
    params,
    response: Profile,
    errors: ['scope_insufficient'],
  },
  'PATCH /portal/:organisation_id/profile': {
    summary: 'Change the profile',
    description: 'Only the fields that change. `If-Match` carries the ETag of the profile that was read.',
    params,
    body: ProfilePatch,
    response: Profile,
    errors: ['precondition_failed', 'precondition_required', 'read_only_session', 'scope_insufficient'],
  },

  'POST /session/redeem': {
    summary: 'Redeem a link on the hosted page',
    body: HostedRedeemRequest,
    response: OpenedSession,
    errors: ['origin_not_allowed', 'rate_limited', 'session_conflict', 'session_token_invalid'],
  },
  'POST /session/resume': {
    summary: 'Go on with the session that the hosted page holds',
    body: ResumeRequest,
    response: OpenedSession,
    errors: ['origin_not_allowed'],
  },
} as const satisfies Operations;
