import type { OperationKey } from '#contract/api.ts';
import { changedConfiguration } from './changed-configuration.ts';
import type { MakeCall } from './operation-call.ts';
import { make, newCustomer, newReference } from './world.ts';
import type { World } from './world.ts';

const newAddress = (customerId: string, world: World) =>
  make(world, `/customers/${customerId}/addresses`, { line1: '1 Pier Road', country_code: 'GB' });

const newContact = (world: World) =>
  make(world, '/contacts', { customer: world.customer.customerId, email: 'lena@aurora.example' });

const ofContact: MakeCall = async (world) => ({ params: { contact_id: (await newContact(world)).id } });

const ofOwnCustomer: MakeCall = (world) => ({ params: { customer_id: world.customer.customerId } });

const ofNewCustomer: MakeCall = async (world) => ({ params: { customer_id: await newCustomer(world) } });

const createCustomer: MakeCall = () => ({
  body: {
    customer_name: 'Aurora Analytics',
    external_id: newReference(),
    contacts: [{ email: 'lena@aurora.example' }],
  },
});

const attachment = () => ({ payment_method_id: newReference(), connector: 'stripe', type: 'card' });

export const customerCalls = {
  'GET /customer': () => ({ query: { limit: '1', expand: 'contacts' } }),
  'GET /customers': () => ({ query: { search: 'customer_name=a' } }),
  'POST /customer': createCustomer,
  'POST /customers': createCustomer,
  'GET /customers/:customer_id': ofNewCustomer,
  'PATCH /customers/:customer_id': async (world) => {
    const customerId = await newCustomer(world);
    const read = await world.merchant.get(`/customers/${customerId}`);
    return {
      params: { customer_id: customerId },
      body: { customer_name: 'Aurora Analytics GmbH' },
      headers: { 'if-match': read.headers.get('etag') ?? '' },
    };
  },
  'DELETE /customers/:customer_id': ofNewCustomer,

  'GET /customers/:customer_id/addresses': ofOwnCustomer,
  'POST /customers/:customer_id/addresses': async (world) => ({
    ...(await ofOwnCustomer(world)),
    body: { line1: '1 Pier Road', city: 'Bristol', country_code: 'GB', is_default_billing: true },
  }),
  'PATCH /customers/:customer_id/addresses/:address_id': async (world) => {
    const customerId = await newCustomer(world);
    const { id } = await newAddress(customerId, world);
    return { params: { customer_id: customerId, address_id: id }, body: { city: 'Bath' } };
  },

  'GET /contacts': (world) => ({ query: { customer: world.customer.customerId } }),
  'POST /contacts': (world) => ({ body: { customer: world.customer.customerId, email: 'otto@aurora.example' } }),
  'GET /contacts/:contact_id': ofContact,
  'PATCH /contacts/:contact_id': async (world) => ({ ...(await ofContact(world)), body: { first_name: 'Lena' } }),
  'DELETE /contacts/:contact_id': ofContact,

  'GET /customers/:customer_id/payment_methods': ofOwnCustomer,
  'POST /customers/:customer_id/payment_methods/attach': async (world) => ({
    ...(await ofOwnCustomer(world)),
    body: attachment(),
  }),
  'DELETE /customers/:customer_id/payment_methods/:payment_method_id': async (world) => {
    const customerId = await newCustomer(world);
    const { id } = await make(world, `/customers/${customerId}/payment_methods/attach`, attachment());
    return { params: { customer_id: customerId, payment_method_id: id } };
  },

  'GET /customers/:customer_id/statement': async (world) => ({
    params: { customer_id: await newCustomer(world) },
    query: { from: '2026-11-01', to: '2026-11-20', format: 'csv' },
  }),
  'GET /customer_portal/configuration': () => ({}),
  'PUT /customer_portal/configuration': async ({ merchant }) => ({
    body: changedConfiguration(await merchant.get('/customer_portal/configuration')),
  }),
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
