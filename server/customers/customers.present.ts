import type { Contact } from '#contract/contacts.ts';
import type { Customer } from '#contract/customers.ts';
import type { CustomerPaymentMethod, DefaultPaymentMethod } from '#contract/payment-methods.ts';
import type { PaymentMethodDetails } from '#contract/payments.ts';
import type { TaxInfo } from '#contract/profile.ts';
import { presentAddress } from './addresses.ts';
import type { CustomerParts } from './customer-parts.ts';
import type { ContactTable, PaymentMethodTable } from './customers.table.ts';

export const presentContact = (row: ContactTable): Contact => ({
  id: row.id,
  customer: row.customer_id,
  email: row.email,
  first_name: row.first_name,
  last_name: row.last_name,
  send_contract: row.send_contract === 1,
  send_invoice: row.send_invoice === 1,
  created_at: row.created_at,
  updated_at: row.updated_at,
});

const presentDetails = ({ details }: PaymentMethodTable): DefaultPaymentMethod['details'] => {
  const { brand, last4, bank_name } = JSON.parse(details ?? '{}') as PaymentMethodDetails;
  return { brand: brand ?? null, last4: last4 ?? null, bank_name: bank_name ?? null };
};

export const presentPaymentMethod = (row: PaymentMethodTable): CustomerPaymentMethod => ({
  id: row.id,
  customer_id: row.customer_id,
  organisation_id: row.organisation_id,
  connector_id: row.connector_id,
  connector_name: row.connector_name,
  external_id: row.external_id,
  is_default: row.is_default === 1,
  status: row.status,
  country: row.country,
  type: row.type,
  details: presentDetails(row),
  created_at: row.created_at,
});

const presentDefault = (row: PaymentMethodTable): DefaultPaymentMethod => ({
  id: row.id,
  type: row.type,
  details: presentDetails(row),
  connector_name: row.connector_name,
});

const parseObject = (json: string | null): Record<string, unknown> | null =>
  json === null ? null : (JSON.parse(json) as Record<string, unknown>);

export const presentCustomer = ({ customer, billing, shipping, contacts, paymentMethod }: CustomerParts): Customer => ({
  id: customer.id,
  external_id: customer.external_id,
  customer_name: customer.customer_name,
  email: customer.email,
  phone_number: customer.phone_number,
  address: billing === undefined ? null : presentAddress(billing),
  ship_to_address: shipping === undefined ? null : presentAddress(shipping),
  tax_info: JSON.parse(customer.tax_info) as TaxInfo[],
  contacts: contacts.map(presentContact),
  custom_data: parseObject(customer.custom_data),
  custom_attributes: parseObject(customer.custom_attributes),
  communications_enabled: customer.communications_enabled === 1,
  auto_charge_enabled: customer.auto_charge_enabled === 1,
  business_entity_id: customer.business_entity_id,
  time_zone: customer.time_zone,
  locale: customer.locale,
  default_payment_method: paymentMethod === undefined ? null : presentDefault(paymentMethod),
  created_at: customer.created_at,
  updated_at: customer.updated_at,
});
