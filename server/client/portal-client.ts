import type { BodyInputOf } from '#contract/api.ts';
import type { BulkResult } from '#contract/bulk.ts';
import { sendBulk } from './bulk.ts';
import type { BulkKey, Records } from './bulk.ts';
import { createCaller } from './call.ts';
import type { CallSettings, Caller, CallKey, QueryFor } from './call.ts';

export { PortalApiError, PortalConnectionError } from './portal-api-error.ts';
export { expressSessionRoute } from './express-session-route.ts';
export type { SessionFor, SessionRouteSettings } from './express-session-route.ts';
export { verifyWebhook, WebhookVerificationError } from './verify-webhook.ts';
export type { PortalEvent, WebhookHeaders } from './verify-webhook.ts';
export type { CallKey, CallOptions, CallSettings, FileKey, ListKey, PortalFile } from './call.ts';

export interface PortalClientSettings {
  /** Where your portal server is, for example `https://billing.example.com`. */
  baseUrl: string;
  /** Your organisation's id. */
  organisation: string;
  /** `zsk_…`. It belongs in your backend's secrets. */
  apiKey: string;
  /** Milliseconds for one attempt; default 30,000. */
  timeoutMs?: number;
  /** Attempts after the first; default 3. */
  maxRetries?: number;
  /** Default: Node's own. */
  fetch?: typeof fetch;
}

type Body<Key extends CallKey> = BodyInputOf<Key>;

const customersOf = ({ call, listAll }: Caller) => ({
  list: (query: QueryFor<'GET /customers'> = {}) => call('GET /customers', { query }),
  /** Every customer of every page. */
  listAll: (query: QueryFor<'GET /customers'> = {}) => listAll('GET /customers', { query }),
  create: (body: Body<'POST /customers'>, settings: CallSettings = {}) =>
    call('POST /customers', { ...settings, body }),
  get: (id: string) => call('GET /customers/:customer_id', { params: { customer_id: id } }),
  /** Only the fields given change; null clears one. */
  update: (id: string, body: Body<'PATCH /customers/:customer_id'>) =>
    call('PATCH /customers/:customer_id', { params: { customer_id: id }, body }),
  delete: (id: string) => call('DELETE /customers/:customer_id', { params: { customer_id: id } }),
});

const invoicesOf = ({ call, listAll, download }: Caller) => ({
  list: (query: QueryFor<'GET /invoices'> = {}) => call('GET /invoices', { query }),
  /** Every invoice of every page. */
  listAll: (query: QueryFor<'GET /invoices'> = {}) => listAll('GET /invoices', { query }),
  create: (body: Body<'POST /invoices'>, settings: CallSettings = {}) => call('POST /invoices', { ...settings, body }),
  get: (id: string, query: QueryFor<'GET /invoices/:invoice_id'> = {}) =>
    call('GET /invoices/:invoice_id', { params: { invoice_id: id }, query }),
  getByExternalId: (externalId: string) =>
    call('GET /invoices/external_id/:external_id', { params: { external_id: externalId } }),
  update: (id: string, body: Body<'PATCH /invoices/:invoice_id'>) =>
    call('PATCH /invoices/:invoice_id', { params: { invoice_id: id }, body }),
  approve: (id: string) => call('PATCH /invoices/:invoice_id/approve', { params: { invoice_id: id } }),
  /** Only when nothing is owed: credit it first. */
  void: (id: string) => call('PATCH /invoices/:invoice_id/void', { params: { invoice_id: id } }),
  discard: (id: string) => call('PATCH /invoices/:invoice_id/discard', { params: { invoice_id: id } }),
  /** `credit_note_amount` is in MAJOR units, unlike every other amount. */
  creditNote: (id: string, body: Body<'POST /invoices/:invoice_id/credit_note'>, settings: CallSettings = {}) =>
    call('POST /invoices/:invoice_id/credit_note', { ...settings, params: { invoice_id: id }, body }),
  downloadPdf: (id: string) => download('GET /invoices/:invoice_id/download_invoice', { params: { invoice_id: id } }),
});

