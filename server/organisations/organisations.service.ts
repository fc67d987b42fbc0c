import type { Address } from '#contract/addresses.ts';
import { audit, commandLine } from '../audit/audit.service.ts';
import { setBranding } from '../branding/branding.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Trx } from '../database/transaction.ts';
import { insertAllowedOrigins, insertOrganisation, insertReturnOrigins } from './organisations.repository.ts';

export {
  findOrganisation,
  hasAllowedOrigin,
  listAllowedOrigins,
  listOrganisations,
  listReturnOrigins,
} from './organisations.repository.ts';

export interface NewOrganisation {
  /** Given only by a seed that must be the same each time. */
  id?: string;
  name: string;
  email?: string;
  address?: Address;
  taxId?: string;
  timeZone?: string;
  /** Exact origins, see `parseOrigin`. */
  allowedOrigins: string[];
  returnOrigins?: string[];
  branding?: { logoUrl?: string; accent?: string };
}

/** Makes an organisation with its origins and branding; answers its id. */
export const createOrganisation = async (trx: Trx, clock: Clock, organisation: NewOrganisation): Promise<string> => {
  const id = organisation.id ?? newId(clock);
  const scope = { organisationId: id };
  await insertOrganisation(trx, {
    id,
    name: organisation.name,
    email: organisation.email ?? null,
    address: organisation.address === undefined ? null : JSON.stringify(organisation.address),
    tax_id: organisation.taxId ?? null,
    time_zone: organisation.timeZone ?? 'UTC',
    created_at: timestamp(clock.now()),
  });
  await insertAllowedOrigins(trx, scope, organisation.allowedOrigins);
  await insertReturnOrigins(trx, scope, organisation.returnOrigins ?? []);
  await setBranding(trx, scope, {
    logo_url: organisation.branding?.logoUrl ?? null,
    accent: organisation.branding?.accent ?? null,
  });
  await audit(trx, clock, scope, {
    actor: commandLine,
    action: 'organisation.created',
    detail: { name: organisation.name },
  });
  return id;
};
