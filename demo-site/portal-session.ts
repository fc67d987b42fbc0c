import type { Request } from 'express';
import { createPortalClient, expressSessionRoute } from 'zenskar-portal/server';
import type { PortalClient } from 'zenskar-portal/server';
import type { Settings } from './demo-file.ts';
import type { Visitors } from './visitor.ts';

/** The portal, for this backend: its API key never reaches a browser. */
export const connectPortal = ({ apiUrl, organisationId, apiKey }: Settings): PortalClient =>
  createPortalClient({ baseUrl: apiUrl, organisation: organisationId, apiKey });

/** `POST /portal-session`, which a page's `fetchSession` asks: a way in for whoever is logged in. */
export const portalSessionRoute = (client: PortalClient, visitors: Visitors, { siteUrl }: Settings) =>
  expressSessionRoute({
    client,
    customerOf: (req: Request) => ({ customer_id: visitors.read(req.headers.cookie).id }),
    returnUrl: `${siteUrl}/account`,
  });
