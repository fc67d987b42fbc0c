import { compileOnce, slot } from '../database/compile-once.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { NumberSequenceTable, OrganisationTable } from './organisations.table.ts';

export const insertOrganisation = async (trx: Trx, organisation: OrganisationTable): Promise<void> => {
  await trx.insertInto('organisation').values(organisation).execute();
};

/** The organisation's origins of this kind are then these and no others. */
export const replaceOrigins = async (
  trx: Trx,
  scope: OrganisationScope,
  table: 'allowed_origin' | 'return_origin',
  origins: string[],
): Promise<void> => {
  await trx.deleteFrom(table).where('organisation_id', '=', scope.organisationId).execute();
  if (origins.length > 0) {
    await trx
      .insertInto(table)
      .values(origins.map((origin) => ({ organisation_id: scope.organisationId, origin })))
      .execute();
  }
};

export const updateOrganisation = async (
  trx: Trx,
  scope: OrganisationScope,
  values: Pick<OrganisationTable, 'sections' | 'configuration_version'>,
): Promise<void> => {
  await trx.updateTable('organisation').set(values).where('id', '=', scope.organisationId).execute();
};

const findById = compileOnce((db) =>
  db.selectFrom('organisation').selectAll().where('id', '=', slot<string>('organisationId')),
);

export const findOrganisation = async (
  db: Db,
  { organisationId }: OrganisationScope,
): Promise<OrganisationTable | undefined> => (await findById(db, { organisationId }))[0];

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

const returnOriginsOf = compileOnce((db) =>
  db
    .selectFrom('return_origin')
    .select('origin')
    .where('organisation_id', '=', slot<string>('organisationId'))
    .orderBy('origin'),
);

export const listReturnOrigins = async (db: Db, { organisationId }: OrganisationScope): Promise<string[]> =>
  (await returnOriginsOf(db, { organisationId })).map((row) => row.origin);

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

/** Counts on by so many; answers the last number. */
export const takeNumbers = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  kind: NumberSequenceTable['kind'],
  count: number,
): Promise<number> => {
  const { last_number } = await trx
    .insertInto('number_sequence')
    .values({ organisation_id: organisationId, kind, last_number: count })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'kind']).doUpdateSet((eb) => ({
        last_number: eb('number_sequence.last_number', '+', count),
      })),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return last_number;
};

/** The next number taken is above this one. */
export const raiseLastNumber = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  kind: NumberSequenceTable['kind'],
  lastNumber: number,
): Promise<void> => {
  await trx
    .insertInto('number_sequence')
    .values({ organisation_id: organisationId, kind, last_number: lastNumber })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'kind'])
        .doUpdateSet({ last_number: lastNumber })
        .where('number_sequence.last_number', '<', lastNumber),
    )
    .execute();
};
