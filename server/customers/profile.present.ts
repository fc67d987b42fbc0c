import type { Profile, TaxInfo } from '#contract/profile.ts';
import { presentAddress } from './addresses.ts';
import type { AddressColumns } from './addresses.ts';
import type { CustomerTable } from './customers.table.ts';

export const presentProfile = (
  customer: CustomerTable,
  billing: AddressColumns | undefined,
  shipping: AddressColumns | undefined,
): Profile => ({
  id: customer.id,
  customer_name: customer.customer_name,
  email: customer.email,
  phone_number: customer.phone_number,
  address: billing === undefined ? null : presentAddress(billing),
  ship_to_address: shipping === undefined ? null : presentAddress(shipping),
  tax_info: JSON.parse(customer.tax_info) as TaxInfo[],
  updated_at: customer.updated_at,
});
