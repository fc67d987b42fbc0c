import { Id } from '#contract/primitives.ts';
import type { Branding } from '#contract/branding.ts';
import { getBranding } from '../branding/branding.service.ts';
import { enterOrganisation } from '../database/organisation-context.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RequestContext } from '../http/route.ts';
import { findOrganisation, listAllowedOrigins } from '../organisations/organisations.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { endOfSession, findLink, findSessionByCookieValue, isUnopened } from '../sessions/sessions.service.ts';
import type { SessionRow } from '../sessions/sessions.service.ts';
import { parseSessionToken } from '../sessions/session-token.ts';
import { readPortalCookie } from './cookie.ts';

/** What a visitor of the hosted page can do next. Finding it out changes nothing: mail scanners open links too. */
export type Visit =
  | {
      kind: 'redeem';
      token: string;
      /** Whether to open at once: the browser says that a page of the merchant's led here. */
      isExpected: boolean;
      customerName: string;
      /** Whose live session this browser holds and would lose, else null. */
      replaces: string | null;
    }
  | {
      kind: 'resume';
      sessionId: string;
      /** Where to go when the session turns out to be over; only for the browser that holds its cookie. */
      returnUrl: string | null;
    }
  | { kind: 'unusable'; returnUrl: string | null }
  /** The page was loaded again before its link was used, and only the link itself holds the token. */
  | { kind: 'unopened' }
  /** The page of a `<zenskar-portal-frame>`, which brings the session. */
  | { kind: 'frame' }
  /** The portal's bare address, which leads to nobody's invoices. */
  | { kind: 'none' };

export interface HostedPage {
  visit: Visit;
  organisation: { id: string; name: string; branding: Branding } | null;
  /** Who may frame the page, and whom it may ask for a session. */
  allowedOrigins: string[];
  /** What the address bar shows instead of the token. */
  address: string;
  /** The language of the session, where the visitor may know of it. */
  locale: string | null;
}

const addressForm = /^([0-9a-f-]{36})_([0-9a-f-]{36})$/;

/** The address of an open session: says which session a reload belongs to, and is no secret. */
const sessionAddress = (organisationId: string, sessionId: string): string => `/session/${organisationId}_${sessionId}`;

const parseAddress = (text: string): { organisationId: string; sessionId: string } | undefined => {
  const [, organisationId, sessionId] = addressForm.exec(text) ?? [];
  return Id.safeParse(organisationId).success && Id.safeParse(sessionId).success
    ? { organisationId: organisationId ?? '', sessionId: sessionId ?? '' }
    : undefined;
};

/** Older browsers' and link previews' ways to say that nobody has asked for the page yet. */
const purposeHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

const isExpected = (context: RequestContext, origins: readonly string[]): boolean => {
  const referer = context.header('referer') ?? '';
  return (
    ['same-origin', 'same-site', 'cross-site'].includes(context.header('sec-fetch-site') ?? 'none') &&
    purposeHeaders.every((name) => context.header(name) === undefined) &&
    URL.canParse(referer) &&
    origins.includes(new URL(referer).origin)
  );
};

/** The session that the browser's cookie names, however it stands. */
export const findCookieSession = async (
  { db }: Dependencies,
  context: RequestContext,
): Promise<SessionRow | undefined> => {
  const value = readPortalCookie(context);
  return value === undefined ? undefined : findSessionByCookieValue(db, value);
};

const liveCookieSession = async (
  dependencies: Dependencies,
  context: RequestContext,
): Promise<SessionRow | undefined> => {
  const row = await findCookieSession(dependencies, context);
  return row !== undefined && endOfSession(row, dependencies.clock.now()) === undefined ? row : undefined;
};

/** Whose session the visitor would lose by opening another customer's; a staff view is nobody's to lose. */
export const sessionToReplace = async (
  dependencies: Dependencies,
  context: RequestContext,
  customerId: string,
): Promise<SessionRow | undefined> => {
  const row = await liveCookieSession(dependencies, context);
  return row === undefined || row.is_staff_view === 1 || row.customer_id === customerId ? undefined : row;
};

