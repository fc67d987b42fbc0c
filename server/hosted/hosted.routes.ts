import type { Express, RequestHandler, Response } from 'express';
import { enterOrganisation, inOrganisation } from '../database/organisation-context.ts';
import { transact } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/errors.ts';
import { requireOwnOrigin } from '../http/own-origin.ts';
import { refuseAfterFailures } from '../http/rate-limit.ts';
import { contextMaker, Reply } from '../http/route.ts';
import type { Authenticate, Bind } from '../http/route.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import { presentOpened } from '../sessions/opened-session.ts';
import { touchSession } from '../sessions/portal-auth.ts';
import { redeem, sessionTokenInvalid } from '../sessions/redeem.ts';
import { parseSessionToken } from '../sessions/session-token.ts';
import { endOfSession, endSession, sessionEnded } from '../sessions/sessions.service.ts';
import type { SessionRow } from '../sessions/sessions.service.ts';
import { portalCookie } from './cookie.ts';
import { hostedHeaders, renderHostedPage } from './hosted-page.ts';
import { pageLanguages } from './page-language.ts';
import { bareVisit, describeFrame, describeVisit, findCookieSession, sessionToReplace } from './visit.ts';
import type { HostedPage } from './visit.ts';

const liveSessionOfCookie =
  (dependencies: Dependencies): Authenticate<SessionRow> =>
  async (context) => {
    requireOwnOrigin(dependencies, context);
    const row = await findCookieSession(dependencies, context);
    if (row === undefined) {
      throw sessionEnded('unknown');
    }
    const end = endOfSession(row, dependencies.clock.now());
    if (end !== undefined) {
      throw sessionEnded(end);
    }
    enterOrganisation(row.organisation_id);
    await dependencies.rateLimits.sessionRequests.count(row.id);
    return row;
  };

/** What the hosted page's script calls: redeeming into a cookie, and coming back by it. */
export const bindHostedRoutes = (bind: Bind, dependencies: Dependencies): void => {
  const { rateLimits } = dependencies;

  const ownPage: Authenticate<void> = (context) => requireOwnOrigin(dependencies, context);

  bind('POST /session/redeem', ownPage, async ({ body, context }) => {
    const parts = parseSessionToken(body.session_token);
    const other = parts && (await sessionToReplace(dependencies, context, parts.customerId));
    if (other !== undefined && !body.replace) {
      throw new HttpError(409, 'session_conflict', `This browser is signed in as ${other.customer_name}`);
    }
    if (parts !== undefined) {
      enterOrganisation(parts.organisationId);
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
      const author = {
        actor: { type: 'customer' as const, id: other.customer_id, name: other.customer_name },
        requestId: context.requestId,
      };
      const scope = { organisationId: other.organisation_id };
      await inOrganisation(other.organisation_id, () =>
        transact(dependencies.db, (trx) =>
          endSession(trx, dependencies.clock, scope, author, { id: other.id, reason: 'replaced' }),
        ),
      );
    }
    const opened = await presentOpened(dependencies, row, body.preload);
    return new Reply(opened, { 'set-cookie': portalCookie(cookie, opened.session_expires_in) });
  });

  bind('POST /session/resume', liveSessionOfCookie(dependencies), async ({ body, caller }) => {
    if (body.session_id !== undefined && body.session_id !== caller.id) {
      throw sessionEnded('replaced');
    }
    await touchSession(dependencies, caller);
    return presentOpened(dependencies, caller, body.preload);
  });
};

const sendPage = (res: Response, page: HostedPage, frame: { isFramed: boolean }): void => {
  const preferred = res.req.acceptsLanguages([...pageLanguages]) || undefined;
  res
    .set(hostedHeaders(page, frame))
    .type('html')
    .send(
      renderHostedPage(
        page,
        pageLanguages.find((language) => language === preferred),
      ),
    );
};

/**
 * A browser that loads ahead of a click drops an answer that failed, and asks again when somebody does click. So the page
 * is judged by the click, and not by the guess before it.
 */
const refuseSpeculation: RequestHandler = (req, res, next) => {
  if (req.get('sec-purpose')?.startsWith('prefetch') === true) {
    res.status(503).set('cache-control', 'no-store').end();
    return;
  }
  next();
};

/** The hosted page itself, as a top page and in a merchant's frame. Looking at it changes nothing. */
export const serveHostedPage = (app: Express, dependencies: Dependencies): void => {
  const makeContext = contextMaker(dependencies);
  app.get('/', (_req, res) => {
    sendPage(res, bareVisit, { isFramed: false });
  });
  app.get(['/session', '/session/:text'], refuseSpeculation, async (req, res) => {
    const isFramed = req.get('sec-fetch-dest') === 'iframe';
    const text = req.params['text'];
    const page = await describeVisit(dependencies, makeContext(req, res, req.params), {
      text: typeof text === 'string' ? text : '',
      isFramed,
    });
    sendPage(res.status(page.organisation === null ? 404 : 200), page, { isFramed });
  });
  app.get('/frame/:organisation_id', async (req, res) => {
    const page = await describeFrame(dependencies, req.params['organisation_id']);
    sendPage(res.status(page.organisation === null ? 404 : 200), page, {
      isFramed: req.get('sec-fetch-dest') === 'iframe',
    });
  });
};
