import { ApiKeyScope } from '#contract/api-keys.ts';
import type { OperationKey } from '#contract/api.ts';
import { Section } from '#contract/sessions.ts';
import { createApiKey, revokeApiKey } from '../api-keys/api-keys.service.ts';
import { transact } from '../database/transaction.ts';
import { addCustomer } from '../testing/builders/customers.ts';
import { cookieOf, openConsole } from '../testing/console-session.ts';
import type { ConsoleClient } from '../testing/console-session.ts';
import type { CredentialKind } from '../testing/operation-calls/operation-call.ts';
import { buildWorld, worldOf } from '../testing/operation-calls/world.ts';
import type { World } from '../testing/operation-calls/world.ts';
import { createSession, openPortal } from '../testing/portal-session.ts';
import type { PortalClient } from '../testing/portal-session.ts';
import { startTestServer } from '../testing/test-server.ts';
import type { TestOrganisation, TestServer } from '../testing/test-server.ts';

/** A secret of a known kind: the session token is one that no header takes. */
export type SecretKind = Exclude<CredentialKind, 'none'> | 'session_token';

/** Two organisations, and everything with which somebody could try to get at the records of the first. */
export interface Stage {
  server: TestServer;
  ours: World;
  theirs: World;
  /** Live ones of our organisation. */
  secrets: Readonly<Record<SecretKind, string>>;
  /** Live ones of the other organisation. */
  foreign: Readonly<Record<SecretKind, string>>;
  /** Of ours, and no longer good. */
  lapsed: {
    revokedKey: string;
    expiredAccessToken: string;
    idle: PortalClient;
    revoked: PortalClient;
    signedOut: PortalClient;
    idleStaff: ConsoleClient;
    loggedOutStaff: ConsoleClient;
    idleCookie: string;
    revokedCookie: string;
    expiredSessionToken: string;
    usedSessionToken: string;
  };
  /** Of ours, and each limited to one thing. */
  keyWithout(scope: ApiKeyScope): string;
  keyWith(scope: ApiKeyScope): string;
  portalWithout(section: Section): PortalClient;
  readOnly: PortalClient;
  staffView: PortalClient;
}

const staffCookieName = '__Host-zenskar_console';
const portalCookieName = '__Host-zenskar_portal';

/** The headers that carry a secret as the given kind of credential. */
export const carry = (kind: SecretKind, secret: string, organisationId: string): Record<string, string> => {
  switch (kind) {
    case 'api_key':
      return { organisation: organisationId, 'x-api-key': secret };
    case 'staff_cookie':
      return { cookie: `${staffCookieName}=${secret}` };
    case 'portal_cookie':
      return { cookie: `${portalCookieName}=${secret}` };
    default:
      return { authorization: `Bearer ${secret}` };
  }
};

/** The scope that an operation of the merchant API must ask for, told by its address and method alone. */
export const neededScope = (key: OperationKey): ApiKeyScope => {
  if (/\/sessions?(\/|$)/.test(key)) {
    return 'sessions';
  }
  return key.startsWith('GET ') ? 'read' : 'write';
};

const valueOf = (cookie: string): string => cookie.slice(cookie.indexOf('=') + 1);

const newToken = async (
  { server, organisation, customer }: Pick<World, 'server' | 'organisation' | 'customer'>,
  settings: Record<string, unknown> = {},
): Promise<string> => {
  const made = await createSession(server, organisation, { customer_id: customer.customerId, ...settings });
  return String(made.body['session_token']);
};

type Visitor = Pick<World, 'server' | 'organisation' | 'customer'>;

const openHosted = async (visitor: Visitor, settings: Record<string, unknown> = {}) => {
  const token = await newToken(visitor, settings);
  const answer = await visitor.server.request('POST', '/session/redeem', {
    headers: { origin: visitor.server.origin },
    body: { session_token: token, redeem_nonce: 'nonce-of-the-hosted-page' },
  });
  if (answer.status !== 200) {
    throw new Error(`Opening the hosted page failed: ${answer.text}`);
  }
  const session = answer.body['session'] as { id: string };
  return { token, cookie: valueOf(cookieOf(answer)), sessionId: session.id };
};

const makeKey = async (server: TestServer, organisationId: string, scopes: readonly ApiKeyScope[]) =>
  transact(server.db, (trx) => createApiKey(trx, server.clock, { organisationId }, { name: 'Limited', scopes }));

