import { stringifySetCookie } from 'cookie';
import { timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { acrossOrganisations, enterOrganisation } from '../database/organisation-context.ts';
import { noteInPassing } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { unauthorized } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';
import { requireOwnOrigin } from '../http/own-origin.ts';
import { readCookie } from '../http/read-cookie.ts';
import type { Authenticate } from '../http/route.ts';
import type { OrganisationScope } from '../scope.ts';
import { hashSecret } from '../secrets.ts';
import { findStaffSession, updateStaffSession } from './staff.repository.ts';
import type { StaffSessionRow } from './staff.repository.ts';
import { staffSessionAbsoluteS } from './staff.service.ts';

const cookieName = '__Host-zenskar_console';
const idleMs = 30 * 60_000;

/** Activity is written down once a minute at most, so a session may end this much early and never late. */
const activityGranularityMs = 60_000;

/** Who calls the console API: a member of the merchant's staff. */
export interface StaffCaller {
  scope: OrganisationScope;
  staff: { id: string; name: string };
  session: StaffSessionRow;
}

/**
 * Makes the authenticator of an operation of the console API. A write must also come from the console's own pages:
 * 403 `origin_not_allowed` otherwise.
 */
export type StaffAuthenticator = (access?: 'read' | 'write') => Authenticate<StaffCaller>;

const setCookie = (value: string, maxAge: number): string =>
  stringifySetCookie({
    name: cookieName,
    value,
    maxAge,
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'strict',
  });

/** The header that gives the browser its session. */
export const sessionCookie = (cookie: string): Record<string, string> => ({
  'set-cookie': setCookie(cookie, staffSessionAbsoluteS),
});

/** The header that takes it away again. */
export const clearedCookie = (): Record<string, string> => ({ 'set-cookie': setCookie('', 0) });

const loginRequired = (): HttpError => unauthorized('staff_login_required', 'Log in to the console');

const isLive = (row: StaffSessionRow, nowMs: number): boolean =>
  row.ended_at === null && nowMs < Date.parse(row.expires_at) && nowMs < Date.parse(row.last_active_at) + idleMs;

/**
 * For a write: the member may have logged out while the body was on its way.
 * @throws HttpError 401 `staff_login_required`
 */
export const requireLiveStaff = async (trx: Trx, clock: Clock, { session }: StaffCaller): Promise<void> => {
  const row = await findStaffSession(trx, session.cookie_hash);
  if (row === undefined || !isLive(row, clock.now())) {
    throw loginRequired();
  }
};

/** Authenticates the console API. No cookie, an unknown one and an ended session are the same 401. */
export const staffAuthenticator =
  (dependencies: Dependencies): StaffAuthenticator =>
  (access = 'read') =>
  async (context) => {
    const { db, clock, rateLimits } = dependencies;
    const cookie = readCookie(context, cookieName);
    const session = cookie ? await acrossOrganisations(() => findStaffSession(db, hashSecret(cookie))) : undefined;
    const now = clock.now();
    if (session === undefined || !isLive(session, now)) {
      throw loginRequired();
    }
    enterOrganisation(session.organisation_id);
    await rateLimits.sessionRequests.count(session.id);
    context.transferCaller = { id: session.id, organisationId: session.organisation_id };
    context.lastChange = session.last_change;
    if (access === 'write') {
      requireOwnOrigin(dependencies, context);
    }
    const scope = { organisationId: session.organisation_id };
    if (now - Date.parse(session.last_active_at) >= activityGranularityMs) {
      await noteInPassing(dependencies, (trx) =>
        updateStaffSession(trx, scope, session.id, { last_active_at: timestamp(now) }),
      );
    }
    return { scope, staff: { id: session.staff_id, name: session.staff_name }, session };
  };
