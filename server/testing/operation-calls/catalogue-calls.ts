import type { OperationKey } from '#contract/api.ts';
import type { MakeCall } from './operation-call.ts';
import { contractOf, make, newContract, newDefinition, newInvoice, newProduct, newReference } from './world.ts';

const ofContract: MakeCall = async (world) => ({ params: { contract_id: await newContract(world) } });

const ofProduct: MakeCall = async (world) => ({ params: { product_id: await newProduct(world) } });

const ofDefinition: MakeCall = async (world) => ({ params: { entitlement_id: await newDefinition(world) } });

const ofCustomer: MakeCall = (world) => ({ params: { customer_id: world.customer.customerId } });

const ofGrant: MakeCall = async (world) => {
  const { customerId } = world.customer;
  const { id } = await make(world, `/entitlements/customer/${customerId}`, {
    entitlement_id: await newDefinition(world),
    quantity: 1_000,
  });
  return { params: { customer_id: customerId, customer_entitlement_id: id } };
};

export const catalogueCalls = {
  'GET /contract_v2': (world) => ({ query: { customer_id: world.customer.customerId } }),
  'POST /contract_v2': (world) => ({ body: contractOf(world) }),
  'GET /contract_v2/:contract_id': ofContract,
  'PUT /contract_v2/:contract_id': async (world) => ({
    ...(await ofContract(world)),
    body: { ...contractOf(world), name: 'Annual, renewed' },
  }),
  'DELETE /contract_v2/:contract_id': ofContract,

  'GET /products': () => ({ query: { limit: '1' } }),
  'POST /products': () => ({ body: { name: 'Platform', external_id: newReference() } }),
  'GET /products/:product_id': ofProduct,
  'PATCH /products/:product_id': async (world) => ({ ...(await ofProduct(world)), body: { name: 'Platform 2' } }),

  'GET /entitlements': () => ({ query: { is_active: 'true' } }),
  'POST /entitlements': async (world) => ({
    body: { name: 'Seats', entitlement_type: 'Quantity', units: 'seats', product_id: await newProduct(world) },
  }),
  'GET /entitlements/:entitlement_id': ofDefinition,
  'PATCH /entitlements/:entitlement_id': async (world) => ({
    ...(await ofDefinition(world)),
    body: { name: 'Calls', product_id: await newProduct(world) },
  }),
  'GET /entitlements/customer/:customer_id': ofCustomer,
  'POST /entitlements/customer/:customer_id': async (world) => ({
    ...(await ofCustomer(world)),
    body: {
      entitlement_id: await newDefinition(world),
      quantity: 500,
      product_id: await newProduct(world),
      contract_id: await newContract(world),
      invoice_id: await newInvoice(world),
    },
  }),
  'PATCH /entitlements/customer/:customer_id/:customer_entitlement_id': async (world) => ({
    ...(await ofGrant(world)),
    body: { quantity_used: 10 },
  }),
  'DELETE /entitlements/customer/:customer_id/:customer_entitlement_id': ofGrant,
  'GET /entitlements/customer/unique/:customer_id': ofCustomer,
} as const satisfies Partial<Record<OperationKey, MakeCall>>;
