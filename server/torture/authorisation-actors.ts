import { ApiKeyScope } from '#contract/api-keys.ts';
import { api } from '#contract/api.ts';
import type { OperationKey } from '#contract/api.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Operation } from '#contract/operation.ts';
import type { Section } from '#contract/sessions.ts';
import { credentialOf, isWrite } from '../testing/operation-calls/operation-call.ts';
import type { OperationCall } from '../testing/operation-calls/operation-call.ts';
import { merchantOrigin } from '../testing/test-server.ts';
import { carry, neededScope } from './authorisation-credentials.ts';
import type { SecretKind, Stage } from './authorisation-credentials.ts';

/** Somebody who must not get through, and what he must be told. */
export interface Attempt {
  actor: string;
  headers: Record<string, string>;
  /** In place of those of the call. */
  params?: Record<string, string>;
  body?: unknown;
  expected: readonly [status: number, code: ErrorCode];
}

type Refusal = Attempt['expected'];

const unknown: Record<Exclude<SecretKind, 'session_token'>, Refusal> = {
  api_key: [401, 'api_key_invalid'],
  access_token: [401, 'access_token_invalid'],
  staff_cookie: [401, 'staff_login_required'],
  portal_cookie: [401, 'session_ended'],
};

const kinds: readonly SecretKind[] = ['api_key', 'access_token', 'staff_cookie', 'portal_cookie', 'session_token'];

const sectionsByPath: readonly (readonly [RegExp, Section[]])[] = [
  [/\/(summary|invoices|invoice_pdfs)\b/, ['invoices']],
  [/\/payments\b/, ['payments']],
  [/\/statement\b/, ['invoices', 'payments']],
  [/\/entitlements\b/, ['entitlements']],
  [/\/profile\b/, ['profile']],
];

/** What the session must have been granted: it follows from the address. */
export const sectionsOf = (key: OperationKey): Section[] => sectionsByPath.find(([path]) => path.test(key))?.[1] ?? [];

/** Where the rightful caller's request comes from. */
const originOf = ({ server }: Stage, key: OperationKey): Record<string, string> => {
  switch (credentialOf(key)) {
    case 'access_token':
      return { origin: merchantOrigin };
    case 'portal_cookie':
      return { origin: server.origin };
    case 'staff_cookie':
      return isWrite(key) ? { origin: server.origin } : {};
    default:
      return {};
  }
};

/** No credential at all, and every kind of credential but the right one: in its own place, and in the right one's. */
const wrongKinds = (stage: Stage, key: OperationKey, right: keyof typeof unknown): Attempt[] => {
  const { secrets, ours } = stage;
  const origin = originOf(stage, key);
  const expected = unknown[right];
  const wrong = kinds.filter((kind) => kind !== right);
  return [
    { actor: 'nobody', headers: origin, expected },
    ...wrong.flatMap((kind): Attempt[] => [
      { actor: `${kind}`, headers: { ...origin, ...carry(kind, secrets[kind], ours.organisation.id) }, expected },
      {
        actor: `${kind} as ${right}`,
        headers: { ...origin, ...carry(right, secrets[kind], ours.organisation.id) },
        expected,
      },
    ]),
    {
      actor: 'all others together',
      headers: {
        ...origin,
        ...Object.assign({}, ...wrong.map((kind) => carry(kind, secrets[kind], ours.organisation.id))),
      },
      expected,
    },
  ];
};

const ofKeys = (stage: Stage, key: OperationKey): Attempt[] => {
  const { lapsed, ours, theirs, foreign, secrets } = stage;
  const scope = neededScope(key);
  const own = ours.organisation.id;
  const insufficient: Refusal = [403, 'scope_insufficient'];
  return [
    { actor: 'revoked key', headers: carry('api_key', lapsed.revokedKey, own), expected: unknown.api_key },
    { actor: "other organisation's key", headers: carry('api_key', foreign.api_key, own), expected: unknown.api_key },
    {
      actor: 'own key for the other organisation',
      headers: carry('api_key', secrets.api_key, theirs.organisation.id),
      expected: unknown.api_key,
    },
    {
      actor: `key without ${scope}`,
      headers: carry('api_key', stage.keyWithout(scope), own),
      expected: insufficient,
    },
    ...ApiKeyScope.options
      .filter((other) => other !== scope)
      .map((other): Attempt => ({
        actor: `key with ${other} alone`,
        headers: carry('api_key', stage.keyWith(other), own),
        expected: insufficient,
      })),
  ];
};

