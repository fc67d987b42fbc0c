import type { PortalConfiguration } from '#contract/configuration.ts';
import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import { transact } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/errors.ts';
import { etagOf } from '../http/if-match.ts';
import { Reply } from '../http/route.ts';
import type { Bind, RequestContext } from '../http/route.ts';
import { requireLiveStaff } from '../staff/staff-auth.ts';
import type { StaffAuthenticator } from '../staff/staff-auth.ts';
import { getConfiguration, replaceConfiguration } from './configuration.service.ts';
import type { VersionedConfiguration } from './configuration.service.ts';

const replyOf =
  ({ config }: Dependencies) =>
  ({ configuration, version }: VersionedConfiguration): Reply<PortalConfiguration> =>
    new Reply({ ...configuration, portal_url: config.publicOrigin }, { etag: etagOf(version) });

export const bindConfigurationRoutes = ({ read, write }: MerchantBinder, dependencies: Dependencies): void => {
  const { db, clock } = dependencies;
  const reply = replyOf(dependencies);

  read('GET /customer_portal/configuration', async ({ caller }) => reply(await getConfiguration(db, caller.scope)));

  write('PUT /customer_portal/configuration', async (trx, { body, scope, author, context }) =>
    reply(
      await replaceConfiguration(trx, clock, scope, author, {
        settings: body,
        ifMatch: context.header('if-match'),
      }),
    ),
  );
};

const requiredIfMatch = (context: RequestContext): string => {
  const header = context.header('if-match')?.trim() ?? '';
  if (header === '' || header === '*') {
    throw new HttpError(428, 'precondition_required', 'Send If-Match with the ETag of the configuration that you read');
  }
  return header;
};

/** The same for the staff in the console, of whom several may be at it at once. */
export const bindConsoleConfigurationRoutes = (
  bind: Bind,
  dependencies: Dependencies,
  staff: StaffAuthenticator,
): void => {
  const { db, clock } = dependencies;
  const reply = replyOf(dependencies);

  bind('GET /console/api/configuration', staff(), async ({ caller }) =>
    reply(await getConfiguration(db, caller.scope)),
  );

  bind('PUT /console/api/configuration', staff('write'), async ({ body, caller, context }) => {
    const ifMatch = requiredIfMatch(context);
    return reply(
      await transact(db, async (trx) => {
        await requireLiveStaff(trx, clock, caller);
        return replaceConfiguration(
          trx,
          clock,
          caller.scope,
          { actor: { type: 'staff', ...caller.staff }, requestId: context.requestId },
          { settings: body, ifMatch },
        );
      }),
    );
  });
};