const liveSecrets = async (world: World): Promise<Record<SecretKind, string>> => ({
  api_key: world.organisation.apiKey,
  access_token: world.portal.accessToken,
  staff_cookie: valueOf(world.staff.headers['cookie'] ?? ''),
  portal_cookie: (await openHosted(world)).cookie,
  session_token: await newToken(world, { link_ttl: 600 }),
});

/** A staff member's own look at the portal, opened as the console's link opens it. */
const openStaffView = async (world: World): Promise<PortalClient> => {
  const { server, staff, customer, organisation, portal } = world;
  const link = await staff.post(`/customers/${customer.customerId}/portal_view`);
  const token = new URL(String(link.body['redirect_url'])).pathname.split('/').at(-1) ?? '';
  const opened = await server.request('POST', `/portal/${organisation.id}/session/redeem`, {
    headers: { origin: server.origin },
    body: { session_token: token, redeem_nonce: 'nonce-of-the-staff-view' },
  });
  const accessToken = String(opened.body['access_token']);
  return { ...portal, accessToken, headers: { authorization: `Bearer ${accessToken}`, origin: server.origin } };
};

const minuteMs = 60_000;

const addLapsed = async (server: TestServer, organisation: TestOrganisation): Promise<Stage['lapsed']> => {
  const customerId = await addCustomer(server, organisation.id);
  const scope = { organisationId: organisation.id };
  const visitor: Visitor = { server, organisation, customer: { ...scope, customerId } };
  const open = (settings: Record<string, unknown> = {}) => openPortal(server, organisation, customerId, settings);
  const idleStaff = await openConsole(server, organisation.id, { email: 'idle@northwind.example' });
  const { cookie: idleCookie } = await openHosted(visitor, { idle_timeout: 60 });
  server.clock.advance(31 * minuteMs);

  const expired = await open({ max_age: 100 });
  const idle = await open({ idle_timeout: 60 });
  const expiredSessionToken = await newToken(visitor, { link_ttl: 60 });
  server.clock.advance(2 * minuteMs);

  const { id, key: revokedKey } = await makeKey(server, organisation.id, ApiKeyScope.options);
  await transact(server.db, (trx) => revokeApiKey(trx, server.clock, scope, id));
  const revoked = await open();
  const hosted = await openHosted(visitor);
  for (const sessionId of [revoked.sessionId, hosted.sessionId]) {
    await server.request('DELETE', `/customer/session/${sessionId}`, {
      headers: carry('api_key', organisation.apiKey, organisation.id),
    });
  }
  const signedOut = await open();
  await signedOut.post('/session/end');
  const loggedOutStaff = await openConsole(server, organisation.id, { email: 'gone@northwind.example' });
  await loggedOutStaff.post('/logout');
  return {
    revokedKey,
    expiredAccessToken: expired.accessToken,
    idle,
    revoked,
    signedOut,
    idleStaff,
    loggedOutStaff,
    idleCookie,
    revokedCookie: hosted.cookie,
    expiredSessionToken,
    usedSessionToken: hosted.token,
  };
};

const all = async <Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Promise<Value>,
): Promise<(name: Name) => Value> => {
  const made = new Map<Name, Value>();
  for (const name of names) {
    made.set(name, await make(name));
  }
  return (name) => made.get(name) as Value;
};

/** A server with everybody on it. The clock stands still from then on. */
export const buildStage = async (): Promise<Stage> => {
  // Every request can say where it comes from, so that those who fail are not all one address.
  const server = await startTestServer({ environment: { TRUST_PROXY: '1' } });
  const organisation = await server.addOrganisation('Ours');
  const lapsed = await addLapsed(server, organisation);
  const ours = await worldOf(server, organisation);
  const theirs = await buildWorld(server, 'Theirs');
  const { customerId } = ours.customer;
  const keyOf = async (scopes: readonly ApiKeyScope[]) => (await makeKey(server, organisation.id, scopes)).key;
  return {
    server,
    ours,
    theirs,
    secrets: await liveSecrets(ours),
    foreign: await liveSecrets(theirs),
    lapsed,
    keyWithout: await all(ApiKeyScope.options, (one) => keyOf(ApiKeyScope.options.filter((other) => other !== one))),
    keyWith: await all(ApiKeyScope.options, (one) => keyOf([one])),
    portalWithout: await all(Section.options, (one) =>
      openPortal(server, organisation, customerId, { sections: Section.options.filter((other) => other !== one) }),
    ),
    readOnly: await openPortal(server, organisation, customerId, { read_only: true }),
    staffView: await openStaffView(ours),
  };
};
