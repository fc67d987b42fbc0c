import { isDeepStrictEqual } from 'node:util';
import type { ContactFields } from '#contract/contacts.ts';
import type { CustomerPatch } from '#contract/customers.ts';
import { newId, timestamp } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { isSameAddress, merchantAddressColumns } from './addresses.ts';
import type { AddressColumns } from './addresses.ts';
import { changedContact, newContact } from './contact-columns.ts';
import type { CustomerParts } from './customer-parts.ts';
import type { AddressTable, ContactTable, CustomerTable } from './customers.table.ts';

type Columns = Omit<CustomerTable, 'organisation_id' | 'id' | 'version' | 'created_at' | 'updated_at' | 'deleted_at'>;

/** What a customer shall be; what is undefined stays. */
export interface CustomerChange {
  columns: { [Column in keyof Columns]?: Columns[Column] | undefined };
  address?: AddressColumns | null | undefined;
  ship_to_address?: AddressColumns | null | undefined;
  contacts?: readonly ContactFields[] | undefined;
}

const jsonColumns = new Set<string>(['tax_info', 'custom_data', 'custom_attributes']);

const readAddress = (input: CustomerPatch['address']): AddressColumns | null | undefined =>
  input ? merchantAddressColumns(input) : input;

const readObject = (input: CustomerPatch['custom_data']): string | null | undefined =>
  input ? JSON.stringify(input) : input;

const readFlag = (input: boolean | undefined): 0 | 1 | undefined => (input === undefined ? undefined : input ? 1 : 0);

/** The change that a request of the merchant's asks for. */
export const changeOf = (input: CustomerPatch): CustomerChange => ({
  columns: {
    external_id: input.external_id,
    customer_name: input.customer_name,
    email: input.email,
    phone_number: input.phone_number,
    tax_info: input.tax_info === undefined ? undefined : JSON.stringify(input.tax_info ?? []),
    custom_data: readObject(input.custom_data),
    custom_attributes: readObject(input.custom_attributes),
    business_entity_id: input.business_entity_id,
    communications_enabled: readFlag(input.communications_enabled),
    auto_charge_enabled: readFlag(input.auto_charge_enabled),
    time_zone: input.time_zone,
    locale: input.locale,
  },
  address: readAddress(input.address),
  ship_to_address: readAddress(input.ship_to_address),
  contacts: input.contacts === null ? [] : input.contacts,
});

const isSameColumn = (column: string, one: unknown, other: unknown): boolean =>
  one === other ||
  (jsonColumns.has(column) &&
    typeof one === 'string' &&
    typeof other === 'string' &&
    isDeepStrictEqual(JSON.parse(one), JSON.parse(other)));

const changedColumns = (customer: CustomerTable, columns: CustomerChange['columns']): Partial<Columns> =>
  Object.fromEntries(
    Object.entries(columns).filter(
      ([column, value]) => value !== undefined && !isSameColumn(column, value, customer[column as keyof Columns]),
    ),
  );

const isAddressChanged = (columns: AddressColumns | null | undefined, stored: AddressTable | undefined): boolean => {
  if (columns === undefined || columns === null || stored === undefined) {
    return columns === null ? stored !== undefined : columns !== undefined;
  }
  return !isSameAddress(columns, stored);
};

/** The default address of a kind: the one that is there with other lines, or a new one. */
const addressRow = (
  { customer, billing, shipping }: CustomerParts,
  kind: 'billing' | 'shipping',
  columns: AddressColumns,
  ids: { newId: () => string; now: string },
): AddressTable => {
  const stored = kind === 'billing' ? billing : shipping;
  return stored === undefined
    ? {
        ...columns,
        organisation_id: customer.organisation_id,
        id: ids.newId(),
        customer_id: customer.id,
        is_default_billing: kind === 'billing' ? 1 : 0,
        is_default_shipping: kind === 'shipping' ? 1 : 0,
        created_at: ids.now,
        updated_at: ids.now,
      }
    : { ...stored, ...columns, updated_at: ids.now };
};

const placeOf = ({ created_at, email, id }: ContactTable): string => `${created_at} ${email} ${id}`;

/** The contacts that shall be there, in the order of the list; one that is known by its e-mail address stays the same record. */
const contactRows = (
  clock: Clock,
  { customer, contacts }: CustomerParts,
  wanted: readonly ContactFields[],
): ContactTable[] => {
  const known = [...contacts];
  const rows = wanted.map((fields) => {
    const index = known.findIndex(({ email }) => email.toLowerCase() === fields.email.toLowerCase());
    const [stored] = index === -1 ? [] : known.splice(index, 1);
    return stored === undefined ? newContact(clock, customer, fields) : changedContact(clock, stored, fields);
  });
  return rows.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
};

const areContactsChanged = (before: readonly ContactTable[], after: readonly ContactTable[]): boolean =>
  before.length !== after.length || after.some((contact) => !before.includes(contact));

/**
 * The customer as the change makes it, and the names of the fields that it changes; the same object when there are none.
 * Nothing is stored yet.
 */
export const applyChange = (
  clock: Clock,
  before: CustomerParts,
  { columns, address, ship_to_address: shipTo, contacts: wanted }: CustomerChange,
): { parts: CustomerParts; fields: string[] } => {
  const now = timestamp(clock.now());
  const ids = { newId: () => newId(clock), now };
  const changed = changedColumns(before.customer, columns);
  const fields: string[] = Object.keys(changed);
  let { billing, shipping, contacts } = before;
  if (isAddressChanged(address, billing)) {
    billing = address ? addressRow(before, 'billing', address, ids) : undefined;
    fields.push('address');
  }
  if (isAddressChanged(shipTo, shipping)) {
    shipping = shipTo ? addressRow(before, 'shipping', shipTo, ids) : undefined;
    if (shipping !== undefined && billing?.is_default_shipping === 1) {
      billing = { ...billing, is_default_shipping: 0, updated_at: now };
    }
    fields.push('ship_to_address');
  }
  if (wanted !== undefined) {
    const rows = contactRows(clock, before, wanted);
    if (areContactsChanged(contacts, rows)) {
      contacts = rows;
      fields.push('contacts');
    }
  }
  if (fields.length === 0) {
    return { parts: before, fields };
  }
  const customer = { ...before.customer, ...changed, version: before.customer.version + 1, updated_at: now };
  return { parts: { ...before, customer, billing, shipping, contacts }, fields };
};
