import type { MerchantCaller } from '../api-keys/merchant-auth.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden } from '../http/errors.ts';
import { refuseAfterFailures } from '../http/rate-limit.ts';
import { anyone } from '../http/route.ts';
import type { Authenticate, Bind } from '../http/route.ts';
import { hasAllowedOrigin } from '../organisations/organisations.service.ts';
import { grantAccess, presentOpened } from './opened-session.ts';
import type { PortalAuthenticators } from './portal-auth.ts';
import { redeem, sessionTokenInvalid } from './redeem.ts';
import { parseSessionToken } from './session-token.ts';
import { createSession, endSession, revokeCustomerSessions } from './sessions.service.ts';

const bindMerchantRoutes = (bind: Bind, dependencies: Dependencies, merchant: Authenticate<MerchantCaller>): void => {
  for (const key of ['POST /customer/session', 'POST /customers/session'] as const) {
    bind(key, merchant, ({ body, caller, context }) =>
      createSession(dependencies, { ...caller, requestId: context.requestId }, body),
    );
  }

  bind('DELETE /customer/session/:session_id', merchant, async ({ params, caller, context }) => {
    await endSession(dependencies, caller.scope, {
      id: params.session_id,
      reason: 'revoked',
      actor: { type: 'api_key', ...caller.apiKey },
      requestId: context.requestId,
    });
    return { session_id: params.session_id, ended: true as const };
  });

  bind('POST /customers/:customer_id/sessions/revoke', merchant, async ({ params, caller, context }) => ({
    revoked: await revokeCustomerSessions(
      dependencies,
      { ...caller.scope, customerId: params.customer_id },
      { actor: { type: 'api_key', ...caller.apiKey }, requestId: context.requestId },
    ),
  }));
};

const bindWidgetRoutes = (bind: Bind, dependencies: Dependencies, { session, portal }: PortalAuthenticators): void => {
  const { db, config, rateLimits } = dependencies;

  bind('POST /portal/:organisation_id/session/redeem', anyone, async ({ params, body, context }) => {
    const scope = { organisationId: params.organisation_id };
    const origin = context.header('origin');
    if (origin === undefined || (origin !== config.publicOrigin && !(await hasAllowedOrigin(db, scope, origin)))) {
      throw forbidden(
        'origin_not_allowed',
        `${origin ?? 'This caller'} is not one of the organisation's allowed origins`,
      );
    }
    const parts = parseSessionToken(body.session_token);
    const row = await refuseAfterFailures(
      rateLimits.credentialFailure,
      `redeem:${context.ip}`,
      sessionTokenInvalid,
      async () =>
        parts?.organisationId === scope.organisationId
          ? redeem(dependencies, scope, {
              sessionToken: body.session_token,
              nonce: body.redeem_nonce,
              origin,
              cookieHash: null,
              requestId: context.requestId,
            })
          : undefined,
    );
    return presentOpened(dependencies, row, body.preload);
  });

  bind('POST /portal/:organisation_id/session/renew', session, ({ caller }) =>
    Promise.resolve(grantAccess(dependencies, caller)),
  );

  bind('POST /portal/:organisation_id/session/end', portal(), async ({ caller, context }) => {
    await endSession(dependencies, caller.scope, {
      id: caller.sessionId,
      reason: 'signed_out',
      actor:
        caller.staff === null
          ? { type: 'customer', id: caller.scope.customerId, name: caller.customerName }
          : { type: 'staff', ...caller.staff },
      requestId: context.requestId,
    });
    return { session_id: caller.sessionId, ended: true as const };
  });
};

/** Creating, redeeming, renewing and ending sessions. */
export const bindSessionRoutes = (
  bind: Bind,
  dependencies: Dependencies,
  { merchant, ...authenticators }: { merchant: Authenticate<MerchantCaller> } & PortalAuthenticators,
): void => {
  bindMerchantRoutes(bind, dependencies, merchant);
  bindWidgetRoutes(bind, dependencies, authenticators);
};
