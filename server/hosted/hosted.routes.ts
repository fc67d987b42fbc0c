import type { Express } from 'express';
import type { Dependencies } from '../dependencies.ts';
import { forbidden, HttpError } from '../http/errors.ts';
import { refuseAfterFailures } from '../http/rate-limit.ts';
import { anyone, contextOf, Reply } from '../http/route.ts';
import type { Authenticate, Bind, RequestContext } from '../http/route.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import { presentOpened } from '../sessions/opened-session.ts';
import { touchSession } from '../sessions/portal-auth.ts';
import { redeem, sessionTokenInvalid } from '../sessions/redeem.ts';
import { parseSessionToken } from '../sessions/session-token.ts';
import { endOfSession, endSession, findSessionByCookieValue, sessionEnded } from '../sessions/sessions.service.ts';
import type { SessionRow } from '../sessions/sessions.service.ts';
import { portalCookie, readPortalCookie } from './cookie.ts';
import { hostedHeaders, renderHostedPage } from './hosted-page.ts';
import { describeVisit, sessionToReplace } from './visit.ts';

const requireOwnOrigin = ({ config }: Dependencies, context: RequestContext): void => {
  if (context.header('origin') !== config.publicOrigin) {
    throw forbidden('origin_not_allowed', 'Only the hosted page may call this');
  }
};

const ownPage =
  (dependencies: Dependencies): Authenticate<undefined> =>
  (context) => {
    requireOwnOrigin(dependencies, context);
    return anyone(context);
  };

const cookieSession =
  (dependencies: Dependencies): Authenticate<SessionRow> =>
  async (context) => {
    requireOwnOrigin(dependencies, context);
    const value = readPortalCookie(context);
    const row = value === undefined ? undefined : await findSessionByCookieValue(dependencies.db, value);
    if (row === undefined) {
      throw sessionEnded('unknown');
    }
    const end = endOfSession(row, dependencies.clock.now());
    if (end !== undefined) {
      throw sessionEnded(end);
    }
    return row;
  };

/** What the hosted page's script calls: redeeming into a cookie, and coming back by it. */
export const bindHostedRoutes = (bind: Bind, dependencies: Dependencies): void => {
  const { rateLimits } = dependencies;

  bind('POST /session/redeem', ownPage(dependencies), async ({ body, context }) => {
    const parts = parseSessionToken(body.session_token);
    const other = parts && (await sessionToReplace(dependencies, context, parts.customerId));
    if (other !== undefined && !body.replace) {
      throw new HttpError(409, 'session_conflict', `This browser is signed in as ${other.customer_name}`);
    }
    const cookie = newSecret();
    const row = await refuseAfterFailures(
      rateLimits.credentialFailure,
      `redeem:${context.ip}`,
      sessionTokenInvalid,
      async () =>
        parts &&
        redeem(dependencies, parts, {
          sessionToken: body.session_token,
          nonce: body.redeem_nonce,
          origin: dependencies.config.publicOrigin,
          cookieHash: hashSecret(cookie),
          requestId: context.requestId,
        }),
    );
    if (other !== undefined) {
      await endSession(
        dependencies,
        { organisationId: other.organisation_id },
        {
          id: other.id,
          reason: 'replaced',
          actor: { type: 'customer', id: other.customer_id, name: other.customer_name },
          requestId: context.requestId,
        },
      );
    }
    const opened = await presentOpened(dependencies, row, body.preload);
    return new Reply(opened, { 'set-cookie': portalCookie(cookie, opened.session_expires_in) });
  });

  bind('POST /session/resume', cookieSession(dependencies), async ({ body, caller }) => {
    if (body.session_id !== undefined && body.session_id !== caller.id) {
      throw sessionEnded('replaced');
    }
    await touchSession(dependencies, caller);
    return presentOpened(dependencies, caller, body.preload);
  });
};

/** The hosted page itself, as a top page and in a merchant's frame. Looking at it changes nothing. */
export const serveHostedPage = (app: Express, dependencies: Dependencies): void => {
  app.get(['/session', '/session/:text'], async (req, res) => {
    const isFramed = req.get('sec-fetch-dest') === 'iframe';
    const text = req.params['text'];
    const page = await describeVisit(dependencies, contextOf(req, res), {
      text: typeof text === 'string' ? text : '',
      isFramed,
    });
    res
      .status(page.organisation === null ? 404 : 200)
      .set(hostedHeaders(page, { isFramed }))
      .type('html')
      .send(renderHostedPage(page));
  });
};
