import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Actor } from '../audit/audit.service.ts';
import { transact } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { forbidden } from '../http/errors.ts';
import { refuseAfterFailures } from '../http/rate-limit.ts';
import { anyone } from '../http/route.ts';
import type { Bind } from '../http/route.ts';
import { hasAllowedOrigin } from '../organisations/organisations.service.ts';
import { createSession } from './create-session.ts';
import { grantAccess, presentOpened } from './opened-session.ts';
import type { PortalAuthenticators } from './portal-auth.ts';
import { redeem, sessionTokenInvalid } from './redeem.ts';
import { parseSessionToken } from './session-token.ts';
import { endSession, revokeCustomerSessions } from './sessions.service.ts';

const bindMerchantRoutes = ({ write }: MerchantBinder, dependencies: Dependencies): void => {
  const { clock } = dependencies;

  for (const key of ['POST /customer/session', 'POST /customers/session'] as const) {
    write(key, (trx, { body, scope, author }) => createSession(trx, dependencies, scope, author, body));
  }

  write('DELETE /customer/session/:session_id', async (trx, { params, scope, author }) => {
    await endSession(trx, clock, scope, author, { id: params.session_id, reason: 'revoked' });
    return { session_id: params.session_id, ended: true as const };
  });

  write('POST /customers/:customer_id/sessions/revoke', async (trx, { params, scope, author }) => ({
    revoked: await revokeCustomerSessions(trx, clock, { ...scope, customerId: params.customer_id }, author),
  }));
};

const bindWidgetRoutes = (bind: Bind, dependencies: Dependencies, { session, portal }: PortalAuthenticators): void => {
  const { db, clock, config, rateLimits } = dependencies;

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
    const actor: Actor =
      caller.staff === null
        ? { type: 'customer', id: caller.scope.customerId, name: caller.customerName }
        : { type: 'staff', ...caller.staff };
    const author = { actor, requestId: context.requestId };
    await transact(db, (trx) =>
      endSession(trx, clock, caller.scope, author, { id: caller.sessionId, reason: 'signed_out' }),
    );
    return { session_id: caller.sessionId, ended: true as const };
  });
};

/** Creating, redeeming, renewing and ending sessions. */
export const bindSessionRoutes = (
  bind: Bind,
  dependencies: Dependencies,
  { merchant, ...authenticators }: { merchant: MerchantBinder } & PortalAuthenticators,
): void => {
  bindMerchantRoutes(merchant, dependencies);
  bindWidgetRoutes(bind, dependencies, authenticators);
};