const paymentsOf = ({ call, listAll, download }: Caller) => ({
  list: (query: QueryFor<'GET /payments'> = {}) => call('GET /payments', { query }),
  /** Every payment and refund of every page. */
  listAll: (query: QueryFor<'GET /payments'> = {}) => listAll('GET /payments', { query }),
  create: (body: Body<'POST /payments'>, settings: CallSettings = {}) => call('POST /payments', { ...settings, body }),
  get: (id: string) => call('GET /payments/:payment_id', { params: { payment_id: id } }),
  update: (id: string, body: Body<'PATCH /payments/:payment_id'>) =>
    call('PATCH /payments/:payment_id', { params: { payment_id: id }, body }),
  delete: (id: string) => call('DELETE /payments/:payment_id', { params: { payment_id: id } }),
  refund: (id: string, body: Body<'POST /payments/:payment_id/refund'>, settings: CallSettings = {}) =>
    call('POST /payments/:payment_id/refund', { ...settings, params: { payment_id: id }, body }),
  downloadReceipt: (id: string) =>
    download('GET /payments/:payment_id/download_receipt', { params: { payment_id: id } }),
});

const entitlementsOf = ({ call, listAll }: Caller) => ({
  /** What can be granted. */
  list: (query: QueryFor<'GET /entitlements'> = {}) => call('GET /entitlements', { query }),
  listAll: (query: QueryFor<'GET /entitlements'> = {}) => listAll('GET /entitlements', { query }),
  create: (body: Body<'POST /entitlements'>, settings: CallSettings = {}) =>
    call('POST /entitlements', { ...settings, body }),
  /** What one customer has been granted. */
  listGranted: (customerId: string, query: QueryFor<'GET /entitlements/customer/:customer_id'> = {}) =>
    call('GET /entitlements/customer/:customer_id', { params: { customer_id: customerId }, query }),
  grant: (customerId: string, body: Body<'POST /entitlements/customer/:customer_id'>, settings: CallSettings = {}) =>
    call('POST /entitlements/customer/:customer_id', { ...settings, params: { customer_id: customerId }, body }),
});

const configurationOf = ({ call }: Caller) => ({
  get: () => call('GET /customer_portal/configuration'),
  /** All that can be set, as a whole: start from what `get` answers. Branding that is left out is unset. */
  replace: (body: Body<'PUT /customer_portal/configuration'>) => call('PUT /customer_portal/configuration', { body }),
});

/** The portal, for a merchant's backend. Every method throws `PortalApiError` and `PortalConnectionError`. */
export const createPortalClient = ({
  baseUrl,
  organisation,
  apiKey,
  timeoutMs = 30_000,
  maxRetries = 3,
  fetch: ownFetch = fetch,
}: PortalClientSettings) => {
  const settings = { baseUrl: baseUrl.replace(/\/+$/, ''), fetch: ownFetch, timeoutMs, maxRetries };
  const headers = { organisation, 'x-api-key': apiKey, accept: 'application/json, application/x-ndjson, */*;q=0.1' };
  const caller = createCaller(settings, headers);
  const bulk =
    <Key extends BulkKey>(key: Key) =>
    (records: Records<BodyInputOf<Key>>): AsyncGenerator<BulkResult, void> =>
      sendBulk(settings, headers, key, records);
  return {
    /** Any operation of the merchant API, by its method and path as in the API reference. */
    call: caller.call,
    /** Any operation that answers a file. */
    download: caller.download,
    /** The rows of any list, page after page. */
    listAll: caller.listAll,
    /** Opens the way to the portal for one customer: `session_token` for the widget, `redirect_url` for the hosted page. */
    createSession: (body: Body<'POST /customer/session'>, callSettings: CallSettings = {}) =>
      caller.call('POST /customer/session', { ...callSettings, body }),
    endSession: (sessionId: string) =>
      caller.call('DELETE /customer/session/:session_id', { params: { session_id: sessionId } }),
    /** Ends every session of a customer, and every link that has not been opened. */
    revokeSessions: (customerId: string) =>
      caller.call('POST /customers/:customer_id/sessions/revoke', { params: { customer_id: customerId } }),
    customers: customersOf(caller),
    invoices: invoicesOf(caller),
    payments: paymentsOf(caller),
    entitlements: entitlementsOf(caller),
    configuration: configurationOf(caller),
    /** Many records at once, created or updated by `external_id`: one result a record, as they come. */
    bulk: {
      customers: bulk('PUT /customers/bulk'),
      invoices: bulk('PUT /invoices/bulk'),
      payments: bulk('PUT /payments/bulk'),
      entitlements: bulk('PUT /entitlements/bulk'),
    },
  };
};

export type PortalClient = ReturnType<typeof createPortalClient>;
