import { z } from 'zod';
import {
  AuditEventList,
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
import { PortalEntitlementList, PortalEntitlementsQuery } from './entitlements.ts';
import { ConsoleInvoicesQuery, PortalInvoiceDetail, PortalInvoiceList, PortalInvoicesQuery } from './invoices.ts';
import { PortalPaymentList, PortalPaymentsQuery } from './payments.ts';
import { Id } from './primitives.ts';
import { Profile, ProfilePatch } from './profile.ts';
import {
  AccessGrant,
  CreateSessionRequest,
  CreateSessionResponse,
  EndedSession,
  HostedRedeemRequest,
  OpenedSession,
  RedeemRequest,
  ResumeRequest,
  RevokedSessions,
} from './sessions.ts';
import { PortalSummary } from './summary.ts';

const inOrganisation = z.strictObject({ organisation_id: Id });
const ofInvoice = inOrganisation.extend({ invoice_id: Id });
const ofCustomer = z.strictObject({ customer_id: Id });
const empty = z.strictObject({});

/** One operation: what it takes and what it answers. An absent part takes nothing, so that anything sent is refused. */
export interface Operation {
  params?: z.ZodType<unknown, Record<string, string>>;
  query?: z.ZodType;
  body?: z.ZodType;
  response: z.ZodType;
}

/**
 * Every operation of the merchant API, the portal API, the hosted page and the console API, by method and path.
 * Each tree takes its own credential and no other.
 */
export const api = {
  'POST /customer/session': { body: CreateSessionRequest, response: CreateSessionResponse },
  'POST /customers/session': { body: CreateSessionRequest, response: CreateSessionResponse },
  'DELETE /customer/session/:session_id': { params: z.strictObject({ session_id: Id }), response: EndedSession },
  'POST /customers/:customer_id/sessions/revoke': { params: ofCustomer, body: empty, response: RevokedSessions },

  'POST /portal/:organisation_id/session/redeem': {
    params: inOrganisation,
    body: RedeemRequest,
    response: OpenedSession,
  },
  'POST /portal/:organisation_id/session/renew': { params: inOrganisation, body: empty, response: AccessGrant },
  'POST /portal/:organisation_id/session/end': { params: inOrganisation, body: empty, response: EndedSession },
  'GET /portal/:organisation_id/summary': { params: inOrganisation, response: PortalSummary },
  'GET /portal/:organisation_id/invoices': {
    params: inOrganisation,
    query: PortalInvoicesQuery,
    response: PortalInvoiceList,
  },
  'GET /portal/:organisation_id/invoices/:invoice_id': { params: ofInvoice, response: PortalInvoiceDetail },
  'GET /portal/:organisation_id/payments': {
    params: inOrganisation,
    query: PortalPaymentsQuery,
    response: PortalPaymentList,
  },
  'GET /portal/:organisation_id/entitlements': {
    params: inOrganisation,
    query: PortalEntitlementsQuery,
    response: PortalEntitlementList,
  },
  'GET /portal/:organisation_id/profile': { params: inOrganisation, response: Profile },
  'PATCH /portal/:organisation_id/profile': { params: inOrganisation, body: ProfilePatch, response: Profile },

  'POST /session/redeem': { body: HostedRedeemRequest, response: OpenedSession },
  'POST /session/resume': { body: ResumeRequest, response: OpenedSession },

  'POST /console/api/login': { body: LoginRequest, response: StaffSession },
  'POST /console/api/logout': { body: empty, response: z.object({ ended: z.literal(true) }) },
  'GET /console/api/me': { response: StaffSession },
  'GET /console/api/customers': { query: ConsoleCustomersQuery, response: ConsoleCustomerList },
  'GET /console/api/customers/:customer_id': { params: ofCustomer, response: ConsoleCustomerDetail },
  'GET /console/api/customers/:customer_id/invoices': {
    params: ofCustomer,
    query: ConsoleInvoicesQuery,
    response: PortalInvoiceList,
  },
  'GET /console/api/customers/:customer_id/invoices/:invoice_id': {
    params: ofCustomer.extend({ invoice_id: Id }),
    response: PortalInvoiceDetail,
  },
  'GET /console/api/customers/:customer_id/payments': {
    params: ofCustomer,
    query: PortalPaymentsQuery,
    response: PortalPaymentList,
  },
  'GET /console/api/customers/:customer_id/entitlements': {
    params: ofCustomer,
    query: PortalEntitlementsQuery,
    response: PortalEntitlementList,
  },
  'GET /console/api/customers/:customer_id/sessions': {
    params: ofCustomer,
    query: ConsolePageQuery,
    response: ConsolePortalSessionList,
  },
  'POST /console/api/customers/:customer_id/portal_view': { params: ofCustomer, body: empty, response: PortalLink },
  'POST /console/api/customers/:customer_id/portal_link': { params: ofCustomer, body: empty, response: PortalLink },
  'POST /console/api/customers/:customer_id/sessions/revoke': {
    params: ofCustomer,
    body: empty,
    response: RevokedSessions,
  },
  'GET /console/api/embed': { response: EmbedSettings },
  'GET /console/api/api_keys': { response: ConsoleApiKeyList },
  'GET /console/api/activity': { query: ConsolePageQuery, response: AuditEventList },
} as const satisfies Record<`${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`, Operation>;

export type Api = typeof api;
export type OperationKey = keyof Api;

type Part<Key extends OperationKey, Name extends string> = Api[Key] extends Record<Name, infer Schema> ? Schema : never;
type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler gets: parsed and with defaults filled in. */
export type ParamsOf<Key extends OperationKey> = Output<Part<Key, 'params'>>;
export type QueryOf<Key extends OperationKey> = Output<Part<Key, 'query'>>;
export type BodyOf<Key extends OperationKey> = Output<Part<Key, 'body'>>;
/** What a caller may send. */
export type QueryInputOf<Key extends OperationKey> = Input<Part<Key, 'query'>>;
export type BodyInputOf<Key extends OperationKey> = Input<Part<Key, 'body'>>;
/** What a caller gets. */
export type ResponseOf<Key extends OperationKey> = z.output<Api[Key]['response']>;
