import { Section } from '#contract/sessions.ts';
import type { MerchantBinder } from '../api-keys/merchant-binder.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../http/errors.ts';
import { findOrganisation, listAllowedOrigins, listReturnOrigins } from '../organisations/organisations.service.ts';
import { getBranding } from './branding.service.ts';

export const bindConfigurationRoutes = ({ read }: MerchantBinder, { db, config }: Dependencies): void => {
  read('GET /customer_portal/configuration', async ({ caller: { scope } }) => {
    const organisation = await findOrganisation(db, scope);
    if (organisation === undefined) {
      throw notFound();
    }
    return {
      organisation: { id: organisation.id, name: organisation.name },
      branding: await getBranding(db, scope),
      allowed_origins: await listAllowedOrigins(db, scope),
      return_origins: await listReturnOrigins(db, scope),
      sections: Section.options,
      portal_url: config.publicOrigin,
    };
  });
};
