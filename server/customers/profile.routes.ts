import type { Actor } from '../audit/audit.service.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/errors.ts';
import { Reply } from '../http/route.ts';
import type { Bind, RequestContext } from '../http/route.ts';
import type { PortalAuthenticator, PortalCaller } from '../sessions/portal-caller.ts';
import { requireLiveSession } from '../sessions/sessions.service.ts';
import { etagOf, versionOf } from '../http/if-match.ts';
import { getProfile, updateProfile } from './profile.service.ts';
import type { VersionedProfile } from './profile.service.ts';

const reply = ({ profile, version }: VersionedProfile) => new Reply(profile, { etag: etagOf(version) });

const readVersion = (context: RequestContext): number | undefined => {
  const header = context.header('if-match')?.trim() ?? '';
  if (header === '' || header === '*') {
    throw new HttpError(428, 'precondition_required', 'Send If-Match with the ETag of the profile that you read');
  }
  return versionOf(header);
};

const actorOf = ({ staff, scope, customerName }: PortalCaller): Actor =>
  staff === null
    ? { type: 'customer', id: scope.customerId, name: customerName }
    : { type: 'staff', id: staff.id, name: staff.name };

export const bindProfileRoutes = (bind: Bind, dependencies: Dependencies, portal: PortalAuthenticator): void => {
  bind('GET /portal/:organisation_id/profile', portal('profile'), async ({ caller }) =>
    reply(await getProfile(dependencies.db, caller.scope)),
  );

  bind('PATCH /portal/:organisation_id/profile', portal('profile', 'write'), async ({ body, caller, context }) =>
    reply(
      await updateProfile(dependencies, caller.scope, {
        patch: body,
        version: readVersion(context),
        requireEditor: (trx) => requireLiveSession(trx, dependencies.clock, caller.scope, caller.sessionId),
        actor: actorOf(caller),
        requestId: context.requestId,
      }),
    ),
  );
};
