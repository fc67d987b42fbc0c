import { addCustomer } from '../testing/builders/customers.ts';
import { addInvoice } from '../testing/builders/invoices.ts';
import { cookieOf } from '../testing/console-session.ts';
import { createSession, redeem } from '../testing/portal-session.ts';
import { merchantOrigin } from '../testing/test-server.ts';
import type { Answer, TestOrganisation, TestServer } from '../testing/test-server.ts';

/** One customer with an invoice, and an open session of its own. */
export interface Visitor {
  server: TestServer;
  organisation: TestOrganisation;
  customerId: string;
  invoiceId: string;
  sessionId: string;
  sessionToken: string;
  headers: Record<string, string>;
  /** The hosted page's, else empty. */
  cookie: string;
}

export type Surface = 'embed' | 'hosted';

/** Redeems as the hosted page does. */
export const redeemHosted = (
  server: TestServer,
  sessionToken: string,
  nonce = 'nonce-of-the-hosted-page',
): Promise<Answer> =>
  server.request('POST', '/session/redeem', {
    headers: { origin: server.origin },
    body: { session_token: sessionToken, redeem_nonce: nonce },
  });

export const openVisitor = async (
  server: TestServer,
  surface: Surface,
  settings: Record<string, unknown> = {},
): Promise<Visitor> => {
  const organisation = await server.addOrganisation();
  const customerId = await addCustomer(server, organisation.id);
  const { id: invoiceId } = await addInvoice(server, { organisationId: organisation.id, customerId });
  const created = await createSession(server, organisation, { customer_id: customerId, ...settings });
  const sessionToken = String(created.body['session_token']);
  const opened = await (surface === 'embed'
    ? redeem(server, organisation.id, sessionToken)
    : redeemHosted(server, sessionToken));
  const origin = surface === 'embed' ? merchantOrigin : server.origin;
  return {
    server,
    organisation,
    customerId,
    invoiceId,
    sessionId: String(created.body['session_id']),
    sessionToken,
    headers: { origin, authorization: `Bearer ${String(opened.body['access_token'])}` },
    cookie: surface === 'hosted' ? cookieOf(opened) : '',
  };
};

export type Operation = (visitor: Visitor) => Promise<Answer>;

/** One operation of the portal API. */
export const at =
  (method: string, path: (visitor: Visitor) => string): Operation =>
  (visitor) =>
    visitor.server.request(method, `/portal/${visitor.organisation.id}${path(visitor)}`, {
      headers: { ...visitor.headers, ...(method === 'PATCH' ? { 'if-match': '"1"' } : {}) },
      ...(method === 'GET' ? {} : { body: {} }),
    });

/** Comes back by the hosted page's cookie. */
export const resume: Operation = ({ server, cookie }) =>
  server.request('POST', '/session/resume', { headers: { origin: server.origin, cookie }, body: {} });

/** All that a session is good for, but signing out. */
export const operations: Record<string, Operation> = {
  renew: at('POST', () => '/session/renew'),
  'a list': at('GET', () => '/invoices'),
  'a record': at('GET', ({ invoiceId }) => `/invoices/${invoiceId}`),
  'a PDF': at('GET', ({ invoiceId }) => `/invoices/${invoiceId}/pdf`),
  'an export': at('GET', () => '/exports/invoices?format=csv'),
  'the summary': at('GET', () => '/summary'),
  'a change': at('PATCH', () => '/profile'),
};

export const operationsOn = (surface: Surface): [string, Operation][] => [
  ...Object.entries(operations),
  ...(surface === 'hosted' ? [['the cookie', resume] as [string, Operation]] : []),
];

/** What each operation of the surface answers now: 200, or status, code and reason. */
export const outcomesOf = async (surface: Surface, visitor: Visitor): Promise<Record<string, unknown>> => {
  const outcomes: Record<string, unknown> = {};
  for (const [name, operation] of operationsOn(surface)) {
    const { status, body } = await operation(visitor);
    outcomes[name] = status === 200 ? 200 : [status, body['code'], body['reason']];
  }
  return outcomes;
};

/** The same outcome for each operation of the surface. */
export const everywhere = (surface: Surface, outcome: unknown): Record<string, unknown> =>
  Object.fromEntries(operationsOn(surface).map(([name]) => [name, outcome]));
