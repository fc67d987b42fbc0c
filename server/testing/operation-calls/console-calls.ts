import type { OperationKey } from '#contract/api.ts';
import { cookieOf, logIn, staffPassword } from '../console-session.ts';
import { changedConfiguration } from './changed-configuration.ts';
import type { MakeCall } from './operation-call.ts';
import { newCustomer, newInvoice, newPayment } from './world.ts';

const ofCustomer: MakeCall = (world) => ({ params: { customer_id: world.customer.customerId } });

const actOnCustomer: MakeCall = async (world) => ({ ...(await ofCustomer(world)), body: {} });

const ofInvoice: MakeCall = async (world) => ({
  params: { customer_id: world.customer.customerId, invoice_id: await newInvoice(world) },
});

export const consoleCalls = {
  'POST /console/api/login': ({ server, staff }) => ({
    body: { email: staff.email, password: staffPassword },
    headers: { origin: server.origin },
  }),
  'POST /console/api/logout': async ({ server, staff }) => {
    const loggedIn = await logIn(server, { email: staff.email, password: staffPassword });
    return { body: {}, headers: { cookie: cookieOf(loggedIn) } };
  },
  'GET /console/api/me': () => ({}),
  'GET /console/api/customers': () => ({ query: { limit: '1' } }),
  'GET /console/api/customers/:customer_id': ofCustomer,
  'GET /console/api/customers/:customer_id/invoices': ofCustomer,
  'GET /console/api/customers/:customer_id/invoices/:invoice_id': ofInvoice,
  'GET /console/api/customers/:customer_id/invoices/:invoice_id/pdf': ofInvoice,
  'GET /console/api/customers/:customer_id/payments': ofCustomer,
  'GET /console/api/customers/:customer_id/payments/:payment_id/receipt': async (world) => ({
    params: { customer_id: world.customer.customerId, payment_id: await newPayment(world) },
  }),
  'GET /console/api/customers/:customer_id/entitlements': ofCustomer,
  'GET /console/api/customers/:customer_id/exports/invoices': ofCustomer,
  'GET /console/api/customers/:customer_id/exports/payments': ofCustomer,
  'GET /console/api/customers/:customer_id/exports/entitlements': ofCustomer,
  'GET /console/api/customers/:customer_id/exports/invoice_pdfs': async (world) => ({
    ...(await ofCustomer(world)),
    query: { id__in: await newInvoice(world) },
  }),
  'GET /console/api/customers/:customer_id/statement': async (world) => ({
    ...(await ofCustomer(world)),
    query: { from: '2026-11-01', to: '2026-11-20', format: 'csv' },
  }),
  'GET /console/api/customers/:customer_id/sessions': ofCustomer,
  'POST /console/api/customers/:customer_id/portal_view': actOnCustomer,
  'POST /console/api/customers/:customer_id/portal_link': actOnCustomer,
  'POST /console/api/customers/:customer_id/sessions/revoke': async (world) => ({
    params: { customer_id: await newCustomer(world) },
    body: {},
  }),
  'GET /console/api/configuration': () => ({}),
  'PUT /console/api/configuration': async ({ server, staff }) => {
    const read = await server.request('GET', '/console/api/configuration', { headers: staff.headers });
    return { body: changedConfiguration(read), headers: { 'if-match': read.headers.get('etag') ?? '' } };
  },
  'GET /console/api/embed': () => ({}),
  'GET /console/api/api_keys': () => ({}),
  'GET /console/api/activity': () => ({ query: { limit: '1' } }),
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
