import type { AddressTable, CustomerTable } from '../customers/customers.table.ts';
import type { CustomerEntitlementTable, EntitlementTable } from '../entitlements/entitlements.table.ts';
import type { ProductTable } from '../products/products.table.ts';
import { addDays, addMonths, billingTimeZone, firstOfMonth, moment, startOf } from './calendar.ts';
import { priceIn, products, services } from './catalogue.ts';
import type { Character } from './characters/character.ts';
import { characters } from './characters/characters.ts';
import { entitlementRows, grantRow } from './entitlements.ts';
import type { EntitlementKey } from './entitlements.ts';
import { Ledger } from './ledger.ts';
import { ordinaryCustomers } from './ordinary.ts';
import { places } from './places.ts';
import type { Place } from './places.ts';
import { Random, seedId } from './random.ts';
import { settle } from './settlement.ts';
import { billSubscription } from './subscription.ts';

/** Everything that the demo's organisation has, ready to be inserted in this order. */
export interface DemoRows {
  product: ProductTable[];
  customer: CustomerTable[];
  address: AddressTable[];
  contract: Ledger['contracts'];
  invoice: Ledger['invoices'];
  invoice_line_item: Ledger['lines'];
  payment: Ledger['payments'];
  payment_allocation: Ledger['allocations'];
  credit_note: Ledger['creditNotes'];
  number_sequence: Ledger['sequences'];
  entitlement: EntitlementTable[];
  customer_entitlement: CustomerEntitlementTable[];
}

interface World {
  organisationId: string;
  ledger: Ledger;
  productIds: ReadonlyMap<string, string>;
  entitlements: Map<EntitlementKey, EntitlementTable>;
  rows: Pick<DemoRows, 'customer' | 'address' | 'customer_entitlement'>;
  asOf: string;
}

const yearsOfTrading = 10;

const timeZoneOf = (character: Character): string => character.timeZone ?? billingTimeZone;

const customerRow = (world: World, character: Character, place: Place, createdAt: string): CustomerTable => {
  const random = new Random(`customer/${character.key}`);
  const taxId = `${place.countryCode}${random.int(100_000_000, 999_999_999)}`;
  return {
    organisation_id: world.organisationId,
    id: seedId(createdAt, `customer/${character.key}`),
    external_id: character.key,
    customer_name: character.name,
    email: `billing@${character.domain}`,
    phone_number: `${place.phone}${random.int(10, 99)}`,
    tax_info: JSON.stringify(
      place.taxCode === undefined ? [] : [{ country_code: place.countryCode, tax_code: place.taxCode, tax_id: taxId }],
    ),
    custom_data: null,
    communications_enabled: 1,
    auto_charge_enabled: 1,
    time_zone: character.timeZone ?? null,
    locale: character.locale ?? null,
    version: 1,
    created_at: createdAt,
    updated_at: createdAt,
    deleted_at: null,
    custom_attributes: null,
    business_entity_id: null,
  };
};

const addressRow = (
  world: World,
  customer: CustomerTable,
  place: Place,
  kind: 'billing' | 'shipping',
): AddressTable => {
  const random = new Random(`address/${customer.id}/${kind}`);
  return {
    organisation_id: world.organisationId,
    id: seedId(customer.created_at, `address/${customer.id}/${kind}`),
    customer_id: customer.id,
    line1: `${random.int(1, 240)} ${place.street}`,
    line2:
      kind === 'shipping' ? 'Receiving, ground floor' : random.chance(0.4) ? `Suite ${random.int(100, 900)}` : null,
    line3: null,
    city: place.city,
    state: place.state,
    zip_code: place.zipCode,
    country: place.country,
    country_code: place.countryCode,
    is_default_billing: kind === 'billing' ? 1 : 0,
    is_default_shipping: kind === 'shipping' ? 1 : 0,
    created_at: customer.created_at,
    updated_at: customer.created_at,
  };
};

