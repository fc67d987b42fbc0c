import { createApiKey } from '../api-keys/api-keys.service.ts';
import type { Clock } from '../clock.ts';
import { transact } from '../database/transaction.ts';
import type { Db } from '../database/transaction.ts';
import { createOrganisation } from '../organisations/organisations.service.ts';
import { newSecret } from '../secrets.ts';
import { hashPassword } from '../staff/password.ts';
import { createStaff } from '../staff/staff.service.ts';
import { buildDemo } from './build-demo.ts';
import { billingTimeZone, dayOf } from './calendar.ts';
import { characters } from './characters/characters.ts';
import { insertDemoRows } from './demo.repository.ts';

/** The demo's organisation has the same id everywhere, so that pages written against it keep working. */
export const demoOrganisationId = '019a3c5e-7d00-7a11-8c4e-6e6f72746877';

export interface SeededDemo {
  organisationId: string;
  apiKey: string;
  staff: { email: string; password: string };
  customers: { id: string; name: string; note: string }[];
}

const staffEmail = 'ada@northwind-cloud.example';

/** Makes the organisation Northwind Cloud with ten years of customers. The data depends on the day alone. */
export const seedDemo = async (db: Db, clock: Clock, demoOrigin: string): Promise<SeededDemo> => {
  const scope = { organisationId: demoOrganisationId };
  const rows = buildDemo(demoOrganisationId, dayOf(clock.now()));
  const password = newSecret().slice(0, 20);
  const passwordHash = await hashPassword(password);
  return transact(db, async (trx) => {
    await createOrganisation(trx, clock, {
      id: demoOrganisationId,
      name: 'Northwind Cloud',
      email: 'billing@northwind-cloud.example',
      address: {
        line1: '350 Battery Street',
        line2: 'Floor 6',
        line3: null,
        city: 'New York',
        state: 'NY',
        zipCode: '10280',
        country: 'United States',
        country_code: 'US',
      },
      taxId: 'EIN 98-7654321',
      timeZone: billingTimeZone,
      allowedOrigins: [demoOrigin],
      returnOrigins: [demoOrigin],
      branding: { logo_url: `${demoOrigin}/northwind-logo.svg`, accent: '#0f766e' },
    });
    const { key } = await createApiKey(trx, clock, scope, { name: 'Demo-site' });
    await createStaff(trx, clock, scope, { email: staffEmail, name: 'Ada Lindqvist', passwordHash });
    await insertDemoRows(trx, rows);
    const ids = new Map(rows.customer.map((customer) => [customer.external_id, customer.id]));
    return {
      organisationId: demoOrganisationId,
      apiKey: key,
      staff: { email: staffEmail, password },
      customers: characters.map(({ key: externalId, name, note }) => ({
        id: ids.get(externalId) ?? '',
        name,
        note: note ?? '',
      })),
    };
  });
};
