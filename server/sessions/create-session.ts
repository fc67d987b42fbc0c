import type { CreateSessionRequest, CreateSessionResponse } from '#contract/sessions.ts';
import { audit } from '../audit/audit.service.ts';
import type { Author } from '../audit/audit.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { customerNotFound, findCustomerByReference } from '../customers/customers.service.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { invalid } from '../http/errors.ts';
import { getDefaultSections, listAllowedOrigins, listReturnOrigins } from '../organisations/organisations.service.ts';
import type { CustomerScope, OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { parseReturnUrl } from './return-url.ts';
import { emitSession } from './session-events.ts';
import { newSessionToken } from './session-token.ts';
import { insertSession, insertSessionToken } from './sessions.repository.ts';
import type { PortalSessionTable } from './sessions.table.ts';

type SessionSettings = Pick<
  PortalSessionTable,
  | 'api_key_id'
  | 'staff_id'
  | 'is_staff_view'
  | 'return_url'
  | 'sections'
  | 'read_only'
  | 'locale'
  | 'session_key'
  | 'required_origin'
  | 'idle_timeout_s'
  | 'max_age_s'
>;

interface OpenedWay {
  sessionId: string;
  token: string;
  expiresAt: string;
}

/** Makes a pending session with its one-time token. */
const openWay = async (
  trx: Trx,
  clock: Clock,
  scope: CustomerScope,
  settings: SessionSettings,
  linkTtlS: number,
): Promise<OpenedWay> => {
  const sessionId = newId(clock);
  const createdAt = timestamp(clock.now());
  const expiresAt = timestamp(clock.now() + linkTtlS * 1000);
  const token = newSessionToken(scope);
  const session: PortalSessionTable = {
    organisation_id: scope.organisationId,
    id: sessionId,
    customer_id: scope.customerId,
    ...settings,
    created_at: createdAt,
    opened_at: null,
    last_active_at: null,
    expires_at: null,
    origin: null,
    cookie_hash: null,
    ended_at: null,
    end_reason: null,
  };
  await insertSession(trx, session);
  await emitSession(trx, clock, scope, 'session.created', session);
  await insertSessionToken(trx, {
    organisation_id: scope.organisationId,
    token_hash: hashSecret(token),
    session_id: sessionId,
    created_at: createdAt,
    expires_at: expiresAt,
    redeemed_at: null,
    redeem_nonce_hash: null,
  });
  return { sessionId, token, expiresAt };
};

/** The address of the hosted page. The copy of the return URL is for people; only the stored one is used. */
const redirectUrl = (publicOrigin: string, token: string, returnUrl: string | null): string =>
  `${publicOrigin}/session/${token}${returnUrl === null ? '' : `?return_url=${encodeURIComponent(returnUrl)}`}`;

const canonicalLocale = (locale: string): string => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? locale;
  } catch {
    throw invalid([{ loc: ['body', 'locale'], msg: 'Expected a BCP 47 language tag', type: 'invalid_format' }]);
  }
};

const twelveHoursS = 12 * 3600;

/** Opens the way for one customer on behalf of the merchant's backend. */
export const createSession = async (
  trx: Trx,
  { clock, config }: Pick<Dependencies, 'clock' | 'config'>,
  scope: OrganisationScope,
  { actor, requestId }: Author,
  request: CreateSessionRequest,
): Promise<CreateSessionResponse> => {
  const returnUrl = parseReturnUrl(request.return_url, await listReturnOrigins(trx, scope));
  if ('problem' in returnUrl) {
    throw invalid([{ loc: ['body', 'return_url'], msg: `return_url ${returnUrl.problem}`, type: 'value_error' }]);
  }
  if (request.origin !== undefined && !(await listAllowedOrigins(trx, scope)).includes(request.origin)) {
    throw invalid([
      { loc: ['body', 'origin'], msg: "origin is not one of the organisation's allowed origins", type: 'value_error' },
    ]);
  }
  const customer = await findCustomerByReference(
    trx,
    scope,
    request.customer_id === undefined
      ? { externalId: request.external_customer_id ?? '' }
      : { id: request.customer_id },
  );
  if (customer === undefined) {
    throw customerNotFound();
  }
  const customerScope = { ...scope, customerId: customer.id };
  const settings: SessionSettings = {
    api_key_id: actor.id,
    staff_id: null,
    is_staff_view: 0,
    return_url: returnUrl.url,
    sections: (request.sections ?? (await getDefaultSections(trx, scope))).join(' '),
    read_only: request.read_only ? 1 : 0,
    locale: request.locale === undefined ? customer.locale : canonicalLocale(request.locale),
    session_key: request.session_key ?? null,
    required_origin: request.origin ?? null,
    idle_timeout_s: request.idle_timeout,
    max_age_s: request.max_age ?? Math.max(twelveHoursS, request.idle_timeout),
  };
  const way = await openWay(trx, clock, customerScope, settings, request.link_ttl);
  await audit(trx, clock, scope, {
    actor,
    action: 'session.created',
    customerId: customer.id,
    detail: { session_id: way.sessionId, read_only: request.read_only },
    requestId,
  });
  return {
    redirect_url: redirectUrl(config.publicOrigin, way.token, request.return_url),
    session_token: way.token,
    is_guest_session: false,
    session_id: way.sessionId,
    expires_at: way.expiresAt,
  };
};

/** How a staff member comes to a customer's portal: to look, or with a link to hand to the customer. */
export type StaffPurpose = 'view' | 'link';

export interface StaffRequest {
  staff: { id: string; name: string };
  purpose: StaffPurpose;
  requestId: string;
  /** Throws when the member may no longer ask for it. */
  requireStaff: (trx: Trx) => Promise<void>;
}

const staffSettings = {
  view: { is_staff_view: 1, read_only: 1, idle_timeout_s: 900, max_age_s: 3600, linkTtlS: 60 },
  link: { is_staff_view: 0, read_only: 0, idle_timeout_s: 3600, max_age_s: twelveHoursS, linkTtlS: 600 },
} as const;

/**
 * Opens the way on behalf of a staff member: a read-only staff view, or a link for the customer.
 * Both are audited.
 */
export const createStaffSession = async (
  { db, clock, config }: Dependencies,
  scope: CustomerScope,
  { staff, purpose, requestId, requireStaff }: StaffRequest,
): Promise<{ redirect_url: string; expires_at: string }> => {
  const { linkTtlS, ...limits } = staffSettings[purpose];
  const returnUrl = purpose === 'view' ? `${config.publicOrigin}/console/customers/${scope.customerId}` : null;
  const way = await transact(db, async (trx) => {
    await requireStaff(trx);
    const opened = await openWay(
      trx,
      clock,
      scope,
      {
        api_key_id: null,
        staff_id: staff.id,
        return_url: returnUrl,
        sections: (await getDefaultSections(trx, scope)).join(' '),
        locale: null,
        session_key: null,
        required_origin: null,
        ...limits,
      },
      linkTtlS,
    );
    await audit(trx, clock, scope, {
      actor: { type: 'staff', id: staff.id, name: staff.name },
      action: purpose === 'view' ? 'portal.viewed_by_staff' : 'portal_link.created',
      customerId: scope.customerId,
      detail: { session_id: opened.sessionId },
      requestId,
    });
    return opened;
  });
  return {
    redirect_url: redirectUrl(config.publicOrigin, way.token, returnUrl),
    expires_at: way.expiresAt,
  };
};
