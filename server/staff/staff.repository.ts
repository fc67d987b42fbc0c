import { lastChange } from '../database/last-change.ts';
import type { Db, Trx } from '../database/transaction.ts';
import type { OrganisationScope } from '../scope.ts';
import type { StaffSessionTable, StaffTable } from './staff.table.ts';

export const insertStaff = async (trx: Trx, staff: StaffTable): Promise<void> => {
  await trx.insertInto('staff').values(staff).execute();
};

/** An e-mail address alone says who logs in, and so in which organisation. */
export const findStaffByEmail = (db: Db, email: string): Promise<StaffTable | undefined> =>
  db.selectFrom('staff').selectAll().where('email', '=', email).executeTakeFirst();

export const listStaff = (db: Db, { organisationId }: OrganisationScope): Promise<StaffTable[]> =>
  db.selectFrom('staff').selectAll().where('organisation_id', '=', organisationId).orderBy('email').execute();

export const updateStaffPassword = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  id: string,
  passwordHash: string,
): Promise<void> => {
  await trx
    .updateTable('staff')
    .set({ password_hash: passwordHash })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
};

/** Ends every console session of a member. */
export const updateStaffSessionsEnded = async (
  trx: Trx,
  { organisationId }: OrganisationScope,
  staffId: string,
  at: string,
): Promise<void> => {
  await trx
    .updateTable('staff_session')
    .set({ ended_at: at })
    .where('organisation_id', '=', organisationId)
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .execute();
};

export const insertStaffSession = async (trx: Trx, session: StaffSessionTable): Promise<void> => {
  await trx.insertInto('staff_session').values(session).execute();
};

export interface StaffSessionRow extends StaffSessionTable {
  staff_name: string;
  staff_email: string;
  organisation_name: string;
  time_zone: string;
  last_change: string;
}

const staffSessionOf = (db: Db, cookieHash: string) =>
  db
    .selectFrom('staff_session as session')
    .innerJoin('staff', (join) =>
      join.onRef('staff.organisation_id', '=', 'session.organisation_id').onRef('staff.id', '=', 'session.staff_id'),
    )
    .innerJoin('organisation', 'organisation.id', 'session.organisation_id')
    .selectAll('session')
    .select((eb) => [
      'staff.name as staff_name',
      'staff.email as staff_email',
      'organisation.name as organisation_name',
      'organisation.time_zone',
      lastChange(eb.ref('session.organisation_id')).as('last_change'),
    ])
    .where('session.cookie_hash', '=', cookieHash);

/** The cookie alone says whose session it is. */
export const findStaffSession = (db: Db, cookieHash: string): Promise<StaffSessionRow | undefined> =>
  staffSessionOf(db, cookieHash).executeTakeFirst();

export const getStaffSession = (db: Db, cookieHash: string): Promise<StaffSessionRow> =>
  staffSessionOf(db, cookieHash).executeTakeFirstOrThrow();

export const updateStaffSession = async (
  trx: Trx,
  scope: OrganisationScope,
  id: string,
  change: Pick<StaffSessionTable, 'last_active_at'>,
): Promise<void> => {
  await trx
    .updateTable('staff_session')
    .set(change)
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', id)
    .execute();
};

/** False when it had ended already. */
export const updateStaffSessionEnded = async (
  trx: Trx,
  scope: OrganisationScope,
  id: string,
  at: string,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('staff_session')
    .set({ ended_at: at })
    .where('organisation_id', '=', scope.organisationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};
