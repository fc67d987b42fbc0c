import type { PortalConfiguration, PortalConfigurationInput } from '#contract/configuration.ts';
import { Section } from '#contract/sessions.ts';
import { audit } from '../audit/audit.service.ts';
import type { AuditEntry } from '../audit/audit.service.ts';
import type { Clock } from '../clock.ts';
import type { Db, Trx } from '../database/transaction.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { versionOf } from '../http/if-match.ts';
import {
  defaultSections,
  findOrganisation,
  listAllowedOrigins,
  listReturnOrigins,
  saveConfiguration,
} from '../organisations/organisations.service.ts';
import type { OrganisationScope } from '../scope.ts';
import { getBranding, setBranding } from './branding.service.ts';

/** A configuration and the version that its ETag names. */
export interface VersionedConfiguration {
  configuration: Omit<PortalConfiguration, 'portal_url'>;
  version: number;
}

/** @throws HttpError 404 `not_found` */
export const getConfiguration = async (db: Db, scope: OrganisationScope): Promise<VersionedConfiguration> => {
  const organisation = await findOrganisation(db, scope);
  if (organisation === undefined) {
    throw notFound();
  }
  return {
    configuration: {
      organisation: { id: organisation.id, name: organisation.name },
      branding: await getBranding(db, scope),
      allowed_origins: await listAllowedOrigins(db, scope),
      return_origins: await listReturnOrigins(db, scope),
      sections: defaultSections(organisation),
    },
    version: organisation.configuration_version,
  };
};

type Settings = PortalConfigurationInput;

/** In the form and order in which they are read again. */
const canonical = ({ branding, allowed_origins, return_origins, sections }: Settings): Settings => ({
  branding,
  allowed_origins: [...new Set(allowed_origins)].sort(),
  return_origins: [...new Set(return_origins)].sort(),
  sections: Section.options.filter((section) => sections.includes(section)),
});

const fieldsOf = ({ branding, allowed_origins, return_origins, sections }: Settings): [string, unknown][] => [
  ...Object.entries(branding),
  ...Object.entries({ allowed_origins, return_origins, sections }).map(([name, values]): [string, unknown] => [
    name,
    values.join(' '),
  ]),
];

const changedNames = (before: Settings, after: Settings): string[] => {
  const values = new Map(fieldsOf(before));
  return fieldsOf(after).flatMap(([name, value]) => (values.get(name) === value ? [] : [name]));
};

/** Who may show the portal is worth more than the name of a field. */
const originChanges = (before: Settings, after: Settings): Record<string, string[]> => {
  const without = (all: string[], others: string[]): string[] => all.filter((origin) => !others.includes(origin));
  const changes = {
    allowed: without(after.allowed_origins, before.allowed_origins),
    no_longer_allowed: without(before.allowed_origins, after.allowed_origins),
    returning: without(after.return_origins, before.return_origins),
    no_longer_returning: without(before.return_origins, after.return_origins),
  };
  return Object.fromEntries(Object.entries(changes).filter(([, origins]) => origins.length > 0));
};

interface Replacement {
  settings: PortalConfigurationInput;
  /** The `If-Match` of the request, where it has one. */
  ifMatch: string | undefined;
}

/**
 * Replaces all that can be set, and writes down which fields changed. One that changes nothing keeps the version.
 * @throws HttpError 412 `precondition_failed` when `If-Match` names another version
 */
export const replaceConfiguration = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  author: Pick<AuditEntry, 'actor' | 'requestId'>,
  { settings, ifMatch }: Replacement,
): Promise<VersionedConfiguration> => {
  const { configuration: before, version } = await getConfiguration(trx, scope);
  if (ifMatch !== undefined && ifMatch.trim() !== '*' && versionOf(ifMatch) !== version) {
    throw new HttpError(
      412,
      'precondition_failed',
      'The configuration has been changed since it was read; read it again',
    );
  }
  const after = canonical(settings);
  const fields = changedNames(before, after);
  if (fields.length > 0) {
    await setBranding(trx, scope, after.branding);
    await saveConfiguration(trx, scope, { ...after, version: version + 1 });
    await audit(trx, clock, scope, {
      ...author,
      action: 'configuration.changed',
      detail: { fields, ...originChanges(before, after) },
    });
  }
  return getConfiguration(trx, scope);
};
