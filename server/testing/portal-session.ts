import { merchantOrigin } from './test-server.ts';
import type { Answer, Requester } from './send-request.ts';
import type { TestOrganisation } from './test-server.ts';

/** Creates a session as the merchant's backend does. */
export const createSession = (
  server: Requester,
  organisation: TestOrganisation,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  server.request('POST', '/customer/session', {
    headers: { organisation: organisation.id, 'x-api-key': organisation.apiKey, ...headers },
    body: { return_url: 'https://shop.example/account', ...body },
  });

/** Redeems as the widget does in the merchant's page. */
export const redeem = (
  server: Requester,
  organisationId: string,
  sessionToken: string,
  { origin = merchantOrigin, nonce = 'nonce-of-one-redemption' } = {},
): Promise<Answer> =>
  server.request('POST', `/portal/${organisationId}/session/redeem`, {
    headers: { origin },
    body: { session_token: sessionToken, redeem_nonce: nonce },
  });

/** A caller of the portal API who holds an open session. */
export interface PortalClient {
  sessionId: string;
  accessToken: string;
  headers: Record<string, string>;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** Opens a session all the way; paths of the client are relative to `/portal/{organisation}`. */
export const openPortal = async (
  server: Requester,
  organisation: TestOrganisation,
  customerId: string,
  settings: Record<string, unknown> = {},
): Promise<PortalClient> => {
  const created = await createSession(server, organisation, { customer_id: customerId, ...settings });
  const opened = await redeem(server, organisation.id, String(created.body['session_token']));
  if (opened.status !== 200) {
    throw new Error(`Opening the portal failed: ${created.text} ${opened.text}`);
  }
  const accessToken = String(opened.body['access_token']);
  const headers = { authorization: `Bearer ${accessToken}`, origin: merchantOrigin };
  const base = `/portal/${organisation.id}`;
  return {
    sessionId: String(created.body['session_id']),
    accessToken,
    headers,
    get: (path) => server.request('GET', `${base}${path}`, { headers }),
    post: (path, body = {}) => server.request('POST', `${base}${path}`, { headers, body }),
    patch: (path, body, extra = {}) =>
      server.request('PATCH', `${base}${path}`, { headers: { ...headers, ...extra }, body }),
  };
};
