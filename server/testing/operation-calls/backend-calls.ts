import type { OperationKey } from '#contract/api.ts';
import type { MakeCall } from './operation-call.ts';
import { make, newCustomer, newDefinition, newInvoice, newReference } from './world.ts';
import type { World } from './world.ts';

const session = (customerId: string) => ({ customer_id: customerId, return_url: 'https://shop.example/account' });

const createSession: MakeCall = (world) => ({ body: session(world.customer.customerId) });

const newEndpoint = async (world: World): Promise<string> =>
  (await make(world, '/webhook_endpoints', { url: 'https://hooks.shop.example/billing' })).id;

const ofEndpoint: MakeCall = async (world) => ({ params: { id: await newEndpoint(world) } });

const actOnEndpoint: MakeCall = async (world) => ({ ...(await ofEndpoint(world)), body: {} });

/** Sessions, webhooks and bulk changes: what a backend does without anybody looking. */
export const backendCalls = {
  'POST /customer/session': createSession,
  'POST /customers/session': createSession,
  'DELETE /customer/session/:session_id': async (world) => {
    const made = await world.merchant.post('/customer/session', session(world.customer.customerId));
    return { params: { session_id: String(made.body['session_id']) } };
  },
  'POST /customers/:customer_id/sessions/revoke': async (world) => {
    const customerId = await newCustomer(world);
    await world.merchant.post('/customer/session', session(customerId));
    return { params: { customer_id: customerId }, body: {} };
  },

  'GET /webhook_endpoints': () => ({ query: { status: 'enabled' } }),
  'POST /webhook_endpoints': () => ({ body: { url: 'https://hooks.shop.example/billing' } }),
  'GET /webhook_endpoints/:id': ofEndpoint,
  'PATCH /webhook_endpoints/:id': async (world) => ({
    ...(await ofEndpoint(world)),
    body: { description: 'Ledger' },
  }),
  'DELETE /webhook_endpoints/:id': ofEndpoint,
  'POST /webhook_endpoints/:id/rotate_secret': actOnEndpoint,
  'POST /webhook_endpoints/:id/test': actOnEndpoint,
  'POST /webhook_endpoints/:id/replay': async (world) => ({
    ...(await ofEndpoint(world)),
    body: { since: '2026-11-20' },
  }),
  'GET /webhook_endpoints/:id/deliveries': async (world) => {
    const id = await newEndpoint(world);
    await make(world, `/webhook_endpoints/${id}/test`, {});
    await make(world, `/webhook_endpoints/${id}/test`, {});
    return { params: { id } };
  },
  'POST /webhook_endpoints/:id/deliveries/:delivery_id/retry': async (world) => {
    const id = await newEndpoint(world);
    const delivery = await make(world, `/webhook_endpoints/${id}/test`, {});
    return { params: { id, delivery_id: delivery.id }, body: {} };
  },

  'PUT /customers/bulk': () => ({ body: [{ external_id: newReference(), customer_name: 'Aurora Analytics' }] }),
  'PUT /invoices/bulk': (world) => ({
    body: [
      {
        external_id: newReference(),
        customer_id: world.customer.customerId,
        currency: 'USD',
        line_items: [{ name: 'Subscription', unit_price: 100 }],
      },
    ],
  }),
  'PUT /payments/bulk': async (world) => ({
    body: [
      {
        type: 'payment',
        external_id: newReference(),
        customer_id: world.customer.customerId,
        amount: 10_000,
        currency_code: 'USD',
        payment_parts: [{ invoice_id: await newInvoice(world), amount: 10_000 }],
      },
    ],
  }),
  'PUT /entitlements/bulk': async (world) => {
    return {
      body: [
        {
          external_id: newReference(),
          customer_id: world.customer.customerId,
          entitlement_id: await newDefinition(world),
          quantity: 500,
        },
      ],
    };
  },
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