const ofSessions = (stage: Stage, key: OperationKey, { params }: OperationCall): Attempt[] => {
  const { lapsed, ours, theirs, foreign, secrets } = stage;
  const { errors = [] }: Operation = api[key];
  const from = originOf(stage, key);
  const bearing = (token: string) => ({ ...from, ...carry('access_token', token, ours.organisation.id) });
  const ended: Refusal = [401, 'session_ended'];
  const invalid = unknown.access_token;
  return [
    { actor: 'expired token', headers: bearing(lapsed.expiredAccessToken), expected: [401, 'access_token_expired'] },
    { actor: 'idle session', headers: lapsed.idle.headers, expected: ended },
    { actor: 'revoked session', headers: lapsed.revoked.headers, expected: ended },
    { actor: 'session signed out of', headers: lapsed.signedOut.headers, expected: ended },
    { actor: "other organisation's token", headers: bearing(foreign.access_token), expected: invalid },
    {
      actor: "own token at the other organisation's address",
      headers: bearing(secrets.access_token),
      params: { ...params, organisation_id: theirs.organisation.id },
      expected: invalid,
    },
    ...['https://evil.example', 'null', stage.server.origin].map((origin): Attempt => ({
      actor: `own token from ${origin}`,
      headers: { ...bearing(secrets.access_token), origin },
      expected: [403, 'origin_not_allowed'],
    })),
    ...sectionsOf(key).map((section): Attempt => ({
      actor: `session without ${section}`,
      headers: stage.portalWithout(section).headers,
      expected: [403, 'scope_insufficient'],
    })),
    ...(errors.includes('read_only_session')
      ? [stage.readOnly, stage.staffView].map((portal, index): Attempt => ({
          actor: index === 0 ? 'read-only session' : 'staff view',
          headers: portal.headers,
          expected: [403, 'read_only_session'],
        }))
      : []),
  ];
};

const ofStaff = (stage: Stage, key: OperationKey): Attempt[] => {
  const { lapsed, ours } = stage;
  const from = originOf(stage, key);
  const expected = unknown.staff_cookie;
  return [
    { actor: 'idle staff', headers: { ...from, ...lapsed.idleStaff.headers }, expected },
    { actor: 'staff logged out', headers: { ...from, ...lapsed.loggedOutStaff.headers }, expected },
    ...(isWrite(key)
      ? [{}, { origin: merchantOrigin }, { origin: 'null' }].map((origin: { origin?: string }): Attempt => ({
          actor: `own cookie from ${origin.origin ?? 'no page'}`,
          headers: { ...ours.staff.headers, ...origin },
          expected: [403, 'origin_not_allowed'],
        }))
      : []),
  ];
};

const ofHosted = (stage: Stage): Attempt[] => {
  const { lapsed, server, ours, secrets } = stage;
  const cookie = (value: string) => carry('portal_cookie', value, ours.organisation.id);
  return [
    ...[lapsed.idleCookie, lapsed.revokedCookie].map((value, index): Attempt => ({
      actor: index === 0 ? 'idle session' : 'revoked session',
      headers: { origin: server.origin, ...cookie(value) },
      expected: [401, 'session_ended'],
    })),
    ...[{}, { origin: merchantOrigin }, { origin: 'null' }].map((origin: { origin?: string }): Attempt => ({
      actor: `own cookie from ${origin.origin ?? 'no page'}`,
      headers: { ...cookie(secrets.portal_cookie), ...origin },
      expected: [403, 'origin_not_allowed'],
    })),
  ];
};

/** Of a way in: its secret stands in the body, and nothing in the headers makes up for it. */
const ofWayIn = (stage: Stage, key: OperationKey, { headers = {}, body }: OperationCall): Attempt[] => {
  const { secrets, lapsed, foreign, ours } = stage;
  const isLogin = key === 'POST /console/api/login';
  const field = isLogin ? 'password' : 'session_token';
  const expected: Refusal = isLogin ? [401, 'login_failed'] : [401, 'session_token_invalid'];
  const unfit: Refusal = [422, 'request_invalid'];
  const everything = Object.assign({}, ...kinds.map((kind) => carry(kind, secrets[kind], ours.organisation.id)));
  const pretended = kinds.filter((kind) => isLogin || kind !== 'session_token').map((kind) => [kind, secrets[kind]]);
  const lapsedTokens = [
    ['expired session token', lapsed.expiredSessionToken],
    ['used session token', lapsed.usedSessionToken],
  ];
  const withSecret = (secret: unknown) => ({ ...(body as object), [field]: secret });
  return [
    { actor: 'nobody', headers, body: {}, expected: unfit },
    ...[...pretended, ...(isLogin ? [] : lapsedTokens)].map(([name, secret]): Attempt => ({
      actor: `${name} as ${field}`,
      headers,
      body: withSecret(secret),
      expected: !isLogin && name === 'access_token' ? unfit : expected,
    })),
    ...(key.includes(':organisation_id')
      ? [
          {
            actor: "other organisation's session token",
            headers,
            body: withSecret(foreign.session_token),
            expected,
          },
        ]
      : []),
    {
      actor: 'all credentials, and a made-up secret',
      headers: { ...everything, ...headers },
      body: withSecret('made-up'),
      expected,
    },
    {
      actor: 'own secret from another website',
      headers: { origin: 'https://evil.example' },
      expected: [403, 'origin_not_allowed'],
    },
    { actor: 'own secret from no page', headers: {}, expected: [403, 'origin_not_allowed'] },
  ];
};

/** Everybody who must not get through to an operation. All of it follows from its method, address and declared errors. */
export const attemptsOn = (stage: Stage, key: OperationKey, call: OperationCall): Attempt[] => {
  const right = credentialOf(key);
  switch (right) {
    case 'api_key':
      return [...wrongKinds(stage, key, right), ...ofKeys(stage, key)];
    case 'access_token':
      return [...wrongKinds(stage, key, right), ...ofSessions(stage, key, call)];
    case 'staff_cookie':
      return [...wrongKinds(stage, key, right), ...ofStaff(stage, key)];
    case 'portal_cookie':
      return [...wrongKinds(stage, key, right), ...ofHosted(stage)];
    case 'none':
      return ofWayIn(stage, key, call);
  }
};
