import type { StaffSession } from '#contract/console.ts';
import { audit, commandLine } from '../audit/audit.service.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { acrossOrganisations, enterOrganisation } from '../database/organisation-context.ts';
import { transact } from '../database/transaction.ts';
import type { Trx } from '../database/transaction.ts';
import type { Dependencies } from '../dependencies.ts';
import type { OrganisationScope } from '../scope.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import { endStaffViews } from '../sessions/sessions.service.ts';
import { hashPassword, verifyPassword } from './password.ts';
import {
  findStaffByEmail,
  getStaffSession,
  insertStaff,
  insertStaffSession,
  updateStaffPassword,
  updateStaffSessionEnded,
  updateStaffSessionsEnded,
} from './staff.repository.ts';
import type { StaffSessionRow } from './staff.repository.ts';
import type { StaffTable } from './staff.table.ts';

export const staffSessionAbsoluteS = 12 * 3600;

export interface NewStaff {
  name: string;
  email: string;
  /** From `hashPassword`: hashing takes long and so stays outside the transaction. */
  passwordHash: string;
}

/** Makes a staff member; answers the id. */
export const createStaff = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  staff: NewStaff,
): Promise<string> => {
  const id = newId(clock);
  await insertStaff(trx, {
    organisation_id: scope.organisationId,
    id,
    email: staff.email.toLowerCase(),
    name: staff.name,
    password_hash: staff.passwordHash,
    created_at: timestamp(clock.now()),
  });
  await audit(trx, clock, scope, {
    actor: commandLine,
    action: 'staff.created',
    detail: { staff_id: id, name: staff.name },
  });
  return id;
};

/**
 * Gives a member another password, which may be one that nobody knows, and ends what the old one opened: console sessions
 * and staff views. Links that were made for customers go on.
 */
export const changePassword = async (
  trx: Trx,
  clock: Clock,
  scope: OrganisationScope,
  { id, name }: Pick<StaffTable, 'id' | 'name'>,
  { passwordHash, action }: { passwordHash: string; action: 'staff.password_changed' | 'staff.disabled' },
): Promise<void> => {
  await updateStaffPassword(trx, scope, id, passwordHash);
  await updateStaffSessionsEnded(trx, scope, id, timestamp(clock.now()));
  await endStaffViews(trx, clock, scope, id);
  await audit(trx, clock, scope, { actor: commandLine, action, detail: { staff_id: id, name } });
};

/**
 * Checks a password and opens a console session. Undefined when e-mail or password is wrong; an unknown address is
 * hashed for as long as a wrong password, so that the time tells nobody who works here. A wrong password is audited; of an
 * address that is nobody's, there is no organisation to tell.
 */
export const logIn = async (
  { db, clock }: Dependencies,
  { email, password, requestId }: { email: string; password: string; requestId: string },
): Promise<{ cookie: string; session: StaffSessionRow } | undefined> => {
  const staff = await acrossOrganisations(() => findStaffByEmail(db, email.trim().toLowerCase()));
  const isRight =
    staff === undefined
      ? await hashPassword(password).then(() => false)
      : await verifyPassword(password, staff.password_hash);
  if (staff === undefined) {
    return undefined;
  }
  const scope = { organisationId: staff.organisation_id };
  enterOrganisation(staff.organisation_id);
  if (!isRight) {
    await transact(db, (trx) =>
      audit(trx, clock, scope, {
        actor: { type: 'system', id: null, name: 'Console' },
        action: 'login.failed',
        detail: { staff_id: staff.id, name: staff.name },
        requestId,
      }),
    );
    return undefined;
  }
  const cookie = newSecret();
  const cookieHash = hashSecret(cookie);
  const now = clock.now();
  return transact(db, async (trx) => {
    // Checking takes long enough for the password to be taken away meanwhile.
    if ((await findStaffByEmail(trx, staff.email))?.password_hash !== staff.password_hash) {
      return undefined;
    }
    await insertStaffSession(trx, {
      organisation_id: staff.organisation_id,
      id: newId(clock),
      staff_id: staff.id,
      cookie_hash: cookieHash,
      created_at: timestamp(now),
      last_active_at: timestamp(now),
      expires_at: timestamp(now + staffSessionAbsoluteS * 1000),
      ended_at: null,
    });
    await audit(trx, clock, scope, {
      actor: { type: 'staff', id: staff.id, name: staff.name },
      action: 'staff.logged_in',
      requestId,
    });
    return { cookie, session: await getStaffSession(trx, cookieHash) };
  });
};

/** Ends the console session, and with it the staff views that this member has open. */
export const logOut = async ({ db, clock }: Dependencies, row: StaffSessionRow, requestId: string): Promise<void> => {
  const scope = { organisationId: row.organisation_id };
  await transact(db, async (trx) => {
    if (!(await updateStaffSessionEnded(trx, scope, row.id, timestamp(clock.now())))) {
      return;
    }
    const views = await endStaffViews(trx, clock, scope, row.staff_id);
    await audit(trx, clock, scope, {
      actor: { type: 'staff', id: row.staff_id, name: row.staff_name },
      action: 'staff.logged_out',
      ...(views > 0 && { detail: { views_ended: views } }),
      requestId,
    });
  });
};

export const presentStaffSession = (row: StaffSessionRow): StaffSession => ({
  staff: { id: row.staff_id, name: row.staff_name, email: row.staff_email },
  organisation: { id: row.organisation_id, name: row.organisation_name, time_zone: row.time_zone },
});
