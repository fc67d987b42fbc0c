import type { OperationKey } from '#contract/api.ts';
import { createSession, openPortal } from '../portal-session.ts';
import { merchantOrigin } from '../test-server.ts';
import type { MakeCall } from './operation-call.ts';
import { newInvoice, newPayment } from './world.ts';
import type { World } from './world.ts';

const ofTenant: MakeCall = (world) => ({ params: { organisation_id: world.organisation.id } });

const ofSession: MakeCall = async (world) => ({ ...(await ofTenant(world)), body: {} });

const ofInvoice: MakeCall = async (world) => ({
  params: { organisation_id: world.organisation.id, invoice_id: await newInvoice(world) },
});

const newToken = async ({ server, organisation, customer }: World): Promise<string> => {
  const made = await createSession(server, organisation, { customer_id: customer.customerId });
  return String(made.body['session_token']);
};

const redemption = async (world: World) => ({
  session_token: await newToken(world),
  redeem_nonce: 'nonce-of-one-redemption',
});

export const portalCalls = {
  'POST /portal/:organisation_id/session/redeem': async (world) => ({
    ...(await ofTenant(world)),
    body: await redemption(world),
    headers: { origin: merchantOrigin },
  }),
  'POST /portal/:organisation_id/session/renew': ofSession,
  'POST /portal/:organisation_id/session/end': async (world) => {
    const { server, organisation, customer } = world;
    const { headers } = await openPortal(server, organisation, customer.customerId);
    return { ...(await ofSession(world)), headers };
  },
  'GET /portal/:organisation_id/summary': ofTenant,
  'GET /portal/:organisation_id/invoices': ofTenant,
  'GET /portal/:organisation_id/invoices/:invoice_id': ofInvoice,
  'GET /portal/:organisation_id/invoices/:invoice_id/pdf': ofInvoice,
  'GET /portal/:organisation_id/payments': ofTenant,
  'GET /portal/:organisation_id/payments/:payment_id/receipt': async (world) => ({
    params: { organisation_id: world.organisation.id, payment_id: await newPayment(world) },
  }),
  'GET /portal/:organisation_id/entitlements': ofTenant,
  'GET /portal/:organisation_id/exports/invoices': ofTenant,
  'GET /portal/:organisation_id/exports/payments': ofTenant,
  'GET /portal/:organisation_id/exports/entitlements': ofTenant,
  'GET /portal/:organisation_id/exports/invoice_pdfs': async (world) => ({
    ...(await ofTenant(world)),
    query: { id__in: await newInvoice(world) },
  }),
  'GET /portal/:organisation_id/statement': async (world) => ({
    ...(await ofTenant(world)),
    query: { from: '2026-11-01', to: '2026-11-20', format: 'csv' },
  }),
  'GET /portal/:organisation_id/profile': ofTenant,
  'PATCH /portal/:organisation_id/profile': async (world) => {
    const read = await world.portal.get('/profile');
    return {
      ...(await ofTenant(world)),
      body: { phone_number: '+44 117 496 0000' },
      headers: { 'if-match': read.headers.get('etag') ?? '' },
    };
  },

  'POST /session/redeem': async (world) => ({
    body: await redemption(world),
    headers: { origin: world.server.origin },
  }),
  'POST /session/resume': async (world) => {
    const { server } = world;
    const redeemed = await server.request('POST', '/session/redeem', {
      headers: { origin: server.origin },
      body: await redemption(world),
    });
    const cookie = redeemed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { body: {}, headers: { origin: server.origin, cookie } };
  },
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
