import type { Address } from '#contract/addresses.ts';
import { noBranding } from '#contract/branding.ts';
import type { Branding } from '#contract/branding.ts';
import { Section } from '#contract/sessions.ts';
import { audit, commandLine } from '../audit/audit.service.ts';
import { setBranding } from '../branding/branding.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import {
  findOrganisation,
  insertOrganisation,
  replaceOrigins,
  updateOrganisation,
} from './organisations.repository.ts';
import type { OrganisationTable } from './organisations.table.ts';

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
  branding?: Partial<Branding>;
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
    sections: null,
    configuration_version: 1,
  });
  await replaceOrigins(trx, scope, 'allowed_origin', organisation.allowedOrigins);
  await replaceOrigins(trx, scope, 'return_origin', organisation.returnOrigins ?? []);
  await setBranding(trx, scope, { ...noBranding, ...organisation.branding });
  await audit(trx, clock, scope, {
    actor: commandLine,
    action: 'organisation.created',
    detail: { name: organisation.name },
  });
  return id;
};

/** What a session shows that does not name its sections. */
export const defaultSections = ({ sections }: Pick<OrganisationTable, 'sections'>): Section[] =>
  Section.options.filter((section) => sections === null || sections.split(' ').includes(section));

export const getDefaultSections = async (db: Db, scope: OrganisationScope): Promise<Section[]> =>
  defaultSections((await findOrganisation(db, scope)) ?? { sections: null });

interface Configuration {
  allowed_origins: string[];
  return_origins: string[];
  sections: Section[];
  version: number;
}

export const saveConfiguration = async (
  trx: Trx,
  scope: OrganisationScope,
  { allowed_origins: allowedOrigins, return_origins: returnOrigins, sections, version }: Configuration,
): Promise<void> => {
  await replaceOrigins(trx, scope, 'allowed_origin', allowedOrigins);
  await replaceOrigins(trx, scope, 'return_origin', returnOrigins);
  await updateOrganisation(trx, scope, {
    sections: Section.options.every((section) => sections.includes(section)) ? null : sections.join(' '),
    configuration_version: version,
  });
};
