import type { Section } from '#contract/sessions.ts';
import { timestamp } from '../clock.ts';
import { noteInPassing } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden } from '../http/errors.ts';
import { accessTokenInvalid, bearerToken } from './access-token.ts';
import type { AccessTokenReader } from './access-token.ts';
import type { Authenticate, RequestContext } from '../http/route.ts';
import type { PortalAuthenticator, PortalCaller } from './portal-caller.ts';
import { activityGranularityMs, endOfSession, sessionEnded } from './session-life.ts';
import { findSession, updateSessionActive } from './sessions.repository.ts';
import type { SessionRow } from './sessions.repository.ts';
import { parseSections } from './sessions.present.ts';

/**
 * The live session behind a request of the portal API. A browser leaves out Origin only on requests to its own origin.
 * @throws HttpError 401 `access_token_invalid`, `access_token_expired` or `session_ended`; 403 `origin_not_allowed`; 429 `rate_limited`
 */
const liveSession = async (
  { db, clock, config, rateLimits }: Dependencies,
  readToken: AccessTokenReader,
  context: RequestContext,
): Promise<SessionRow> => {
  const token = bearerToken(context.header('authorization'));
  if (token === undefined) {
    throw accessTokenInvalid();
  }
  const claims = readToken(token);
  if (claims.client_id !== context.pathParams['organisation_id']) {
    throw accessTokenInvalid();
  }
  if ((context.header('origin') ?? config.publicOrigin) !== claims.azp) {
    throw forbidden('origin_not_allowed', 'This session belongs to another website');
  }
  const row = await findSession(db, { organisationId: claims.client_id }, claims.sid);
  if (row === undefined || row.customer_id !== claims.sub || row.origin !== claims.azp) {
    throw accessTokenInvalid();
  }
  if (row.is_origin_allowed !== 1 && claims.azp !== config.publicOrigin) {
    throw forbidden('origin_not_allowed', 'This website may no longer show the portal');
  }
  const end = endOfSession(row, clock.now());
  if (end !== undefined) {
    throw sessionEnded(end);
  }
  await rateLimits.sessionRequests.count(row.id);
  context.transferCaller = { id: row.id, organisationId: row.organisation_id };
  context.lastChange = row.last_change;
  return row;
};

/** Notes that the customer is there. Everything but renewing counts. */
export const touchSession = async (dependencies: Dependencies, row: SessionRow): Promise<void> => {
  const now = dependencies.clock.now();
  if (now - Date.parse(row.last_active_at ?? row.created_at) >= activityGranularityMs(row.idle_timeout_s)) {
    await noteInPassing(dependencies, (trx) =>
      updateSessionActive(trx, { organisationId: row.organisation_id }, row.id, timestamp(now)),
    );
  }
};

const callerOf = (row: SessionRow): PortalCaller => ({
  scope: { organisationId: row.organisation_id, customerId: row.customer_id },
  sessionId: row.id,
  customerName: row.customer_name,
  timeZone: row.time_zone,
  sections: parseSections(row.sections),
  readOnly: row.read_only === 1,
  version: `${row.last_own_change ?? ''} ${row.last_general_change ?? ''}`,
  staff: row.is_staff_view === 1 && row.staff_id !== null ? { id: row.staff_id, name: row.staff_name ?? '' } : null,
});

/** Who may call the portal API. */
export interface PortalAuthenticators {
  /** A live session; the call does not count as activity. */
  session: Authenticate<SessionRow>;
  portal: PortalAuthenticator;
}

export const portalAuthenticators = (
  dependencies: Dependencies,
  readToken: AccessTokenReader,
): PortalAuthenticators => {
  const session = (context: RequestContext): Promise<SessionRow> => liveSession(dependencies, readToken, context);
  const portal: PortalAuthenticator =
    (section?: Section, access = 'read') =>
    async (context) => {
      const row = await session(context);
      const caller = callerOf(row);
      if (section !== undefined && !caller.sections.includes(section)) {
        throw forbidden('scope_insufficient', `This session does not include ${section}`);
      }
      if (access === 'write' && caller.readOnly) {
        throw forbidden('read_only_session', 'This session may look at everything and change nothing');
      }
      await touchSession(dependencies, row);
      return caller;
    };
  return { session, portal };
};
