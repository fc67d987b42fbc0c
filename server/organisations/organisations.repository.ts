import { compileOnce, slot } from '../database/compile-once.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { OrganisationTable } from './organisations.table.ts';

export const insertOrganisation = async (trx: Trx, organisation: OrganisationTable): Promise<void> => {
  await trx.insertInto('organisation').values(organisation).execute();
};

export const insertAllowedOrigins = async (trx: Trx, scope: OrganisationScope, origins: string[]): Promise<void> => {
  if (origins.length > 0) {
    await trx
      .insertInto('allowed_origin')
      .values(origins.map((origin) => ({ organisation_id: scope.organisationId, origin })))
      .execute();
  }
};

export const insertReturnOrigins = async (trx: Trx, scope: OrganisationScope, origins: string[]): Promise<void> => {
  if (origins.length > 0) {
    await trx
      .insertInto('return_origin')
      .values(origins.map((origin) => ({ organisation_id: scope.organisationId, origin })))
      .execute();
  }
};

export const findOrganisation = (db: Db, scope: OrganisationScope): Promise<OrganisationTable | undefined> =>
  db.selectFrom('organisation').selectAll().where('id', '=', scope.organisationId).executeTakeFirst();

export const listOrganisations = (db: Db): Promise<OrganisationTable[]> =>
  db.selectFrom('organisation').selectAll().orderBy('name').orderBy('id').execute();

export const listAllowedOrigins = async (db: Db, scope: OrganisationScope): Promise<string[]> => {
  const rows = await db
    .selectFrom('allowed_origin')
    .select('origin')
    .where('organisation_id', '=', scope.organisationId)
    .orderBy('origin')
    .execute();
  return rows.map((row) => row.origin);
};

export const listReturnOrigins = async (db: Db, scope: OrganisationScope): Promise<string[]> => {
  const rows = await db
    .selectFrom('return_origin')
    .select('origin')
    .where('organisation_id', '=', scope.organisationId)
    .orderBy('origin')
    .execute();
  return rows.map((row) => row.origin);
};

const findAllowedOrigin = compileOnce((db) =>
  db
    .selectFrom('allowed_origin')
    .select('origin')
    .where('organisation_id', '=', slot<string>('organisationId'))
    .where('origin', '=', slot<string>('origin')),
);

export const hasAllowedOrigin = async (
  db: Db,
  { organisationId }: OrganisationScope,
  origin: string,
): Promise<boolean> => (await findAllowedOrigin(db, { organisationId, origin })).length > 0;
