import { noBranding } from '#contract/branding.ts';
import type { Branding } from '#contract/branding.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import { findBranding, upsertBranding } from './branding.repository.ts';

export const setBranding = (trx: Trx, scope: OrganisationScope, branding: Branding): Promise<void> =>
  upsertBranding(trx, { organisation_id: scope.organisationId, ...branding });

export const getBranding = async (db: Db, scope: OrganisationScope): Promise<Branding> => {
  const { organisation_id: _organisationId, ...branding } = (await findBranding(db, scope)) ?? {
    organisation_id: '',
    ...noBranding,
  };
  return branding;
};