const visitLink = async (
  dependencies: Dependencies,
  context: RequestContext,
  { token, origins, isFramed }: { token: string; origins: readonly string[]; isFramed: boolean },
): Promise<{ visit: Visit; sessionId: string | undefined; locale: string | null }> => {
  const parts = parseSessionToken(token);
  const link = parts === undefined ? undefined : await findLink(dependencies, parts, token);
  if (link === undefined) {
    return { visit: { kind: 'unusable', returnUrl: null }, sessionId: undefined, locale: null };
  }
  const { session, isRedeemable } = link;
  if (isRedeemable) {
    const other = isFramed ? undefined : await sessionToReplace(dependencies, context, session.customer_id);
    const visit: Visit = {
      kind: 'redeem',
      token,
      isExpected: isExpected(context, [...origins, dependencies.config.publicOrigin]),
      customerName: session.customer_name,
      replaces: other?.customer_name ?? null,
    };
    return { visit, sessionId: session.id, locale: session.locale };
  }
  const current = isFramed ? undefined : await liveCookieSession(dependencies, context);
  return {
    visit:
      current?.id === session.id
        ? { kind: 'resume', sessionId: session.id, returnUrl: session.return_url }
        : { kind: 'unusable', returnUrl: session.return_url },
    sessionId: session.id,
    locale: session.locale,
  };
};

const visitSession = async (
  dependencies: Dependencies,
  context: RequestContext,
  { organisationId, sessionId }: { organisationId: string; sessionId: string },
): Promise<{ visit: Visit; sessionId: string; locale: string | null }> => {
  if (await isUnopened(dependencies, { organisationId }, sessionId)) {
    return { visit: { kind: 'unopened' }, sessionId, locale: null };
  }
  const row = await findCookieSession(dependencies, context);
  const own = row?.id === sessionId ? row : undefined;
  return {
    visit: { kind: 'resume', sessionId, returnUrl: own?.return_url ?? null },
    sessionId,
    locale: own?.locale ?? null,
  };
};

export const bareVisit: HostedPage = {
  visit: { kind: 'none' },
  organisation: null,
  allowedOrigins: [],
  address: '/',
  locale: null,
};

const nobodysPage: HostedPage = {
  visit: { kind: 'unusable', returnUrl: null },
  organisation: null,
  allowedOrigins: [],
  address: '/session',
  locale: null,
};

const describePage = async (
  { db }: Dependencies,
  scope: OrganisationScope,
): Promise<Pick<HostedPage, 'organisation' | 'allowedOrigins'> | undefined> => {
  enterOrganisation(scope.organisationId);
  const organisation = await findOrganisation(db, scope);
  return (
    organisation && {
      organisation: { id: organisation.id, name: organisation.name, branding: await getBranding(db, scope) },
      allowedOrigins: await listAllowedOrigins(db, scope),
    }
  );
};

/** The page of an organisation's frames. It holds nothing of any customer. */
export const describeFrame = async (dependencies: Dependencies, text: string): Promise<HostedPage> => {
  const organisationId = Id.safeParse(text).data;
  const page = organisationId && (await describePage(dependencies, { organisationId }));
  return page ? { ...page, visit: { kind: 'frame' }, address: `/frame/${organisationId}`, locale: null } : nobodysPage;
};

/** Reads what the address, the cookie and the browser say of a visit to the hosted page. */
export const describeVisit = async (
  dependencies: Dependencies,
  context: RequestContext,
  { text, isFramed }: { text: string; isFramed: boolean },
): Promise<HostedPage> => {
  const address = parseAddress(text);
  const organisationId = address?.organisationId ?? parseSessionToken(text)?.organisationId;
  const page = organisationId && (await describePage(dependencies, { organisationId }));
  if (!page) {
    return nobodysPage;
  }
  const { visit, sessionId, locale } =
    address === undefined
      ? await visitLink(dependencies, context, { token: text, origins: page.allowedOrigins, isFramed })
      : await visitSession(dependencies, context, address);
  return {
    ...page,
    visit,
    address: sessionId === undefined ? '/session' : sessionAddress(organisationId, sessionId),
    locale,
  };
};
