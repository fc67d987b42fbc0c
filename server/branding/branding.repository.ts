import { compileOnce, slot } from '../database/compile-once.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { BrandingTable } from './branding.table.ts';

const brandingOf = compileOnce((db) =>
  db.selectFrom('branding').selectAll().where('organisation_id', '=', slot<string>('organisationId')),
);

export const findBranding = async (db: Db, { organisationId }: OrganisationScope): Promise<BrandingTable | undefined> =>
  (await brandingOf(db, { organisationId }))[0];

export const upsertBranding = async (trx: Trx, branding: BrandingTable): Promise<void> => {
  const { organisation_id: _organisationId, ...look } = branding;
  await trx
    .insertInto('branding')
    .values(branding)
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(look))
    .execute();
};
