import { randomBytes } from 'node:crypto';
import { createApiKey } from '../../api-keys/api-keys.service.ts';
import { audit } from '../../audit/audit.service.ts';
import { systemClock } from '../../clock.ts';
import { transact } from '../../database/transaction.ts';
import type { Db } from '../../database/transaction.ts';
import { createOrganisation } from '../../organisations/organisations.service.ts';
import { hashPassword } from '../../staff/password.ts';
import { createStaff } from '../../staff/staff.service.ts';
import type { Marks, Owner } from './marks.ts';
import { planCustomer } from './planned-customer.ts';
import type { PlannedCustomer } from './planned-customer.ts';

/** An organisation with two customers, all of whose words are marks; not yet in the database. */
export interface PlannedOrganisation {
  owner: Owner;
  id: string;
  /** Where its portal is embedded. */
  origin: string;
  staff: { email: string; password: string };
  customers: [PlannedCustomer, PlannedCustomer];
  /** Marks that only its staff may see. */
  staffOwner: Owner;
}

export const planOrganisation = (marks: Marks, owner: Owner): PlannedOrganisation => {
  const id = marks.id(owner, 'organisation.id');
  const staffOwner = `${owner} staff`;
  return {
    owner,
    id,
    origin: `https://${marks.word(owner, 'allowed_origin.origin')}.example`,
    staff: {
      email: `${marks.word(staffOwner, 'staff.email')}@example.com`,
      password: marks.word(staffOwner, 'password'),
    },
    customers: [planCustomer(marks, `${owner}1`, id), planCustomer(marks, `${owner}2`, id)],
    staffOwner,
  };
};

/** Puts the organisation into the database without its customers; answers its API key. */
export const insertOrganisation = async (
  db: Db,
  marks: Marks,
  { owner, staffOwner, id, origin, staff }: PlannedOrganisation,
): Promise<string> => {
  const word = (place: string): string => marks.word(owner, place);
  const accent = `#${randomBytes(3).toString('hex')}`;
  marks.learn({ owner, place: 'branding.accent', value: accent });
  const passwordHash = await hashPassword(staff.password);
  const key = await transact(db, async (trx) => {
    await createOrganisation(trx, systemClock, {
      id,
      name: word('organisation.name'),
      email: `${word('organisation.email')}@example.com`,
      address: {
        line1: word('organisation.address line1'),
        line2: word('organisation.address line2'),
        line3: null,
        city: word('organisation.address city'),
        state: null,
        zipCode: word('organisation.address zip'),
        country: word('organisation.address country'),
        country_code: null,
      },
      taxId: word('organisation.tax_id'),
      allowedOrigins: [origin],
      returnOrigins: [origin],
      branding: {
        logo_url: `https://127.0.0.1/${word('branding.logo_url')}.png`,
        accent,
        font_family: word('branding.font_family'),
      },
    });
    const scope = { organisationId: id };
    const { key: apiKey } = await createApiKey(trx, systemClock, scope, {
      name: marks.word(staffOwner, 'api_key.name'),
    });
    await createStaff(trx, systemClock, scope, {
      name: marks.word(staffOwner, 'staff.name'),
      email: staff.email,
      passwordHash,
    });
    await audit(trx, systemClock, scope, {
      actor: { type: 'system', id: null, name: marks.word(staffOwner, 'audit_event.actor_name') },
      action: 'organisation.created',
      detail: { note: marks.word(staffOwner, 'audit_event.detail') },
    });
    return apiKey;
  });
  marks.learn({ owner: staffOwner, place: 'API key', value: key });
  return key;
};
