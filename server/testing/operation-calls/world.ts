import { randomUUID } from 'node:crypto';
import type { CustomerScope } from '../../scope.ts';
import { addCustomer } from '../builders/customers.ts';
import { openConsole } from '../console-session.ts';
import type { ConsoleClient } from '../console-session.ts';
import { merchantClient } from '../merchant-client.ts';
import type { MerchantClient } from '../merchant-client.ts';
import { openPortal } from '../portal-session.ts';
import type { PortalClient } from '../portal-session.ts';
import type { TestOrganisation, TestServer } from '../test-server.ts';

/** One organisation with everybody who calls the API: its backend, a customer in the portal, and one of its staff. */
export interface World {
  server: TestServer;
  organisation: TestOrganisation;
  merchant: MerchantClient;
  /** Who holds the open portal. */
  customer: CustomerScope;
  portal: PortalClient;
  staff: ConsoleClient & { email: string };
}

/** The world of an organisation that is there already. */
export const worldOf = async (server: TestServer, organisation: TestOrganisation): Promise<World> => {
  const customerId = await addCustomer(server, organisation.id, { external_id: newReference() });
  const email = `${randomUUID()}@northwind.example`;
  return {
    server,
    organisation,
    merchant: merchantClient(server, organisation),
    customer: { organisationId: organisation.id, customerId },
    portal: await openPortal(server, organisation, customerId),
    staff: { ...(await openConsole(server, organisation.id, { email })), email },
  };
};

export const buildWorld = async (server: TestServer, name = 'Northwind Cloud'): Promise<World> =>
  worldOf(server, await server.addOrganisation(name));

/** Another customer of the same organisation, whose session is the one that the portal of the new world holds. */
export const withOtherCustomer = async (world: World): Promise<World> => {
  const customerId = await addCustomer(world.server, world.organisation.id);
  return {
    ...world,
    customer: { ...world.customer, customerId },
    portal: await openPortal(world.server, world.organisation, customerId),
  };
};

/** An external id that nothing has yet. */
export const newReference = (): string => `ref-${randomUUID()}`;

/** Makes a record by the merchant API; answers its body, of which a call needs the id. */
export const make = async (
  { merchant }: World,
  path: string,
  body: Record<string, unknown>,
): Promise<Record<string, unknown> & { id: string }> => {
  const answer = await merchant.post(path, body);
  if (answer.status !== 200) {
    throw new Error(`POST ${path} answered ${answer.status} ${answer.text}`);
  }
  return answer.body as Record<string, unknown> & { id: string };
};

/** A customer that a call may change or delete without harm to the world's own. */
export const newCustomer = async (world: World): Promise<string> =>
  (await make(world, '/customers', { customer_name: 'Aurora Analytics', external_id: newReference() })).id;

export const newProduct = async (world: World): Promise<string> =>
  (await make(world, '/products', { name: 'Platform', external_id: newReference() })).id;

/** Of something that is counted, which can be granted. */
export const newDefinition = async (world: World): Promise<string> => {
  const definition = { name: 'API calls', entitlement_type: 'Quantity', units: 'calls', external_id: newReference() };
  return (await make(world, '/entitlements', definition)).id;
};

/** What a contract of the world's customer is made of. */
export const contractOf = (world: World): Record<string, unknown> => ({
  customer_id: world.customer.customerId,
  external_id: newReference(),
  name: 'Annual',
  currency: 'USD',
  start_date: '2026-01-01',
});

export const newContract = async (world: World): Promise<string> =>
  (await make(world, '/contract_v2', contractOf(world))).id;

/** An approved invoice of 100.00 USD of the world's customer, wholly open. */
export const newInvoice = async (world: World, values: Record<string, unknown> = {}): Promise<string> =>
  (
    await make(world, '/invoices', {
      customer_id: world.customer.customerId,
      external_id: newReference(),
      currency: 'USD',
      line_items: [{ name: 'Subscription', unit_price: 100 }],
      ...values,
    })
  ).id;

/** A payment by hand of 100.00 USD of the world's customer, received and applied to nothing. */
export const newPayment = async (world: World): Promise<string> =>
  (
    await make(world, '/payments', {
      customer_id: world.customer.customerId,
      amount: 10_000,
      currency_code: 'USD',
      payment_method: 'bank_transfer',
    })
  ).id;