/** What was sold once, beside the subscription: onboarding at the start, or a draft of a training day. */
const billServices = (world: World, character: Character, customerId: string, place: Place): void => {
  const [first] = character.subscriptions;
  const random = new Random(`services/${character.key}`);
  const timeZone = timeZoneOf(character);
  if (first === undefined) {
    return;
  }
  const line = (product: typeof services.onboarding | typeof services.training, quantity: number) => ({
    product,
    quantity,
    unitPrice: priceIn(product, first.subscription.currency),
    taxRate: place.taxRate,
  });
  const shared = { customerId, currency: first.subscription.currency };
  const begin = addMonths(firstOfMonth(world.asOf), -first.subscription.startMonthsAgo);
  if (character.note === undefined && random.chance(0.35)) {
    const onboarding = world.ledger.issue({
      ...shared,
      key: `${customerId}/onboarding`,
      createdAt: moment(addDays(begin, 4), 600),
      dueAt: startOf(addDays(begin, 34), timeZone),
      lines: [line(services.onboarding, 1)],
    });
    settle(world.ledger, [onboarding], { ...first.habit, trouble: 0, unpaid: 0 }, random, world.asOf);
  }
  if (random.chance(0.3)) {
    world.ledger.issue({
      ...shared,
      key: `${customerId}/training`,
      createdAt: moment(addDays(world.asOf, -3), 840),
      dueAt: startOf(addDays(world.asOf, 27), timeZone),
      lines: [line(services.training, random.int(1, 3))],
      status: 'draft',
    });
  }
};

const addCharacter = (world: World, character: Character): void => {
  const place: Place = places[character.place];
  const startMonthsAgo = Math.max(0, ...character.subscriptions.map(({ subscription }) => subscription.startMonthsAgo));
  const begin = addMonths(firstOfMonth(world.asOf), -startMonthsAgo);
  const joined = character.subscriptions.length === 0 ? addDays(world.asOf, -2) : addDays(begin, -12);
  const customer = customerRow(world, character, place, moment(joined, 640));
  world.rows.customer.push(customer);
  world.rows.address.push(addressRow(world, customer, place, 'billing'));
  if (character.hasShippingAddress === true) {
    world.rows.address.push(addressRow(world, customer, place, 'shipping'));
  }
  const invoices = character.subscriptions.flatMap(({ subscription, habit }) => {
    const bill = {
      ledger: world.ledger,
      customerId: customer.id,
      place,
      subscription,
      timeZone: timeZoneOf(character),
      asOf: world.asOf,
    };
    const issued = billSubscription(bill);
    settle(world.ledger, issued, habit, new Random(`settle/${character.key}/${subscription.key}`), world.asOf);
    return issued;
  });
  invoices.sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  billServices(world, character, customer.id, place);
  character.story?.(world.ledger, invoices, world.asOf);
  addGrants(world, character, customer.id, invoices.at(-1)?.id);
};

const addGrants = (world: World, character: Character, customerId: string, invoiceId: string | undefined): void => {
  const contractId = world.ledger.contracts.find((contract) => contract.customer_id === customerId)?.id;
  const productId = world.productIds.get('storage');
  const sources = {
    ...(contractId === undefined ? {} : { contractId }),
    ...(productId === undefined ? {} : { productId }),
    ...(invoiceId === undefined ? {} : { invoiceId }),
  };
  (character.grants ?? []).forEach((grant, position) => {
    const definition = world.entitlements.get(grant.entitlement);
    if (definition !== undefined) {
      world.rows.customer_entitlement.push(
        grantRow(grant, {
          definition,
          customerId,
          position,
          sources,
          asOf: world.asOf,
          timeZone: timeZoneOf(character),
        }),
      );
    }
  });
};

/**
 * Makes up the demo organisation's data: the same rows for the same day, and nothing dated after that day's start but
 * due dates, periods and what is upcoming.
 */
export const buildDemo = (organisationId: string, asOf: string): DemoRows => {
  const founded = startOf(addMonths(firstOfMonth(asOf), -12 * yearsOfTrading));
  const productRows = products.map((product) => ({
    organisation_id: organisationId,
    id: seedId(founded, `product/${product.key}`),
    name: product.name,
    created_at: founded,
    updated_at: founded,
    external_id: null,
  }));
  const productIds = new Map(products.map((product, index) => [product.key, productRows[index]?.id ?? '']));
  const world: World = {
    organisationId,
    ledger: new Ledger(organisationId, productIds),
    productIds,
    entitlements: entitlementRows(organisationId, founded),
    rows: { customer: [], address: [], customer_entitlement: [] },
    asOf,
  };
  for (const character of [...characters, ...ordinaryCustomers]) {
    addCharacter(world, character);
  }
  world.ledger.number();
  return {
    product: productRows,
    customer: world.rows.customer,
    address: world.rows.address,
    contract: world.ledger.contracts,
    invoice: world.ledger.invoices,
    invoice_line_item: world.ledger.lines,
    payment: world.ledger.payments,
    payment_allocation: world.ledger.allocations,
    credit_note: world.ledger.creditNotes,
    number_sequence: world.ledger.sequences,
    entitlement: [...world.entitlements.values()],
    customer_entitlement: world.rows.customer_entitlement,
  };
};
