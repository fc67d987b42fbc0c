import type { Dependencies } from '../dependencies.ts';
import { unauthorized } from '../http/errors.ts';
import type { HttpError } from '../http/errors.ts';
import { requireOwnOrigin } from '../http/own-origin.ts';
import { refuseAfterAttempts } from '../http/rate-limit.ts';
import { Reply } from '../http/route.ts';
import type { Bind } from '../http/route.ts';
import { fingerprint } from '../secrets.ts';
import { clearedCookie, sessionCookie } from './staff-auth.ts';
import type { StaffAuthenticator } from './staff-auth.ts';
import { logIn, logOut, presentStaffSession } from './staff.service.ts';

const loginFailed = (): HttpError => unauthorized('login_failed', 'The e-mail address or the password is wrong');

/** Logging in to the console and out of it. */
export const bindStaffRoutes = (bind: Bind, dependencies: Dependencies, staff: StaffAuthenticator): void => {
  const { rateLimits, config } = dependencies;

  bind(
    'POST /console/api/login',
    (context) => requireOwnOrigin(dependencies, context),
    async ({ body, context }) => {
      const account = fingerprint(config.signingKeys, body.email.trim().toLowerCase());
      const { cookie, session } = await refuseAfterAttempts(
        [
          { failures: rateLimits.staffLogin, key: `${context.ip} ${account}` },
          { failures: rateLimits.credentialFailure, key: `login:${context.ip}` },
        ],
        loginFailed,
        () => logIn(dependencies, { ...body, requestId: context.requestId }),
      );
      return new Reply(presentStaffSession(session), sessionCookie(cookie));
    },
  );

  bind('POST /console/api/logout', staff('write'), async ({ caller, context }) => {
    await logOut(dependencies, caller.session, context.requestId);
    return new Reply({ ended: true as const }, clearedCookie());
  });

  bind('GET /console/api/me', staff(), ({ caller }) => Promise.resolve(presentStaffSession(caller.session)));
};
