import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { BrandingTable } from './branding.table.ts';

export const findBranding = (db: Db, scope: OrganisationScope): Promise<BrandingTable | undefined> =>
  db.selectFrom('branding').selectAll().where('organisation_id', '=', scope.organisationId).executeTakeFirst();

export const upsertBranding = async (trx: Trx, branding: BrandingTable): Promise<void> => {
  const { organisation_id: _organisationId, ...look } = branding;
  await trx
    .insertInto('branding')
    .values(branding)
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(look))
    .execute();
};
